import type { Bilingual } from '../bilingual.ts';
import type { LetterKind } from '../letters/letter.ts';
import type { TimeLimit } from './due-date.ts';
import type { LadderRung } from './ladder.ts';
import type { Day } from './zoned-day.ts';

/** What a letter is promised. */
export interface Promises {
  readonly sort: TimeLimit;
  readonly sign: TimeLimit;
  /** How long a unit may send a matter back as not its own. */
  readonly return: TimeLimit;
  readonly reply: TimeLimit;
  /** All extensions together, in the unit of `reply`; of hours, in working days. */
  readonly longestExtension: number;
  readonly ladder: readonly LadderRung[];
}

/** What letters of some kinds, or of some mailboxes, are promised instead. */
export interface PolicyException extends Partial<Promises> {
  /** None named: all. */
  readonly kinds: readonly LetterKind[];
  /** Ids; absent: all. */
  readonly mailboxes?: readonly string[];
}

/** What of a letter decides about its promises. */
export interface PromisedLetter {
  readonly kind: LetterKind;
  readonly mailbox?: string | undefined;
}

/** The promises of a mailbox, as data. A later version leaves running clocks alone unless it is told to move them. */
export interface ClockPolicy extends Promises {
  readonly id: string;
  readonly version: number;
  readonly name: Bilingual;
  /** Letters received from this day on have it; null: since ever. */
  readonly inForceFrom: Day | null;
  readonly opensAt: string;
  /** When the office closes, `HH:MM` in the town's zone: the hour at which due days end. */
  readonly closesAt: string;
  /** What comes at this hour or later counts as come tomorrow; null: the day lasts until midnight. */
  readonly lateFrom: string | null;
  /** How long a question to the citizen holds the clock; then work goes on with what there is. */
  readonly waitForCitizen: TimeLimit;
  /** After the answer, in which the citizen may rate or reopen; then the matter closes. */
  readonly closeAfter: TimeLimit;
  /** How long a unit may appeal against a card. */
  readonly appeal: TimeLimit;
  /** How long the supervisor may take to decide about an appeal. */
  readonly decideAppeal: TimeLimit;
  /** How long a unit may take to answer a supervision order of the ladder in writing. */
  readonly answerOrder: TimeLimit;
  /** 复查, 复核: within what the next higher body decides; null where the town's rules have no such thing. */
  readonly review: TimeLimit | null;
  readonly secondReview: TimeLimit | null;
  /** The first that fits a letter holds. */
  readonly exceptions: readonly PolicyException[];
}

/** The policy as it holds for one letter: its exceptions resolved. */
export function policyFor(policy: ClockPolicy, letter: PromisedLetter): ClockPolicy {
  const exception = policy.exceptions.find((each) => fits(each, letter));
  if (!exception) return policy;
  const { kinds: _kinds, mailboxes: _mailboxes, ...promises } = exception;
  return { ...policy, ...promises };
}

function fits({ kinds, mailboxes }: PolicyException, { kind, mailbox }: PromisedLetter): boolean {
  if (kinds.length > 0 && !kinds.includes(kind)) return false;
  return mailboxes === undefined || (mailbox !== undefined && mailboxes.includes(mailbox));
}

/** How a clock remembers the policy it was started with. */
export const policyName = ({ id, version }: Pick<ClockPolicy, 'id' | 'version'>): string =>
  `${id}@${version}`;
