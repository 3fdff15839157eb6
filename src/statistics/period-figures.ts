import type { Day } from '../domain/clocks/zoned-day.ts';
import { figuresOf, type Figures } from '../domain/statistics/figures.ts';
import type { Clock } from '../platform/clock.ts';
import type { FactStore } from './fact-store.ts';

export interface StretchFigures extends Figures {
  /** `2026-09`, or `2026` when the period is longer than two years. */
  readonly stretch: string;
}

const MONTHS_SHOWN = 24;

/** The town's own letters by the month of receipt, empty months included; by year when the period is long. */
export function makePeriodFigures({ facts, clock }: { facts: FactStore; clock: Clock }) {
  return async (from: Day, to: Day): Promise<StretchFigures[]> => {
    const now = clock.now();
    const own = (await facts.receivedBetween(from, to)).filter(({ source }) => source === 'own');
    const stretches = stretchesOf(from, to);
    return stretches.map((stretch) => ({
      stretch,
      ...figuresOf(
        own.filter(({ receivedOn }) => receivedOn.startsWith(stretch)),
        now,
      ),
    }));
  };
}

export type GetPeriodFigures = ReturnType<typeof makePeriodFigures>;

function stretchesOf(from: Day, to: Day): string[] {
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  const last = Number(to.slice(0, 4)) * 12 + Number(to.slice(5, 7)) - 1;
  const months = Array.from({ length: last - first + 1 }, (_, i) => {
    const year = String(Math.floor((first + i) / 12)).padStart(4, '0');
    return `${year}-${String(((first + i) % 12) + 1).padStart(2, '0')}`;
  });
  return months.length <= MONTHS_SHOWN ? months : [...new Set(months.map((month) => month.slice(0, 4)))];
}
