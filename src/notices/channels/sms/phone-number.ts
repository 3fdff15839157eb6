import { MessageRefused } from '../channel.ts';

export const HOME_COUNTRY = '86';

/** As E.164 has it, from how people write numbers at home. @throws MessageRefused: it is no telephone number. */
export function internationalNumber(written: string, country: string): string {
  const digits = withoutMarks(written);
  if (!/^\+?\d{3,15}$/.test(digits)) throw new MessageRefused('no telephone number');
  return digits.startsWith('+') ? digits : `+${country}${digits.replace(/^0/, '')}`;
}

/** As people at home write it; numbers from abroad keep their plus, and a sender's name stays as it is. */
export function homeNumber(written: string, country: string): string {
  const digits = withoutMarks(written);
  const prefix = `+${country}`;
  return digits.startsWith(prefix) ? digits.slice(prefix.length) : digits;
}

const withoutMarks = (written: string): string => written.replaceAll(/[\s().-]/g, '').replace(/^00/, '+');
