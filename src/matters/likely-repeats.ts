import type { Matter } from '../domain/matters/matter.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import type { Judgement } from '../domain/repeats/judgement.ts';

/** A letter that may be about the same matter as the one on the desk. */
export interface LikelyRepeat {
  readonly letter: Matter;
  /** Where its set leads: what the letter on the desk would be joined to. Itself when it stands alone. */
  readonly primary: Matter;
  /** What else was found of that set. */
  readonly others: readonly Matter[];
  readonly judgement: Judgement;
  /** Shown, not weighed: one person writes about many things. */
  readonly isSamePerson: boolean;
  /** Calendar days between the receipts. */
  readonly daysApart: number;
}

/** The likeliest first; only what this person may read, and nothing a person held out before. */
export type FindRepeats = (matter: Matter, reader: Actor) => Promise<LikelyRepeat[]>;
