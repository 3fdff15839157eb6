import type { Letter, Writer } from './letter.ts';

/** Two letters of one person: the same telephone or the same mail address. Nobody is asked to prove more. */
export function isSamePerson(one: Writer, other: Writer): boolean {
  const keys = personKeys(other);
  return personKeys(one).some((key) => keys.includes(key));
}

/** What a person is known by from one letter to the next: two letters that share one of these are one person's. */
export function personKeys({ phone, mail }: Pick<Writer, 'phone' | 'mail'>): string[] {
  const [byPhone, byMail] = [phoneKey(phone), mailKey(mail)];
  return [...(byPhone === '' ? [] : [`phone ${byPhone}`]), ...(byMail === '' ? [] : [`mail ${byMail}`])];
}

/**
 * A letter sent once more, word for word, by the same person: name and an address to reach them agree, and nothing but
 * spaces and punctuation may differ in the text. Attachments make it a letter of its own: they may be the news.
 */
export function isSentAgain(later: Letter, earlier: Letter): boolean {
  return (
    later.attachments.length === 0 &&
    isSamePerson(later.writer, earlier.writer) &&
    wordsOf(later) === wordsOf(earlier)
  );
}

/** What is equal in a letter and its verbatim repeat by one person, without spaces and punctuation. */
export const wordsOf = ({ kind, title, body, place, writer }: Letter): string =>
  [kind, title, body, place, writer.name].map(plain).join('\n');

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The last eleven digits: +86 and a leading zero make no other person. Shorter than six is no telephone. */
function phoneKey(phone: string): string {
  const digits = phone.normalize('NFKC').replaceAll(/\D/g, '');
  return digits.length < 6 ? '' : digits.slice(-11);
}

const mailKey = (mail: string): string => mail.normalize('NFKC').trim().toLowerCase();
