import type { ClockPolicy, PolicyException } from '../domain/clocks/clock-policy.ts';
import type { LimitUnit, TimeLimit } from '../domain/clocks/due-date.ts';
import type { Channel, LadderStep, Recipient, RungTime } from '../domain/clocks/ladder.ts';
import { LETTER_BOX } from '../domain/clocks/policy-profiles.ts';
import type { Day } from '../domain/clocks/zoned-day.ts';
import type { Mailbox } from '../domain/directory/directory.ts';
import { LETTER_KINDS, type LetterKind } from '../domain/letters/letter.ts';

/** A policy as the fields of its form, and back. */

export const NEEDED_LIMITS = [
  'sort',
  'sign',
  'return',
  'reply',
  'waitForCitizen',
  'closeAfter',
  'appeal',
  'decideAppeal',
  'answerOrder',
] as const;
/** Those a town may have no rule for. */
export const FREE_LIMITS = ['review', 'secondReview'] as const;
export const LIMITS = [...NEEDED_LIMITS, ...FREE_LIMITS];
export type LimitName = (typeof LIMITS)[number];

export const STEPS: readonly LadderStep[] = LETTER_BOX.ladder.map(({ step }) => step);
/** The writer is told by messages of their own, not by the ladder. */
export const RECIPIENTS = ['dispatcher', 'handler', 'head', 'deputyLeader', 'supervisor', 'leader'] as const;
export const CHANNELS: readonly Channel[] = ['sms', 'mail'];

export const STEP_TIMES = [
  'halfTime',
  'workingDaysBefore',
  'dueDay',
  'workingDaysAfter',
  'hoursBefore',
  'hoursAfter',
] as const;
export type StepTime = (typeof STEP_TIMES)[number];

type Yes = 'yes' | undefined;

export interface LimitForm {
  readonly amount: number;
  readonly unit: LimitUnit;
  readonly rolls?: Yes;
  readonly first?: Yes;
}

export interface KindForm {
  readonly amount?: number;
  readonly unit: LimitUnit;
  readonly extension?: number;
  /** Working days before the day is due. */
  readonly reminder?: number;
}

export type StepForm =
  | { readonly on?: undefined }
  | {
      readonly on: 'yes';
      readonly when: StepTime;
      readonly count?: number;
      readonly hour: 'opens' | 'closes';
      readonly to: readonly Recipient[];
      readonly by: readonly Channel[];
    };

/** The form as its schema leaves it. */
export interface PolicyForm {
  readonly name: { readonly zh: string; readonly en: string };
  readonly from: 'now' | 'day';
  readonly fromDay?: Day;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly lateFrom?: string;
  readonly limit: Readonly<
    Record<(typeof NEEDED_LIMITS)[number], LimitForm> &
      Record<(typeof FREE_LIMITS)[number], Partial<LimitForm> & Pick<LimitForm, 'unit'>>
  >;
  readonly extension: number;
  readonly kind: Readonly<Record<LetterKind, KindForm>>;
  /** By the ids of the town's further mailboxes. */
  readonly box: Readonly<Record<string, KindForm>>;
  readonly step: Readonly<Record<LadderStep, StepForm>>;
}

/** What stands in the fields, as text; several ticks of one name as a list. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

const LIMIT_FIELDS = ['amount', 'unit', 'rolls', 'first'];
const KIND_FIELDS = ['amount', 'unit', 'extension', 'reminder'];
const STEP_FIELDS = ['on', 'when', 'count', 'hour', 'to', 'by'];

const under = (group: string, names: readonly string[], parts: readonly string[]): string[] =>
  names.flatMap((name) => parts.map((part) => `${group}.${name}.${part}`));

const FIELDS: readonly string[] = [
  'name.zh',
  'name.en',
  'from',
  'fromDay',
  'opensAt',
  'closesAt',
  'lateFrom',
  'extension',
  ...under('limit', LIMITS, LIMIT_FIELDS),
  ...under('kind', LETTER_KINDS, KIND_FIELDS),
  ...under('step', STEPS, STEP_FIELDS),
];

/** The form's own fields in a town with these further mailboxes. */
export const fieldsOf = (mailboxes: readonly Mailbox[]): readonly string[] => [
  ...FIELDS,
  ...under(
    'box',
    mailboxes.map(({ id }) => id),
    KIND_FIELDS,
  ),
];

/** As a policy fills the form: to be in force at once, whenever the policy itself began. */
export function policyFields(policy: ClockPolicy, mailboxes: readonly Mailbox[] = []): Typed {
  return {
    'name.zh': policy.name.zh,
    'name.en': policy.name.en,
    from: 'now',
    fromDay: '',
    opensAt: policy.opensAt,
    closesAt: policy.closesAt,
    lateFrom: policy.lateFrom ?? '',
    extension: String(policy.longestExtension),
    ...Object.assign({}, ...LIMITS.map((name) => limitFields(name, policy[name]))),
    ...Object.assign({}, ...LETTER_KINDS.map((kind) => kindFields(kind, policy))),
    ...Object.assign({}, ...mailboxes.map(({ id }) => boxFields(id, policy))),
    ...Object.assign({}, ...STEPS.map((step) => stepFields(step, policy))),
  };
}

export const rollsAnyway = (unit: LimitUnit): boolean => unit !== 'hours';

const limitFields = (name: LimitName, limit: TimeLimit | null): Typed => ({
  [`limit.${name}.amount`]: limit ? String(limit.amount) : '',
  [`limit.${name}.unit`]: limit?.unit ?? 'workingDays',
  [`limit.${name}.rolls`]: !limit || (limit.rollsOver ?? rollsAnyway(limit.unit)) ? 'yes' : '',
  [`limit.${name}.first`]: limit?.countsFirstDay ? 'yes' : '',
});

const kindFields = (kind: LetterKind, policy: ClockPolicy): Typed =>
  promiseFields(`kind.${kind}`, policy.exceptions.find(isOfKind(kind)), policy);

const boxFields = (mailbox: string, policy: ClockPolicy): Typed =>
  promiseFields(`box.${mailbox}`, policy.exceptions.find(isOfBox(mailbox)), policy);

export const isOfKind =
  (kind: LetterKind) =>
  ({ kinds, mailboxes }: PolicyException): boolean =>
    !mailboxes && kinds.includes(kind);

export const isOfBox =
  (mailbox: string) =>
  ({ mailboxes }: PolicyException): boolean =>
    mailboxes?.includes(mailbox) ?? false;

function promiseFields(at: string, own: PolicyException | undefined, policy: ClockPolicy): Typed {
  const reminder = own?.ladder?.find(({ step }) => step === 'reminder')?.at;
  const days =
    reminder && typeof reminder === 'object' && 'workingDays' in reminder ? reminder.workingDays : 0;
  return {
    [`${at}.amount`]: own?.reply ? String(own.reply.amount) : '',
    [`${at}.unit`]: own?.reply?.unit ?? policy.reply.unit,
    [`${at}.extension`]: own?.longestExtension === undefined ? '' : String(own.longestExtension),
    [`${at}.reminder`]: days < 0 ? String(-days) : '',
  };
}

/** A step that is off is offered as the letter box has it. */
function stepFields(step: LadderStep, { ladder }: ClockPolicy): Typed {
  const own = ladder.find((rung) => rung.step === step);
  const rung = own ?? LETTER_BOX.ladder.find((each) => each.step === step);
  return {
    [`step.${step}.on`]: own ? 'yes' : '',
    [`step.${step}.to`]: rung?.to ?? [],
    [`step.${step}.by`]: rung?.channels ?? [],
    ...Object.fromEntries(
      Object.entries(timeFields(rung?.at ?? 'halfTime')).map(([part, text]) => [
        `step.${step}.${part}`,
        text,
      ]),
    ),
  };
}

function timeFields(at: RungTime): { when: StepTime; count: string; hour: string } {
  if (at === 'halfTime') return { when: 'halfTime', count: '', hour: 'opens' };
  if ('hours' in at)
    return {
      when: at.hours < 0 ? 'hoursBefore' : 'hoursAfter',
      count: String(Math.abs(at.hours)),
      hour: 'opens',
    };
  const { workingDays, hour } = at;
  if (workingDays === 0) return { when: 'dueDay', count: '', hour };
  return {
    when: workingDays < 0 ? 'workingDaysBefore' : 'workingDaysAfter',
    count: String(Math.abs(workingDays)),
    hour,
  };
}
