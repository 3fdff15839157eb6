import { caseFact } from '../domain/statistics/case-fact.ts';
import type { MatterListener, News } from '../matters/announce.ts';
import type { FactStore } from './fact-store.ts';

/** Keeps the figures' rows up to date with what happens. */
export const makeKeepFacts =
  ({ facts, zone }: { facts: FactStore; zone: string }): MatterListener =>
  (news) =>
    facts.put(news.filter(tells).map(({ matter }) => caseFact(matter, zone)));

/** Of the ladder's steps, only cards are counted. */
const tells = ({ events }: News): boolean =>
  events.some(({ what, step }) => what !== 'step' || step === 'yellowCard' || step === 'redCard');
