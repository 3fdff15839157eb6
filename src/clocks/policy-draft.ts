import type { PolicyException, Promises } from '../domain/clocks/clock-policy.ts';
import type { TimeLimit } from '../domain/clocks/due-date.ts';
import type { LadderRung, LadderStep, RungTime } from '../domain/clocks/ladder.ts';
import type { Day } from '../domain/clocks/zoned-day.ts';
import { LETTER_KINDS, type LetterKind } from '../domain/letters/letter.ts';
import type { PolicyDraft } from './change-policy.ts';
import {
  rollsAnyway,
  STEPS,
  type KindForm,
  type LimitForm,
  type PolicyForm,
  type StepForm,
  type StepTime,
} from './policy-fields.ts';

/** The form of a policy as a policy. */

/** `today`: the day on which what is in force at once begins. */
export function toDraft(id: string, form: PolicyForm, today: Day): PolicyDraft {
  const { limit } = form;
  const ladder = STEPS.flatMap((step) => toRung(step, form.step[step]) ?? []);
  return {
    id,
    name: form.name,
    inForceFrom: form.from === 'day' && form.fromDay ? form.fromDay : today,
    opensAt: form.opensAt,
    closesAt: form.closesAt,
    lateFrom: form.lateFrom ?? null,
    sort: toLimit(limit.sort),
    sign: toLimit(limit.sign),
    return: toLimit(limit.return),
    reply: toLimit(limit.reply),
    longestExtension: form.extension,
    waitForCitizen: toLimit(limit.waitForCitizen),
    closeAfter: toLimit(limit.closeAfter),
    appeal: toLimit(limit.appeal),
    decideAppeal: toLimit(limit.decideAppeal),
    answerOrder: toLimit(limit.answerOrder),
    review: toFreeLimit(limit.review),
    secondReview: toFreeLimit(limit.secondReview),
    exceptions: toExceptions(form, ladder),
    ladder,
  };
}

function toLimit({ amount, unit, rolls, first }: LimitForm): TimeLimit {
  const rollsOver = rolls === 'yes';
  return {
    amount,
    unit,
    // Working days end on one anyway.
    ...(unit !== 'workingDays' && rollsOver !== rollsAnyway(unit) && { rollsOver }),
    ...(first === 'yes' && unit !== 'hours' && { countsFirstDay: true }),
  };
}

const toFreeLimit = (form: Partial<LimitForm> & Pick<LimitForm, 'unit'>): TimeLimit | null =>
  form.amount === undefined ? null : toLimit({ ...form, amount: form.amount });

function toRung(step: LadderStep, form: StepForm): LadderRung | null {
  if (form.on !== 'yes') return null;
  const clock = step === 'sortOverdue' ? 'sort' : step === 'signOverdue' ? 'sign' : 'reply';
  return { step, clock, at: toTime(form.when, form.count ?? 0, form.hour), to: form.to, channels: form.by };
}

function toTime(when: StepTime, count: number, hour: 'opens' | 'closes'): RungTime {
  const times: Readonly<Record<StepTime, RungTime>> = {
    halfTime: 'halfTime',
    workingDaysBefore: { workingDays: -count, hour },
    dueDay: { workingDays: 0, hour },
    workingDaysAfter: { workingDays: count, hour },
    hoursBefore: { hours: -count },
    hoursAfter: { hours: count },
  };
  return times[when];
}

/** Mailboxes first, since the first that fits a letter holds. Kinds that are promised the same share one exception. */
function toExceptions(form: PolicyForm, ladder: readonly LadderRung[]): PolicyException[] {
  const ofBoxes = Object.entries(form.box).flatMap(([mailbox, own]): PolicyException[] => {
    const promises = promisesOf(own, form, ladder);
    return promises ? [{ kinds: [], mailboxes: [mailbox], ...promises }] : [];
  });
  const shared = new Map<string, { kinds: LetterKind[]; promises: Partial<Promises> }>();
  for (const kind of LETTER_KINDS) {
    const promises = promisesOf(form.kind[kind], form, ladder);
    if (!promises) continue;
    const alike = JSON.stringify(promises);
    const known = shared.get(alike) ?? { kinds: [], promises };
    known.kinds.push(kind);
    shared.set(alike, known);
  }
  return [...ofBoxes, ...[...shared.values()].map(({ kinds, promises }) => ({ kinds, ...promises }))];
}

/** Null: as all others. */
function promisesOf(
  { amount, unit, extension, reminder }: KindForm,
  { limit }: PolicyForm,
  ladder: readonly LadderRung[],
): Partial<Promises> | null {
  const promises: Partial<Promises> = {
    ...(amount !== undefined && { reply: toLimit({ ...limit.reply, amount, unit }) }),
    ...(extension !== undefined && { longestExtension: extension }),
    ...(reminder !== undefined && { ladder: remindedBefore(reminder, ladder) }),
  };
  return Object.keys(promises).length > 0 ? promises : null;
}

const remindedBefore = (days: number, ladder: readonly LadderRung[]): LadderRung[] =>
  ladder.map((rung) => {
    if (rung.step !== 'reminder') return rung;
    const hour = typeof rung.at === 'object' && 'hour' in rung.at ? rung.at.hour : 'opens';
    return { ...rung, at: { workingDays: -days, hour } };
  });
