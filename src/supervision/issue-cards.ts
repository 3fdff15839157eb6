import type { Matter } from '../domain/matters/matter.ts';
import {
  cardOfStep,
  cardStepsOf,
  issueYear,
  unitAt,
  type CardStep,
} from '../domain/supervision/issue-card.ts';
import type { SupervisionTime } from '../domain/supervision/supervision-policy.ts';
import type { MatterListener } from '../matters/announce.ts';
import type { PrepareIssue } from './card-issue.ts';
import type { CardStore } from './card-store.ts';

/**
 * Hears of the steps of the ladder and writes their documents. It looks for them in the whole history, not only in what
 * it is told: a step whose hearing was lost is made up for with the matter's next one. A crash between number and document
 * loses a number.
 */
export function makeIssueCards(deps: {
  cards: Pick<CardStore, 'idsOfMatter' | 'insert' | 'setAccused'>;
  prepareIssue: PrepareIssue;
  time: SupervisionTime;
}): MatterListener {
  const { cards, prepareIssue, time } = deps;

  async function issue(matter: Matter, step: CardStep): Promise<void> {
    const then = { ...matter, lead: unitAt(matter, step.event.seq) };
    const year = issueYear(step.event.at, time.calendar.zone);
    await cards.insert(cardOfStep(matter, step, await prepareIssue(then, step.kind, year), time));
  }

  return async (matter, events) => {
    const steps = cardStepsOf(matter);
    const known = steps.length > 0 ? new Set(await cards.idsOfMatter(matter.id)) : new Set();
    for (const step of steps) if (!known.has(step.id)) await issue(matter, step);
    if (events.some(({ what }) => what === 'nameAccused')) await cards.setAccused(matter.id, matter.accused);
  };
}
