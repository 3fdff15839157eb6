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

export interface SourceFigures extends Figures {
  readonly byUnit: readonly UnitFigures[];
}

/** The town's figures for letters received in a period; imported history is counted apart, by source. */
export interface TownFigures {
  readonly version: number;
  readonly from: Day;
  readonly to: Day;
  readonly own: SourceFigures;
  readonly imported: Readonly<Record<string, SourceFigures>>;
}

export function makeTownFigures({ facts, clock }: { facts: FactStore; clock: Clock }) {
  return async (from: Day, to: Day): Promise<TownFigures> => {
    const now = clock.now();
    const received = await facts.receivedBetween(from, to);
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
      imported: Object.fromEntries(sources.map((source) => [source, ofSource(source)])),
    };
  };
}

export type GetTownFigures = ReturnType<typeof makeTownFigures>;
