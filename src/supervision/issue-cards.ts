import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { isCardKind } from '../domain/supervision/card.ts';
import {
  cardOfStep,
  cardStepsOf,
  issueYear,
  unitAt,
  type CardStep,
} from '../domain/supervision/issue-card.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { MatterListener, News } from '../matters/announce.ts';
import type { PrepareIssue } from './card-issue.ts';
import type { CardStore } from './card-store.ts';

/**
 * Hears of the steps of the ladder and writes their documents, each once however often it is told. It looks for them in the
 * whole history: with a matter's next card, what was lost before is made up for. A crash between number and document loses
 * a number.
 */
export function makeIssueCards(deps: {
  cards: Pick<CardStore, 'known' | 'insert' | 'setAccused'>;
  prepareIssue: PrepareIssue;
  getTownTimes: GetTownTimes;
}): MatterListener {
  const { cards, prepareIssue } = deps;

  async function issue(matter: Matter, step: CardStep): Promise<void> {
    const time = (await deps.getTownTimes()).forMatter(matter);
    const then = { ...matter, lead: unitAt(matter, step.event.seq) };
    const year = issueYear(step.event.at, time.calendar.zone);
    await cards.insert(cardOfStep(matter, step, await prepareIssue(then, step.kind, year), time));
  }

  return async (news) => {
    const asked = news.filter(hasCard).map(({ matter }) => ({ matter, steps: cardStepsOf(matter) }));
    const ids = asked.flatMap(({ steps }) => steps.map(({ id }) => id));
    const known = ids.length > 0 ? await cards.known(ids) : new Set();
    await Promise.all(
      asked.map(async ({ matter, steps }) => {
        // Of one matter in order: its numbers rise with its steps.
        for (const step of steps) if (!known.has(step.id)) await issue(matter, step);
      }),
    );
    for (const { matter, events } of news)
      if (events.some(({ what }) => what === 'nameAccused'))
        await cards.setAccused(matter.id, matter.accused);
  };
}

const hasCard = ({ events }: News): boolean =>
  events.some(({ step }) => step !== undefined && isCardKind(step));
