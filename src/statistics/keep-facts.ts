import { caseFact } from '../domain/statistics/case-fact.ts';
import type { MatterListener } from '../matters/announce.ts';
import type { FactStore } from './fact-store.ts';

/** Keeps the figures' rows up to date with what happens. */
export const makeKeepFacts =
  ({ facts, zone }: { facts: FactStore; zone: string }): MatterListener =>
  (matter) =>
    facts.put([caseFact(matter, zone)]);
