import type { Day } from '../domain/clocks/zoned-day.ts';
import {
  FIGURES_VERSION,
  figuresByUnit,
  figuresOf,
  type Figures,
  type UnitFigures,
} from '../domain/statistics/figures.ts';
import type { Clock } from '../platform/clock.ts';
import type { FactStore } from './fact-store.ts';
import type { SavedLetters } from './saved-letters.ts';

export interface SourceFigures extends Figures {
  readonly byUnit: readonly UnitFigures[];
}

/** The town's figures for letters received in a period; imported history is counted apart, by source. */
export interface TownFigures {
  readonly version: number;
  readonly from: Day;
  readonly to: Day;
  readonly own: SourceFigures;
  /** Letters that nobody had to write: readers who said, in the period, that a public answer was theirs. */
  readonly lettersSaved: number;
  readonly imported: Readonly<Record<string, SourceFigures>>;
}

export function makeTownFigures({
  facts,
  savedLetters,
  clock,
}: {
  facts: FactStore;
  savedLetters: SavedLetters;
  clock: Clock;
}) {
  return async (from: Day, to: Day): Promise<TownFigures> => {
    const now = clock.now();
    const [received, lettersSaved] = await Promise.all([
      facts.receivedBetween(from, to),
      savedLetters.between(from, to),
    ]);
    const ofSource = (source: string): SourceFigures => {
      const own = received.filter((fact) => fact.source === source);
      return { ...figuresOf(own, now), byUnit: figuresByUnit(own, now) };
    };
    const sources = [...new Set(received.map((fact) => fact.source))]
      .filter((source) => source !== 'own')
      .sort();
    return {
      version: FIGURES_VERSION,
      from,
      to,
      own: ofSource('own'),
      lettersSaved,
      imported: Object.fromEntries(sources.map((source) => [source, ofSource(source)])),
    };
  };
}

export type GetTownFigures = ReturnType<typeof makeTownFigures>;
