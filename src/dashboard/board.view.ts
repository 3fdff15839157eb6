import type { Unit } from '../domain/directory/directory.ts';
import type { Language } from '../domain/bilingual.ts';
import { OPEN_STATES } from '../domain/matters/lifecycle.ts';
import { HEAT, HOT_WINDOWS, type HotWindow } from '../domain/repeats/hot-matters.ts';
import type { TownBoard } from './town-board.ts';

/** The board as its page shows it first; afterwards the page keeps itself up to date from the same numbers. */
export function boardView(
  board: TownBoard,
  { units, lang, zone, days }: { units: readonly Unit[]; lang: Language; zone: string; days: HotWindow },
) {
  const unitNames = new Map(units.map(({ id, name }) => [id, lang === 'en' ? name.en : name.zh]));
  const { month } = board;
  const busiest = Math.max(1, ...OPEN_STATES.map((state) => board.open.byState[state] ?? 0));
  return {
    zone,
    unitNames: JSON.stringify(Object.fromEntries(unitNames)),
    asOf: board.asOf,
    today: { received: board.today.received, answered: board.today.answered },
    open: {
      total: board.open.total,
      states: OPEN_STATES.map((state) => {
        const count = board.open.byState[state] ?? 0;
        return { state, count, share: count / busiest };
      }),
    },
    cards: { yellow: board.cards.yellow, red: board.cards.red },
    month: {
      received: month.received,
      answered: month.answered,
      valid: month.valid,
      onTime: month.onTime,
      responseRate: month.responseRate,
      publicRate: month.publicRate,
      satisfied: month.satisfied,
      medianDays: month.medianDays,
      repeats: { total: month.repeats.total },
      repliesAvoided: month.repliesAvoided,
    },
    lettersSaved: board.lettersSaved,
    hot: {
      days,
      windows: HOT_WINDOWS.map((each) => ({
        days: each,
        href: `/board?days=${each}#hot`,
        isHere: each === days,
      })),
      heat: HEAT,
      matters: board.hot[days].map(({ title, language, href, people, heat }) => ({
        title,
        language,
        href,
        people,
        heat,
      })),
    },
    days: board.days.map(({ day, received, answered }) => ({ day, received, answered })),
    most: Math.max(1, ...board.days.flatMap(({ received, answered }) => [received, answered])),
    latest: board.latest.map(({ number, title, unit, answeredOn }) => ({
      title,
      unit: unitNames.get(unit) ?? unit,
      answeredOn,
      href: `/answers/${encodeURIComponent(number)}`,
    })),
  };
}
