/** The Message-ID of a notice's mail is its key in the ledger, so that a mail sent twice, an answer and a bounce can be told. */

/** `m-1/7/answered/citizen/mail` → `<m-1.7.answered.citizen.mail@town.example>` */
export const messageIdOf = (key: string, domain: string): string => `<${spell(key)}@${domain}>`;

/** The other way; null: not a Message-ID of ours. */
export function keyOfMessageId(messageId: string, domain: string): string | null {
  const [, local = '', at = ''] = /^<?([^<>@\s]+)@([^<>@\s]+)>?$/.exec(messageId.trim()) ?? [];
  if (at.toLowerCase() !== domain.toLowerCase() || !/[.]/.test(local)) return null;
  return local
    .split('.')
    .map((part) => part.replaceAll(/(=[0-9a-f]{2})+/gi, unspell))
    .join('/');
}

/** Whom a key is about: `matter` and `citizen` of `matter/7/answered/citizen/mail`. */
export function readKey(key: string): { matterId: string; recipient: string } {
  const parts = key.split('/');
  return { matterId: parts[0] ?? '', recipient: parts.at(-2) ?? '' };
}

/** The address within `区长信箱 <box@town.example>`. */
export const addressIn = (from: string): string =>
  (/<([^<>\s]+)>\s*$/.exec(from)?.[1] ?? from).trim().toLowerCase();

export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf('@') + 1) || 'localhost';

/** Whatever a part of a key may hold besides letters and digits is written as its number: it can be read back. */
const spell = (key: string): string =>
  key
    .split('/')
    .map((part) =>
      part.replaceAll(/[^\w-]/g, (sign) => [...new TextEncoder().encode(sign)].map(number).join('')),
    )
    .join('.');

const number = (byte: number): string => `=${byte.toString(16).padStart(2, '0')}`;

const unspell = (numbers: string): string =>
  new TextDecoder().decode(Uint8Array.from(numbers.slice(1).split('='), (byte) => Number.parseInt(byte, 16)));
