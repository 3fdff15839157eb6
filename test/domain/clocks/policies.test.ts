import assert from 'node:assert/strict';
import { policyFor, policyName, type ClockPolicy } from '../../../src/domain/clocks/clock-policy.ts';
import { LIMIT_UNITS } from '../../../src/domain/clocks/due-date.ts';
import { extendClock, startClock, startUnitClock } from '../../../src/domain/clocks/matter-clock.ts';
import {
  GUANGDONG_2022,
  LETTER_BOX,
  LETTER_BOX_DAYS,
  PETITION_REGULATION,
  PROFILES,
} from '../../../src/domain/clocks/policy-profiles.ts';
import { townTimes } from '../../../src/domain/clocks/town-times.ts';
import { LETTER_KINDS, type LetterKind } from '../../../src/domain/letters/letter.ts';
import { CHINA, on, wallOf } from '../../support/builders.ts';

const clockOf = (policy: ClockPolicy, kind: LetterKind, receivedAt: string) =>
  startClock(on(receivedAt), { policy: policyFor(policy, { kind }), calendar: CHINA });

describe('policies › shipped profiles', () => {
  const rows: readonly [ClockPolicy, LetterKind, string, string, string][] = [
    [LETTER_BOX, 'complaint', '2026-09-21 10:00', '2026-09-29', 'five working days, Mid-Autumn between'],
    [LETTER_BOX, 'consult', '2026-09-21 10:00', '2026-09-29', 'the same for all kinds'],
    [LETTER_BOX_DAYS, 'complaint', '2026-09-21 10:00', '2026-09-28', 'seven days'],
    [LETTER_BOX_DAYS, 'help', '2026-09-24 10:00', '2026-10-08', 'seven days, carried over National Day'],
    [GUANGDONG_2022, 'consult', '2026-09-21 10:00', '2026-09-23', 'two working days'],
    [
      GUANGDONG_2022,
      'help',
      '2026-09-21 10:00',
      '2026-10-12',
      'ten: three, three, 8, 9, Sat 10 works, Mon 12',
    ],
    [GUANGDONG_2022, 'suggestion', '2026-11-02 10:00', '2026-11-16', 'ten'],
    [GUANGDONG_2022, 'praise', '2026-11-02 10:00', '2026-11-16', 'as help and suggestions'],
    [GUANGDONG_2022, 'complaint', '2026-11-02 10:00', '2026-11-23', 'fifteen'],
    [GUANGDONG_2022, 'report', '2026-11-02 10:00', '2026-11-23', 'fifteen'],
    [PETITION_REGULATION, 'complaint', '2026-06-01 10:00', '2026-07-31', 'sixty days'],
    [PETITION_REGULATION, 'complaint', '2026-08-02 10:00', '2026-10-08', 'the sixtieth is 1 Oct'],
  ];
  for (const [policy, kind, receivedAt, dueOn, why] of rows) {
    it(`${policy.id} › ${kind} of ${receivedAt} › ${dueOn} (${why})`, () => {
      assert.equal(clockOf(policy, kind, receivedAt).reply.dueOn, dueOn);
    });
  }

  it('the petition regulation › fifteen days to sort, five working days to object, thirty more, reviews of thirty', () => {
    const time = { policy: PETITION_REGULATION, calendar: CHINA };
    const started = startClock(on('2026-06-01 10:00'), time);
    assert.equal(started.sort.dueOn, '2026-06-16');
    const handed = startUnitClock(started, on('2026-06-10 10:00'), time);
    assert.equal(handed.returnable?.dueOn, '2026-06-17');
    const extended = extendClock(handed, 30, on('2026-07-20 10:00'), time);
    assert.equal(extended.reply.dueOn, '2026-08-31');
    assert.deepEqual(
      [PETITION_REGULATION.review?.amount, PETITION_REGULATION.secondReview?.amount],
      [30, 30],
    );
    assert.equal(PETITION_REGULATION.longestExtension, 30);
  });

  it('long limits › are reminded of five working days before', () => {
    const { plan } = clockOf(GUANGDONG_2022, 'complaint', '2026-11-02 10:00');
    assert.equal(wallOf(plan.find(({ step }) => step === 'reminder')?.at), '2026-11-16 09:00');
    const short = clockOf(GUANGDONG_2022, 'help', '2026-11-02 10:00').plan;
    assert.equal(wallOf(short.find(({ step }) => step === 'reminder')?.at), '2026-11-13 09:00');
  });

  for (const policy of PROFILES) {
    it(`${policy.id} › every kind has its promises, in units the town knows`, () => {
      for (const kind of LETTER_KINDS) {
        const { sort, sign, return: back, reply, ladder } = policyFor(policy, { kind });
        for (const { amount, unit } of [sort, sign, back, reply]) {
          assert.ok(amount >= 1 && LIMIT_UNITS.includes(unit));
        }
        assert.ok(ladder.some(({ step }) => step === 'yellowCard'));
      }
    });
  }
});

describe('policies › of mailboxes', () => {
  const policy: ClockPolicy = {
    ...LETTER_BOX,
    exceptions: [
      { kinds: ['complaint'], mailboxes: ['petitions'], reply: { amount: 30, unit: 'calendarDays' } },
      { kinds: [], mailboxes: ['petitions'], reply: { amount: 15, unit: 'calendarDays' } },
      { kinds: ['consult'], reply: { amount: 2, unit: 'workingDays' } },
    ],
  };
  const rows: readonly [LetterKind, string | undefined, number, string][] = [
    ['complaint', 'petitions', 30, 'a kind in a mailbox'],
    ['help', 'petitions', 15, 'any other kind in that mailbox'],
    ['consult', 'petitions', 15, 'the first that fits holds'],
    ['consult', undefined, 2, 'a kind in the first mailbox'],
    ['consult', 'roads', 2, 'a kind in any other mailbox'],
    ['complaint', undefined, 5, 'the first mailbox'],
    ['complaint', 'roads', 5, 'a mailbox without promises of its own'],
  ];
  for (const [kind, mailbox, amount, why] of rows) {
    it(`${kind} in ${mailbox ?? 'the first'} › ${amount} (${why})`, () => {
      assert.equal(policyFor(policy, { kind, mailbox }).reply.amount, amount);
    });
  }
});

describe('policies › in hours', () => {
  const urgent: ClockPolicy = {
    ...LETTER_BOX,
    reply: { amount: 24, unit: 'hours' },
    ladder: [
      { step: 'halfTime', clock: 'reply', at: 'halfTime', to: ['handler'], channels: ['mail'] },
      { step: 'reminder', clock: 'reply', at: { hours: -2 }, to: ['head'], channels: ['sms'] },
      {
        step: 'yellowCard',
        clock: 'reply',
        at: { workingDays: 0, hour: 'closes' },
        to: ['head'],
        channels: ['sms'],
      },
      { step: 'redCard', clock: 'reply', at: { hours: 4 }, to: ['head'], channels: ['sms'] },
    ],
  };

  it('the ladder › is reckoned from the hour', () => {
    const { plan } = clockOf(urgent, 'help', '2026-09-23 10:00');
    assert.deepEqual(
      plan.map(({ step, at }) => `${step} ${wallOf(at)?.slice(5)}`),
      ['halfTime 09-23 22:00', 'reminder 09-24 08:00', 'yellowCard 09-24 10:00', 'redCard 09-24 14:00'],
    );
  });

  it('a warning that would come before its clock began › does not come', () => {
    const short = { ...urgent, reply: { amount: 1, unit: 'hours' } as const };
    const steps = clockOf(short, 'help', '2026-09-23 10:00').plan.map(({ step }) => step);
    assert.deepEqual(steps, ['halfTime', 'yellowCard', 'redCard']);
  });
});

describe('policies › versions', () => {
  const version = (number: number, inForceFrom: string | null, days: number): ClockPolicy => ({
    ...LETTER_BOX,
    id: 'town',
    version: number,
    inForceFrom,
    reply: { amount: days, unit: 'workingDays' },
  });
  const times = townTimes(
    [version(1, null, 5), version(2, '2026-10-01', 3), version(3, '2026-12-01', 2)],
    CHINA,
  );
  const daysOn = (wall: string): number => times.forLetter({ kind: 'help' }, on(wall)).policy.reply.amount;

  it('a letter › has the version that is in force on its day', () => {
    assert.deepEqual(['2026-09-30 23:59', '2026-10-01 00:00', '2026-12-05 10:00'].map(daysOn), [5, 3, 2]);
  });

  it('a matter › keeps the version it began with', () => {
    const letter = { kind: 'help', receivedAt: on('2026-12-05 10:00') } as const;
    const policy = policyName(version(1, null, 5));
    assert.equal(times.forMatter({ clock: { policy }, letter }).policy.reply.amount, 5);
  });

  it('a version nobody knows any more › gives way to that of the letter’s day', () => {
    const letter = { kind: 'help', receivedAt: on('2026-10-05 10:00') } as const;
    assert.equal(times.forMatter({ clock: { policy: 'lost@9' }, letter }).policy.reply.amount, 3);
  });

  it('a version saved later with an earlier day › holds from that day', () => {
    const corrected = townTimes([version(1, '2026-10-01', 5), version(2, '2026-09-01', 3)], CHINA);
    assert.equal(corrected.policyOn('2026-10-05').version, 2);
    assert.equal(corrected.policyOn('2026-08-05').id, 'letter-box');
  });

  it('a town without any › has the letter box’s', () => {
    assert.equal(townTimes([], CHINA).policyOn('2026-10-05'), LETTER_BOX);
  });
});
