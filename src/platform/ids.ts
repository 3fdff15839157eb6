import { randomBytes, randomUUID } from 'node:crypto';

/** Identifiers nobody can guess and no two processes share. */
export interface Ids {
  next(): string;
  /** A key of 256 bits, for things whose possession is the right to them (a draft, a receipt). */
  key(): string;
}

export const randomIds: Ids = {
  next: () => randomUUID(),
  key: () => randomBytes(32).toString('base64url'),
};
