import type { Language } from '../domain/bilingual.ts';

export const PACES = ['atOnce', 'weekly'] as const;
export type Pace = (typeof PACES)[number];

/** Somebody who wants to hear of a published matter. Contact data: the address leaves by mail only. */
export interface Follower {
  /** Hash of the follower's key: one for each matter and address. */
  readonly id: string;
  readonly matterId: string;
  readonly mail: string;
  readonly language: Language;
  /** False until the address has answered the first mail. */
  readonly isConfirmed: boolean;
  /** When it was asked for, then when it was confirmed: what happened before is no news. */
  readonly since: Date;
  /** Each piece of news by itself, or all of a week in one mail. */
  readonly pace: Pace;
  /** The same for all that one address follows. */
  readonly digestId: string;
}

export interface FollowerStore {
  /** One who is there already is left as they are. Who does not confirm within three days is forgotten. */
  add(follower: Follower): Promise<void>;
  find(id: string): Promise<Follower | null>;
  /** The first confirmation stands. */
  confirm(id: string, now: Date): Promise<void>;
  remove(id: string): Promise<void>;
  setPace(id: string, pace: Pace, digestId: string): Promise<void>;
  /** Those who confirmed. */
  ofMatter(matterId: string): Promise<Follower[]>;
  /** What one address follows weekly, confirmed. */
  ofDigest(digestId: string): Promise<Follower[]>;
  removeDigest(digestId: string): Promise<void>;
}
