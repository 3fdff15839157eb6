import type { DirectoryStore } from '../directory/directory-store.ts';
import { dayOf, timeOf } from '../domain/clocks/zoned-day.ts';
import { learnInRounds } from '../domain/routing/learn-classifier.ts';
import { lettersOfUnits } from '../domain/routing/letters-of-units.ts';
import { packClassifier } from '../domain/routing/packed-classifier.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { LearntUnitsStore } from './learnt-units-store.ts';

/** By the town's clock; nobody waits for the program then. */
const NIGHT = '03:00';
/** The newest: duties move between units, and a night is short. */
const MOST_LETTERS = 12_000;
const SEED = 1;

/**
 * Learns once a day, at night or, where the program rested, when it is up again, which letters the town's units deal with.
 * Returns how many letters it learnt from. `pause` lets others have the process between two rounds.
 */
export function makeLearnUnits(deps: {
  matters: Pick<MatterStore, 'handledLetters'>;
  directory: Pick<DirectoryStore, 'units'>;
  learntUnits: Pick<LearntUnitsStore, 'learntOn' | 'save'>;
  zone: string;
  pause: () => Promise<void>;
}) {
  const { zone, learntUnits } = deps;
  return async (now: Date): Promise<number> => {
    const today = dayOf(now, zone);
    if (timeOf(now, zone) < NIGHT || (await learntUnits.learntOn()) === today) return 0;
    const units = (await deps.directory.units()).map(({ id }) => id);
    const letters = lettersOfUnits(await deps.matters.handledLetters(MOST_LETTERS), units);
    // One unit alone is told from nothing.
    const isEnough = new Set(letters.map(({ name }) => name)).size > 1;
    const classifier = isEnough ? await learn(letters, `units-${today}`, deps.pause) : null;
    await learntUnits.save({ learntOn: today, letters: letters.length, classifier });
    return letters.length;
  };
}

async function learn(
  letters: ReturnType<typeof lettersOfUnits>,
  version: string,
  pause: () => Promise<void>,
) {
  const rounds = learnInRounds(letters, { version, seed: SEED });
  for (;;) {
    const round = rounds.next();
    if (round.done) return packClassifier(round.value);
    await pause();
  }
}

export type LearnUnits = ReturnType<typeof makeLearnUnits>;
