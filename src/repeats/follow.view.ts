import type { PublicLetter } from '../domain/publication/public-letter.ts';
import type { Following } from './follow-matter.ts';
import { PACES } from './follower-store.ts';

const shortView = ({ number, title, language }: PublicLetter) => ({ number, title, lang: language });

export const askView = (letter: PublicLetter) => ({ letter: shortView(letter), paces: PACES });

/** `ended`: this key follows nothing, any more or yet. */
export const followingView = (key: string, following: Following | null) => ({
  key,
  state: following === null ? 'ended' : following.isConfirmed ? 'confirmed' : 'waiting',
  pace: following?.pace ?? 'atOnce',
  letter: following?.letter ? shortView(following.letter) : null,
});

export const digestView = (
  key: string,
  { count, letters }: { count: number; letters: readonly PublicLetter[] },
) => ({ key, isEnded: count === 0, letters: letters.map(shortView) });
