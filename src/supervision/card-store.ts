import type { Day } from '../domain/clocks/zoned-day.ts';
import type { CardFact } from '../domain/supervision/card-figures.ts';
import type { Card, CardChange, CardKind, CardState } from '../domain/supervision/card.ts';
import type { CardNumber } from '../domain/supervision/card.ts';
import type { CardScope } from '../domain/supervision/card-readers.ts';

export interface CardPeriod {
  readonly scope: CardScope;
  /** Issued from `from` to `to`, both included. */
  readonly from: Day;
  readonly to: Day;
}

export interface CardQuery extends CardPeriod {
  /** None named: all. */
  readonly kinds: readonly CardKind[];
  readonly states: readonly CardState[];
  readonly page: number;
  readonly perPage: number;
}

export interface CardPage {
  readonly items: readonly Card[];
  readonly total: number;
}

/** Where cards, notices and orders are kept. They are documents: nothing else could bring them back. */
export interface CardStore {
  /** The next number of a kind and year. One that is never used is missing for good. */
  nextSequence(kind: CardKind, year: number): Promise<number>;
  /** One that is there already stays as it is. */
  insert(card: Card): Promise<void>;
  byId(id: string): Promise<Card | null>;
  byNumber(kind: CardKind, number: CardNumber): Promise<Card | null>;
  /** Which of these ids are there. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Oldest first. */
  ofMatter(matterId: string): Promise<Card[]>;
  /** Writes over `change.before.version` only. @throws DomainError STALE when somebody else was first. */
  save(change: CardChange): Promise<void>;
  /** Whom the letter accuses, on all its documents. */
  setAccused(matterId: string, units: readonly string[]): Promise<void>;
  /** Newest first. */
  list(query: CardQuery): Promise<CardPage>;
  /** Those in which somebody has to say the next word, the longest due first. */
  open(scope: CardScope): Promise<Card[]>;
  facts(period: CardPeriod): Promise<CardFact[]>;
}
