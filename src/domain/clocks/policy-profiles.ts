import type { ClockPolicy } from './clock-policy.ts';
import type { TimeLimit } from './due-date.ts';
import type { LadderRung } from './ladder.ts';

/** Policies to begin with; a town takes one and makes it its own. */

const workingDays = (amount: number): TimeLimit => ({ amount, unit: 'workingDays' });
const days = (amount: number): TimeLimit => ({ amount, unit: 'calendarDays' });

/** Cards as Shenzhen's supervision rules set them: yellow when the day ends without an answer, red two working days later. */
const LADDER: readonly LadderRung[] = [
  {
    step: 'sortOverdue',
    clock: 'sort',
    at: { workingDays: 0, hour: 'closes' },
    to: ['dispatcher'],
    channels: ['mail'],
  },
  {
    step: 'signOverdue',
    clock: 'sign',
    at: { workingDays: 0, hour: 'closes' },
    to: ['head'],
    channels: ['sms', 'mail'],
  },
  { step: 'halfTime', clock: 'reply', at: 'halfTime', to: ['handler'], channels: ['mail'] },
  {
    step: 'reminder',
    clock: 'reply',
    at: { workingDays: -1, hour: 'opens' },
    to: ['head'],
    channels: ['sms', 'mail'],
  },
  {
    step: 'yellowCard',
    clock: 'reply',
    at: { workingDays: 0, hour: 'closes' },
    to: ['head'],
    channels: ['sms', 'mail'],
  },
  {
    step: 'urgingNotice',
    clock: 'reply',
    at: { workingDays: 1, hour: 'opens' },
    to: ['head', 'deputyLeader'],
    channels: ['sms', 'mail'],
  },
  {
    step: 'redCard',
    clock: 'reply',
    at: { workingDays: 2, hour: 'closes' },
    to: ['head', 'leader'],
    channels: ['sms', 'mail'],
  },
  {
    step: 'supervisionOrder',
    clock: 'reply',
    at: { workingDays: 2, hour: 'closes' },
    to: ['head', 'supervisor'],
    channels: ['sms', 'mail'],
  },
];

/** The reminder comes this many working days before the day is due. */
const remindedBefore = (count: number): readonly LadderRung[] =>
  LADDER.map((rung) =>
    rung.step === 'reminder' ? { ...rung, at: { workingDays: -count, hour: 'opens' } } : rung,
  );

/** The letter box's week: the common shape of district mailboxes. */
export const LETTER_BOX: ClockPolicy = {
  id: 'letter-box',
  version: 1,
  name: { zh: '信箱：五个工作日', en: 'Letter box: five working days' },
  inForceFrom: null,
  opensAt: '09:00',
  closesAt: '17:30',
  lateFrom: null,
  sort: workingDays(1),
  sign: workingDays(1),
  return: workingDays(2),
  reply: workingDays(5),
  longestExtension: 10,
  waitForCitizen: workingDays(5),
  closeAfter: workingDays(20),
  appeal: workingDays(3),
  decideAppeal: workingDays(5),
  answerOrder: workingDays(5),
  review: null,
  secondReview: null,
  exceptions: [],
  ladder: LADDER,
};

/** The same week counted by the calendar; it ends on a working day. */
export const LETTER_BOX_DAYS: ClockPolicy = {
  ...LETTER_BOX,
  id: 'letter-box-days',
  name: { zh: '信箱：七天', en: 'Letter box: seven days' },
  reply: days(7),
  longestExtension: 14,
};

/** 广东省12345热线办法 (2022): questions 2 working days, help and suggestions 10, complaints and reports 15, from receipt. */
export const GUANGDONG_2022: ClockPolicy = {
  ...LETTER_BOX,
  id: 'guangdong-2022',
  name: { zh: '广东2022：二、十、十五个工作日', en: 'Guangdong 2022: 2, 10 or 15 working days' },
  reply: workingDays(10),
  ladder: remindedBefore(1),
  exceptions: [
    { kinds: ['consult'], reply: workingDays(2), longestExtension: 3 },
    { kinds: ['complaint', 'report'], reply: workingDays(15), ladder: remindedBefore(5) },
  ],
};

/**
 * 信访工作条例 (2022), art. 22–23 and 34–36: 15 days to sort, 5 working days to object, 60 days to decide and at most 30
 * more, 30 each for the review and the second review, hearings not counted in the latter.
 */
export const PETITION_REGULATION: ClockPolicy = {
  ...LETTER_BOX,
  id: 'petition-regulation',
  name: { zh: '信访工作条例：六十日', en: 'Petition regulation: sixty days' },
  sort: days(15),
  sign: workingDays(1),
  return: workingDays(5),
  reply: days(60),
  longestExtension: 30,
  waitForCitizen: days(15),
  closeAfter: days(30),
  review: days(30),
  secondReview: days(30),
  ladder: remindedBefore(5),
};

export const PROFILES: readonly ClockPolicy[] = [
  LETTER_BOX,
  LETTER_BOX_DAYS,
  GUANGDONG_2022,
  PETITION_REGULATION,
];
