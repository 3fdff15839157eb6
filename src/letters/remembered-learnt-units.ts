import type { Day } from '../domain/clocks/zoned-day.ts';
import type { LinearClassifier } from '../domain/routing/linear-classifier.ts';
import { unpackClassifier } from '../domain/routing/packed-classifier.ts';
import type { Clock } from '../platform/clock.ts';
import type { LearntUnitsStore } from './learnt-units-store.ts';

/** What another process learnt is used here after this long. */
const KEPT_MS = 30_000;

/** What was learnt, unpacked once and kept, so that a letter that comes in waits for no reading. */
export function rememberedLearntUnits(
  store: Pick<LearntUnitsStore, 'learntOn' | 'read'>,
  clock: Clock,
): () => Promise<LinearClassifier | null> {
  let classifier: LinearClassifier | null = null;
  let learntOn: Day | null = null;
  let lookAgainAt = 0;
  return async () => {
    const now = clock.now().getTime();
    if (now < lookAgainAt) return classifier;
    lookAgainAt = now + KEPT_MS;
    if ((await store.learntOn()) === learntOn) return classifier;
    const learnt = await store.read();
    classifier = learnt?.classifier ? unpackClassifier(learnt.classifier) : null;
    learntOn = learnt?.learntOn ?? null;
    return classifier;
  };
}
