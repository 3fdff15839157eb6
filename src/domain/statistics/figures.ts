import type { RepeatKind } from '../repeats/repeat-kind.ts';
import type { CaseFact } from './case-fact.ts';

/** Raised whenever a definition below changes; every report carries it. */
export const FIGURES_VERSION = 2;

/** Units with fewer valid letters are listed, not ranked. */
export const LEAST_TO_RANK = 15;

/** A share with what it was made of. `value` is null when nothing could be counted: no cases is not 0 %. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
}

export interface Figures {
  /** Letters that arrived in the period (来信). */
  readonly received: number;
  /** Received, less those refused, withdrawn or joined to another matter (有效信件). */
  readonly valid: number;
  /** Valid letters with an approved answer (已答复). */
  readonly answered: number;
  /** Answered letters whose question and answer everyone may read (公开答复). */
  readonly published: number;
  /** answered ÷ valid */
  readonly responseRate: Rate;
  /** published ÷ valid: the share "answered publicly". */
  readonly publicRate: Rate;
  /** Answers by the due hour ÷ valid letters answered or overdue at `now`. Letters still in time are left out. */
  readonly onTime: Rate;
  /** Calendar days from receipt to answer; null without answers. */
  readonly medianDays: number | null;
  readonly p90Days: number | null;
  /** Ratings of 4 or 5 ÷ ratings given. Unrated is not satisfied. One answer to several writers is rated once by each. */
  readonly satisfied: Rate;
  /** Letters joined to an earlier one (重复来信), by why the matter came up again. They are received, not valid. */
  readonly repeats: Readonly<Record<RepeatKind, number>> & { readonly total: number };
  /** Joined letters whose writers got the one answer of their set (少写的重复答复). */
  readonly repliesAvoided: number;
}

export interface UnitFigures extends Figures {
  readonly unit: string | null;
  readonly isRanked: boolean;
}

/** The town's figures over facts received in a period. Every number on a page or in a report is one of these. */
export function figuresOf(facts: readonly CaseFact[], now: Date): Figures {
  const valid = facts.filter((fact) => fact.isValid);
  const answered = valid.filter((fact) => fact.answeredAt !== null);
  const published = answered.filter((fact) => fact.isPublished);
  const judged = valid.filter((fact) => fact.answeredAt !== null || isOverdue(fact, now));
  const joined = facts.filter((fact) => fact.repeat !== null);
  const together = joined.filter((fact) => fact.isAnsweredTogether);
  const rated = [...answered, ...together].filter((fact) => fact.overall !== null);
  const days = answered.flatMap((fact) => fact.daysToAnswer ?? []).sort((a, b) => a - b);
  return {
    received: facts.length,
    valid: valid.length,
    answered: answered.length,
    published: published.length,
    responseRate: rate(answered.length, valid.length),
    publicRate: rate(published.length, valid.length),
    onTime: rate(judged.filter((fact) => fact.isOnTime === true).length, judged.length),
    medianDays: percentile(days, 0.5),
    p90Days: percentile(days, 0.9),
    satisfied: rate(rated.filter((fact) => (fact.overall ?? 0) >= 4).length, rated.length),
    repeats: { ...countKinds(joined), total: joined.length },
    repliesAvoided: together.length,
  };
}

function countKinds(joined: readonly CaseFact[]): Record<RepeatKind, number> {
  const counts = { impatience: 0, reminder: 0, dissatisfaction: 0, commonConcern: 0 };
  for (const { repeat } of joined) if (repeat) counts[repeat] += 1;
  return counts;
}

/** By unit, most letters first; letters no unit has yet stand under `null`. */
export function figuresByUnit(facts: readonly CaseFact[], now: Date): UnitFigures[] {
  const byUnit = new Map<string | null, CaseFact[]>();
  for (const fact of facts) {
    const ofUnit = byUnit.get(fact.unit);
    if (ofUnit) ofUnit.push(fact);
    else byUnit.set(fact.unit, [fact]);
  }
  return [...byUnit]
    .map(([unit, ofUnit]) => {
      const figures = figuresOf(ofUnit, now);
      return { unit, isRanked: unit !== null && figures.valid >= LEAST_TO_RANK, ...figures };
    })
    .sort((a, b) => b.received - a.received);
}

/** An imported letter without a reply is history, not a debt. */
const isOverdue = (fact: CaseFact, now: Date): boolean =>
  fact.answeredAt === null && fact.source === 'own' && fact.dueAt < now;

export const rate = (numerator: number, denominator: number): Rate => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
});

/** Nearest rank: the smallest value that at least `share` of all values do not exceed. */
export function percentile(ascending: readonly number[], share: number): number | null {
  if (ascending.length === 0) return null;
  return ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)] ?? null;
}
