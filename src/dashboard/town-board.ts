import { addDays, dayOf, type Day } from '../domain/clocks/zoned-day.ts';
import type { MatterState } from '../domain/matters/lifecycle.ts';
import { figuresOf, type Figures } from '../domain/statistics/figures.ts';
import type { PublicLetter } from '../domain/publication/public-letter.ts';
import type { PublicLetterStore } from '../publication/public-letter-store.ts';
import type { NamedHotMatters, NameHotMatters } from '../repeats/name-hot-matters.ts';
import type { FactStore } from '../statistics/fact-store.ts';
import type { SavedLetters } from '../statistics/saved-letters.ts';
import type { Clock } from '../platform/clock.ts';

/** What everyone sees live: counts and rates only, and answers that are public anyway. */
export interface TownBoard {
  readonly asOf: Date;
  readonly today: { readonly received: number; readonly answered: number };
  readonly month: Figures;
  /** Letters of the month that nobody had to write, since the answer was there. */
  readonly lettersSaved: number;
  /** What many people write about, by window of days. */
  readonly hot: NamedHotMatters;
  readonly open: { readonly total: number; readonly byState: Readonly<Partial<Record<MatterState, number>>> };
  readonly cards: { readonly yellow: number; readonly red: number };
  /** The last fortnight, oldest first. */
  readonly days: readonly { readonly day: Day; readonly received: number; readonly answered: number }[];
  readonly latest: readonly Pick<PublicLetter, 'number' | 'title' | 'unit' | 'answeredOn'>[];
}

const DAYS_SHOWN = 14;
/** Letters answered in the fortnight may have come in long before: this far back they are looked for. */
const LOOK_BACK_DAYS = 62;

export function makeTownBoard(deps: {
  facts: FactStore;
  letters: PublicLetterStore;
  nameHotMatters: NameHotMatters;
  savedLetters: SavedLetters;
  clock: Clock;
  zone: string;
}) {
  return async (): Promise<TownBoard> => {
    const now = deps.clock.now();
    const today = dayOf(now, deps.zone);
    const received = (await deps.facts.receivedBetween(addDays(today, -LOOK_BACK_DAYS), today)).filter(
      ({ source }) => source === 'own',
    );
    const open = await deps.facts.openNow();
    const byState: Partial<Record<MatterState, number>> = {};
    for (const { state } of open) byState[state] = (byState[state] ?? 0) + 1;
    const days = Array.from({ length: DAYS_SHOWN }, (_, i) => {
      const day = addDays(today, i - DAYS_SHOWN + 1);
      return {
        day,
        received: received.filter(({ receivedOn }) => receivedOn === day).length,
        answered: received.filter(({ answeredOn }) => answeredOn === day).length,
      };
    });
    const last = days.at(-1);
    const [latest, hot, lettersSaved] = await Promise.all([
      deps.letters.latest(5),
      deps.nameHotMatters(),
      deps.savedLetters.between(`${today.slice(0, 7)}-01`, today),
    ]);
    return {
      asOf: now,
      today: { received: last?.received ?? 0, answered: last?.answered ?? 0 },
      month: figuresOf(
        received.filter(({ receivedOn }) => receivedOn.slice(0, 7) === today.slice(0, 7)),
        now,
      ),
      lettersSaved,
      hot,
      open: { total: open.length, byState },
      cards: {
        yellow: open.filter(({ card }) => card === 'yellow').length,
        red: open.filter(({ card }) => card === 'red').length,
      },
      days,
      latest: latest.map(({ number, title, unit, answeredOn }) => ({ number, title, unit, answeredOn })),
    };
  };
}

export type GetTownBoard = ReturnType<typeof makeTownBoard>;
