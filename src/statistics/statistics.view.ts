import { inLanguage, type Language } from '../domain/bilingual.ts';
import type { Unit } from '../domain/directory/directory.ts';
import { LEAST_TO_RANK, type Figures, type Rate, type UnitFigures } from '../domain/statistics/figures.ts';
import { REPEAT_KINDS } from '../domain/repeats/repeat-kind.ts';
import type { StretchFigures } from './period-figures.ts';
import type { SourceFigures, TownFigures } from './town-figures.ts';

/** What the page of figures shows; every number is one of `domain/statistics`. */

export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface Reader {
  readonly lang: Language;
  readonly units: readonly Unit[];
}

export function figuresView(
  period: Period,
  found: { town: TownFigures; months: readonly StretchFigures[] } | null,
  reader: Reader,
) {
  return {
    form: period,
    found: found && {
      from: found.town.from,
      to: found.town.to,
      version: found.town.version,
      leastToRank: LEAST_TO_RANK,
      own: totals(found.town.own),
      rates: ratesOf(found.town.own),
      repeats: repeatsOf(found.town),
      ...byUnit(found.town.own, reader),
      months: found.months.map(({ stretch, ...figures }) => ({ stretch, ...totals(figures) })),
      imported: Object.entries(found.town.imported).map(([source, figures]) => ({
        source,
        ...totals(figures),
        publicRate: figures.publicRate,
      })),
    },
  };
}

const totals = ({ received, valid, answered, published, medianDays, p90Days }: Figures) => ({
  received,
  valid,
  answered,
  published,
  medianDays,
  p90Days,
});

/** Repeats by kind, the commonest kinds' shares drawn beside all of them, and what was spared. */
function repeatsOf({ own, lettersSaved }: TownFigures) {
  const { total, ...kinds } = own.repeats;
  return {
    total,
    kinds: REPEAT_KINDS.map((kind) => ({ kind, count: kinds[kind] })),
    repliesAvoided: own.repliesAvoided,
    lettersSaved,
  };
}

function ratesOf(figures: Figures): readonly ({ readonly key: string } & Rate)[] {
  return [
    { key: 'responseRate', ...figures.responseRate },
    { key: 'publicRate', ...figures.publicRate },
    { key: 'onTime', ...figures.onTime },
    { key: 'satisfied', ...figures.satisfied },
  ];
}

/** Units with enough letters stand in order of their share answered on time; the others are listed by name. */
function byUnit({ byUnit: all }: SourceFigures, { lang, units }: Reader) {
  const row = (figures: UnitFigures) => {
    const unit = units.find(({ id }) => id === figures.unit);
    return {
      name: unit ? inLanguage(lang, unit.name) : (figures.unit ?? ''),
      ...totals(figures),
      onTime: figures.onTime,
      satisfied: figures.satisfied,
    };
  };
  const ranked = all.filter(({ isRanked }) => isRanked).map(row);
  const others = all.filter(({ isRanked, unit }) => !isRanked && unit !== null).map(row);
  return {
    ranked: ranked.sort((a, b) => (b.onTime.value ?? 0) - (a.onTime.value ?? 0) || b.valid - a.valid),
    notHandedOn: all.find(({ unit }) => unit === null)?.received ?? 0,
    others: others.sort((a, b) => a.name.localeCompare(b.name, lang)),
  };
}
