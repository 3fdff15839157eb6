import type { MessageWish } from '../domain/letters/reach.ts';

/** What writers said after sending: the letter itself is never altered. */
export interface MessageWishStore {
  /** Null: nothing was said since. */
  of(matterId: string): Promise<MessageWish | null>;
  put(matterId: string, wish: MessageWish, now: Date): Promise<void>;
}
