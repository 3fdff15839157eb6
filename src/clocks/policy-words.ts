import { inLanguage } from '../domain/bilingual.ts';
import type { ClockPolicy, PolicyException } from '../domain/clocks/clock-policy.ts';
import type { TimeLimit } from '../domain/clocks/due-date.ts';
import type { LadderRung, LadderStep } from '../domain/clocks/ladder.ts';
import type { DoubtsOfKinds, LadderDoubt } from '../domain/clocks/ladder-doubts.ts';
import { extensionLimit } from '../domain/clocks/matter-clock.ts';
import type { Mailbox } from '../domain/directory/directory.ts';
import { LETTER_KINDS } from '../domain/letters/letter.ts';
import type { Translate } from '../platform/words.ts';
import { isOfBox, isOfKind, LIMITS, STEPS } from './policy-fields.ts';

/** One thing a policy says, in words. */
export interface Line {
  readonly key: string;
  readonly label: string;
  readonly text: string;
}

const listed = (texts: readonly string[], { lang }: Translate): string =>
  texts.join(lang === 'en' ? ', ' : '、');

export function limitWords(limit: TimeLimit | null, t: Translate): string {
  if (!limit) return t('clocks:limit.none');
  const { amount, unit, rollsOver, countsFirstDay } = limit;
  return [
    t(`letters:limit.${unit}`, { count: amount }),
    unit === 'calendarDays' && rollsOver === false ? t('clocks:limit.mayEndOff') : '',
    unit === 'hours' && rollsOver ? t('clocks:limit.rollsOver') : '',
    countsFirstDay ? t('clocks:limit.firstDay') : '',
  ].join('');
}

/** Office hours, limits and longest extension. */
export const limitLines = (policy: ClockPolicy, t: Translate): Line[] => [
  {
    key: 'hours',
    label: t('clocks:policy.hours'),
    text: t('clocks:policy.hoursText', { opens: policy.opensAt, closes: policy.closesAt }),
  },
  {
    key: 'late',
    label: t('clocks:policy.late'),
    text: policy.lateFrom
      ? t('clocks:policy.lateText', { time: policy.lateFrom })
      : t('clocks:policy.neverLate'),
  },
  ...LIMITS.map((name) => ({
    key: `limit.${name}`,
    label: t(`clocks:limit.${name}`),
    text: limitWords(policy[name], t),
  })),
  {
    key: 'extension',
    label: t('clocks:form.extension.label'),
    text: extensionWords(policy.longestExtension, policy.reply, t),
  },
];

const extensionWords = (longest: number, reply: TimeLimit, t: Translate): string =>
  longest === 0 ? t('clocks:policy.noExtension') : limitWords(extensionLimit(longest, reply), t);

/** Kinds of letters with promises of their own; of the others, that they have none. */
export const kindLines = (policy: ClockPolicy, t: Translate): Line[] =>
  LETTER_KINDS.map((kind) => ({
    key: `kind.${kind}`,
    label: t(`letters:kind.${kind}`),
    text: ownWords(policy.exceptions.find(isOfKind(kind)), policy, t) || t('clocks:policy.asAbove'),
  }));

/** The same of the town's further mailboxes. */
export const boxLines = (policy: ClockPolicy, mailboxes: readonly Mailbox[], t: Translate): Line[] =>
  mailboxes.map(({ id, name }) => ({
    key: `box.${id}`,
    label: inLanguage(t.lang, name),
    text: ownWords(policy.exceptions.find(isOfBox(id)), policy, t) || t('clocks:policy.asAbove'),
  }));

function ownWords(own: PolicyException | undefined, policy: ClockPolicy, t: Translate): string {
  if (!own) return '';
  const { reply, longestExtension, ladder } = { ...policy, ...own };
  const reminder = own.ladder && ladder.find(({ step }) => step === 'reminder');
  return listed(
    [
      own.reply ? t('clocks:policy.kindReply', { limit: limitWords(reply, t) }) : '',
      own.longestExtension === undefined
        ? ''
        : t('clocks:policy.kindExtension', { limit: extensionWords(longestExtension, reply, t) }),
      reminder ? t('clocks:policy.kindReminder', { when: whenWords(reminder, t) }) : '',
    ].filter(Boolean),
    t,
  );
}

export function whenWords({ at }: Pick<LadderRung, 'at'>, t: Translate): string {
  if (at === 'halfTime') return t('clocks:when.halfTime');
  if ('hours' in at)
    return t(at.hours < 0 ? 'clocks:when.hoursBefore' : 'clocks:when.hoursAfter', {
      count: Math.abs(at.hours),
    });
  const hour = t(`clocks:hour.${at.hour}`);
  if (at.workingDays === 0) return t('clocks:when.dueDay', { hour });
  const key = at.workingDays < 0 ? 'clocks:when.workingDaysBefore' : 'clocks:when.workingDaysAfter';
  return t(key, { count: Math.abs(at.workingDays), hour });
}

/** The ladder as a table: step, when, to whom, by which channels. */
export const ladderRows = ({ ladder }: ClockPolicy, t: Translate): string[][] =>
  ladder.map((rung) => [
    stepWords(rung.step, t),
    whenWords(rung, t),
    listed(
      rung.to.map((role) => t(`desk:role.${role}`)),
      t,
    ),
    listed(
      rung.channels.map((channel) => t(`clocks:channel.${channel}`)),
      t,
    ),
  ]);

const stepWords = (step: LadderStep | 'due', t: Translate): string =>
  step === 'due' ? t('clocks:doubt.due') : t(`desk:step.${step}`);

const stepLines = (policy: ClockPolicy, t: Translate): Line[] => {
  const rows = ladderRows(policy, t);
  return STEPS.map((step) => {
    const row = rows[policy.ladder.findIndex((rung) => rung.step === step)];
    const text = row ? row.slice(1).join(t('clocks:policy.between')) : t('clocks:policy.stepOff');
    return { key: `step.${step}`, label: stepWords(step, t), text };
  });
};

/** What a draft changes, each thing before and after. */
export function changedLines(
  before: ClockPolicy,
  after: ClockPolicy,
  t: Translate,
  mailboxes: readonly Mailbox[] = [],
) {
  const linesOf = (policy: ClockPolicy) => [
    { key: 'name', label: t('clocks:policy.name'), text: `${policy.name.zh} / ${policy.name.en}` },
    ...limitLines(policy, t),
    ...boxLines(policy, mailboxes, t),
    ...kindLines(policy, t),
    ...stepLines(policy, t),
  ];
  const old = new Map(linesOf(before).map(({ key, text }) => [key, text]));
  return linesOf(after).flatMap(({ key, label, text }) =>
    old.get(key) === text ? [] : [{ label, before: old.get(key) ?? '', after: text }],
  );
}

/** What an office should look at twice, a sentence each. */
export const doubtWords = (found: readonly DoubtsOfKinds[], t: Translate): string[] =>
  found.flatMap(({ kinds, mailboxes = [], doubts }) => {
    const of = kinds
      ? t('clocks:doubt.of', {
          kinds: listed([...mailboxes, ...kinds.map((kind) => t(`letters:kind.${kind}`))], t),
        })
      : '';
    return doubts.map((doubt) => `${of}${doubtSentence(doubt, t)}`);
  });

const doubtSentence = (doubt: LadderDoubt, t: Translate): string =>
  doubt.what === 'never'
    ? t('clocks:doubt.never', { step: stepWords(doubt.step, t) })
    : t('clocks:doubt.order', { first: stepWords(doubt.first, t), later: stepWords(doubt.later, t) });
