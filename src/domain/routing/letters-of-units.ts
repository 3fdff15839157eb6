import { isSecret, type Letter } from '../letters/letter.ts';
import type { MatterState } from '../matters/lifecycle.ts';
import type { Resolution } from '../matters/resolution.ts';
import type { KnownLetter } from './learn-classifier.ts';

/** States in which a unit has taken a matter as its own: it signed for it and did not give it back. */
export const TAKEN_STATES = [
  'signedFor',
  'inHand',
  'paused',
  'extensionAsked',
  'drafted',
  'inReview',
  'answered',
  'closed',
  'archived',
] as const satisfies readonly MatterState[];

/** Of units with fewer letters nothing is learnt. */
const FEWEST_LETTERS = 3;

export interface HandledLetter {
  readonly letter: Pick<Letter, 'kind' | 'title' | 'body'>;
  readonly state: MatterState;
  readonly lead: string | null;
  readonly resolution: Resolution | null;
}

/** What may be learnt from: which unit dealt with which letter. Reports never teach; nor does what was withdrawn or passed on. */
export function lettersOfUnits(handled: readonly HandledLetter[], units: readonly string[]): KnownLetter[] {
  const known = handled.flatMap(({ letter, state, lead, resolution }) => {
    const isTaken = TAKEN_STATES.some((taken) => taken === state);
    const isSettledHere = resolution !== 'withdrawn' && resolution !== 'passedOn';
    const isOurs = lead !== null && units.includes(lead);
    return isOurs && isTaken && isSettledHere && !isSecret(letter)
      ? [{ title: letter.title, body: letter.body, name: lead }]
      : [];
  });
  const counts = new Map<string, number>();
  for (const { name } of known) counts.set(name, (counts.get(name) ?? 0) + 1);
  return known.filter(({ name }) => (counts.get(name) ?? 0) >= FEWEST_LETTERS);
}
