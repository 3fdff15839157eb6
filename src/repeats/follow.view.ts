import type { PublicLetter } from '../domain/publication/public-letter.ts';
import type { Following } from './follow-matter.ts';

const shortView = ({ number, title, language }: PublicLetter) => ({ number, title, lang: language });

export const askView = (letter: PublicLetter) => ({ letter: shortView(letter) });

/** `ended`: this key follows nothing, any more or yet. */
export const followingView = (key: string, following: Following | null) => ({
  key,
  state: following === null ? 'ended' : following.isConfirmed ? 'confirmed' : 'waiting',
  letter: following?.letter ? shortView(following.letter) : null,
});
