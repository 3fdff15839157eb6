import { createHmac, timingSafeEqual } from 'node:crypto';
import { spellSecretCode } from '../domain/letters/secret-code.ts';

/** HMAC-SHA-256 under the installation's secret: the store alone gives nothing to guess against. */
export function keyedHashes(secret: string) {
  const mac = (purpose: string, value: string): Buffer =>
    createHmac('sha256', secret).update(`${purpose}\n${value}`).digest();
  return {
    keyHash: (key: string): string => mac('form', key).toString('base64url'),
    codeFor: (key: string): string => spellSecretCode(mac('code-of-form', key)),
    codeHash: (number: string, code: string): string =>
      mac('code', `${number}\n${code}`).toString('base64url'),
    personHash: (key: string): string => mac('person', key).toString('base64url'),
    wordsHash: (words: string): string => mac('words', words).toString('base64url'),
    followKey: (matterId: string, mail: string): string =>
      mac('follow', `${matterId}\n${addressOf(mail)}`).toString('base64url'),
    digestKey: (mail: string): string => mac('digest', addressOf(mail)).toString('base64url'),
    digestId: (key: string): string => mac('digest-id', key).toString('base64url'),
    messagesKey: (matterId: string): string => mac('messages', matterId).toString('base64url'),
    ratingKey: (matterId: string, answeredAt: Date): string =>
      mac('rating', `${matterId}\n${answeredAt.toISOString()}`).toString('base64url'),
    isSameKey: (given: string, right: string): boolean =>
      timingSafeEqual(mac('compared', given), mac('compared', right)),
    /** Part of the addresses at which gateways reach us. */
    gatewayKey: (): string => mac('gateway', 'sms').toString('base64url'),
    // Lower case only: a mail address may lose its capitals on the way.
    replyKey: (matterId: string): string => mac('reply', matterId).toString('hex').slice(0, 16),
    followerId: (key: string): string => mac('follower', key).toString('base64url'),
  };
}

const addressOf = (mail: string): string => mail.normalize('NFKC').trim().toLowerCase();
