import type { ClockPolicy } from './clock-policy.ts';
import { dueDate } from './due-date.ts';
import { planLadder, type LadderStep } from './ladder.ts';
import type { LetterKind } from '../letters/letter.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { instantOf, type Day } from './zoned-day.ts';

/** What no office can mean: `later` would come before `first`; or a step that would never come. */
export type LadderDoubt =
  | { readonly what: 'order'; readonly first: LadderStep | 'due'; readonly later: LadderStep | 'due' }
  | { readonly what: 'never'; readonly step: LadderStep };

/** Doubts that hold for letters of these kinds or mailboxes; null: for all that have no limits of their own. */
export interface DoubtsOfKinds {
  readonly kinds: readonly LetterKind[] | null;
  /** Ids; absent: whatever mailbox they were put into. */
  readonly mailboxes?: readonly string[];
  readonly doubts: readonly LadderDoubt[];
}

/** The order in which steps make sense to those who get them. */
const ORDER: readonly (readonly [LadderStep | 'due', LadderStep | 'due'])[] = [
  ['halfTime', 'reminder'],
  ['reminder', 'due'],
  ['reminder', 'yellowCard'],
  ['due', 'yellowCard'],
  ['yellowCard', 'urgingNotice'],
  ['yellowCard', 'redCard'],
  ['urgingNotice', 'redCard'],
  ['yellowCard', 'supervisionOrder'],
];

/** A ladder held against a letter that comes when the office opens on `day`: what it would never be meant to do. */
export function ladderDoubts(policy: ClockPolicy, calendar: WorkingCalendar, day: Day): DoubtsOfKinds[] {
  return [null, ...policy.exceptions].flatMap((own) => {
    const doubts = doubtsOf(own ? { ...policy, ...own } : policy, calendar, day);
    if (doubts.length === 0) return [];
    return [{ kinds: own?.kinds ?? null, ...(own?.mailboxes && { mailboxes: own.mailboxes }), doubts }];
  });
}

function doubtsOf(policy: ClockPolicy, calendar: WorkingCalendar, day: Day): LadderDoubt[] {
  const start = instantOf(day, policy.opensAt, calendar.zone);
  const due = (limit: ClockPolicy['reply']) => dueDate(start, limit, calendar, policy);
  const clocks = { sort: due(policy.sort), sign: due(policy.sign), reply: due(policy.reply) };
  const plan = planLadder(policy.ladder, clocks, calendar, policy);
  const times = new Map<LadderStep | 'due', Date>(plan.map(({ step, at }) => [step, at]));
  const never = policy.ladder.flatMap(({ step }): LadderDoubt[] =>
    times.has(step) ? [] : [{ what: 'never', step }],
  );
  times.set('due', clocks.reply.dueAt);
  const order = ORDER.flatMap(([first, later]): LadderDoubt[] => {
    const [a, b] = [times.get(first), times.get(later)];
    return a && b && b < a ? [{ what: 'order', first, later }] : [];
  });
  return [...never, ...order];
}
