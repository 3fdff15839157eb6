import { addressIn, domainOf } from './mail-keys.ts';

/** Why messages do not reach people, or reach them with links that lead nowhere: what a new town forgets to set. */
export const OUTBOX_TROUBLES = ['noMail', 'noSms', 'localLinks', 'localSender'] as const;
export type OutboxTrouble = (typeof OUTBOX_TROUBLES)[number];

interface Settings {
  readonly smtpUrl: string | null;
  readonly smsUrl: string | null;
  readonly baseUrl: string;
  readonly mailFrom: string;
}

const LOCAL_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether nobody but this machine can open the town's pages. */
export const isLocal = (baseUrl: string): boolean => LOCAL_HOST.test(new URL(baseUrl).hostname);

export function outboxTroubles({ smtpUrl, smsUrl, baseUrl, mailFrom }: Settings): OutboxTrouble[] {
  const isTroubled: Readonly<Record<OutboxTrouble, boolean>> = {
    noMail: smtpUrl === null,
    noSms: smsUrl === null,
    localLinks: (smtpUrl !== null || smsUrl !== null) && isLocal(baseUrl),
    localSender: smtpUrl !== null && domainOf(addressIn(mailFrom)) === 'localhost',
  };
  return OUTBOX_TROUBLES.filter((trouble) => isTroubled[trouble]);
}
