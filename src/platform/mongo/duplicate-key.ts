import { mongo } from 'mongoose';

/** MongoDB's error 11000: a document with this id, or this value of a unique index, is there already. */
export const isDuplicateKey = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;

/** For `catch`: whoever came first did the same. @throws every other error, of many writes even if one of them has another. */
export function ignoreDuplicateKeys(error: unknown): void {
  const errors =
    error instanceof mongo.MongoBulkWriteError ? [error, ...[error.writeErrors].flat()] : [error];
  if (!errors.every(isDuplicateKey)) throw error;
}
