import type { Letter } from '../domain/letters/letter.ts';
import type { MatterState } from '../domain/matters/lifecycle.ts';
import type { Change, Matter } from '../domain/matters/matter.ts';
import type { HandledLetter } from '../domain/routing/letters-of-units.ts';

/** What only the store knows of a matter: how its writer is recognised. Never part of a page. */
export interface CitizenKeys {
  /** Of the form's own key; the same form sent twice finds the same matter. */
  readonly submissionHash: string;
  readonly codeHash: string;
  /** Of the letter's words; finds the same letter sent once more. */
  readonly wordsHash: string;
}

/** What a list of the desk shows of a matter: no body, no contact data. */
export interface MatterSummary {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly kind: Matter['letter']['kind'];
  readonly receivedAt: Date;
  readonly state: MatterState;
  readonly lead: string | null;
  readonly handler: string | null;
  readonly dueAt: Date;
  readonly dueOn: string;
  readonly isProvisional: boolean;
  readonly card: 'red' | 'yellow' | null;
  readonly overall: number | null;
}

export interface Worklist {
  readonly states: readonly MatterState[];
  /** Lead or supporting unit; null: any. */
  readonly unit: string | null;
  /** Secret letters are left out unless the reader may see them. */
  readonly withSecret: boolean;
  /** Reports that accuse this unit are left out, whoever else may see them; absent or null: none is. */
  readonly notAccusing?: string | null;
  /** Only those whose writer would have them published and about which the office has not decided. */
  readonly awaitsPublication?: boolean;
  readonly order: 'dueFirst' | 'newestFirst';
  readonly page: number;
  readonly perPage: number;
}

export interface MatterPage {
  readonly items: readonly MatterSummary[];
  readonly total: number;
}

/** Events of one matter that everyone was told of. */
export interface AnnouncedEvents {
  readonly id: string;
  readonly first: number;
  readonly last: number;
}

/** Where matters are kept. */
export interface MatterStore {
  nextSequence(year: number): Promise<number>;
  /** Reserves `count` numbers of a year at once; the first of them. */
  nextSequences(year: number, count: number): Promise<number>;
  /** Durable on return. When the submission is already there, its matter is returned instead. */
  insert(matter: Matter, keys: CitizenKeys): Promise<Matter>;
  /** Skips those whose origin is already there; returns how many are new. */
  insertImported(matters: readonly Matter[]): Promise<number>;
  importedFrom(source: string, externalIds: readonly string[]): Promise<Matter[]>;
  bySubmission(submissionHash: string): Promise<Matter | null>;
  byId(id: string): Promise<Matter | null>;
  /** The letters of these matters, by the matters' ids: a small part of each. */
  letters(ids: readonly string[]): Promise<ReadonlyMap<string, Letter>>;
  byNumber(number: string): Promise<Matter | null>;
  byNumberAndCode(number: string, codeHash: string): Promise<Matter | null>;
  /** Writes over `change.before.version` only. @throws DomainError STALE when somebody else was first. */
  save(change: Change): Promise<void>;
  /** As `save`, of many matters together: those that were written. The others were changed by somebody else first. */
  saveEach(changes: readonly Change[]): Promise<readonly Change[]>;
  list(worklist: Worklist): Promise<MatterPage>;
  countByState(
    unit: string | null,
    withSecret: boolean,
    notAccusing?: string | null,
  ): Promise<ReadonlyMap<MatterState, number>>;
  /** Matters the town's clock must look at, the longest due first. */
  stepsDue(now: Date, limit: number): Promise<Matter[]>;
  /** Matters changed before `before` whose events nobody was told of. */
  unannounced(before: Date, limit: number): Promise<{ matter: Matter; announcedSeq: number }[]>;
  /** Of the events `first` to `last` of each, unless an earlier one has not been told yet: then all are told again. */
  markAnnounced(told: readonly AnnouncedEvents[]): Promise<void>;
  byIds(ids: readonly string[]): Promise<Matter[]>;
  /** Of all matters in these states. */
  idsIn(states: readonly MatterState[]): Promise<string[]>;
  /** What is joined to a matter, oldest letter first. */
  joinedTo(id: string): Promise<Matter[]>;
  /** The first letters of these very words by people of this name, oldest first. */
  withWords(wordsHash: string): Promise<Matter[]>;
  /** Whether another matter was answered in the same words. */
  isAnsweredWith(fingerprint: string, exceptId: string): Promise<boolean>;
  /** The newest letters that some unit has taken as its own, reports left out. */
  handledLetters(limit: number): Promise<HandledLetter[]>;
  /** All matters in the order of their ids, or the first `most`, in batches; for rebuilding what is derived. */
  eachBatch(size: number, visit: (matters: readonly Matter[]) => Promise<void>, most?: number): Promise<void>;
}
