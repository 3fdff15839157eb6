import assert from 'node:assert/strict';
import {
  extendClock,
  nextStepAt,
  openSteps,
  pauseClock,
  restartClock,
  resumeClock,
  startClock,
  startUnitClock,
  stopClock,
  type MatterClock,
} from '../../../src/domain/clocks/matter-clock.ts';
import { MATTER_STATES, type MatterState } from '../../../src/domain/matters/lifecycle.ts';
import { on, townTime, wallOf } from '../../support/builders.ts';

const TOWN = townTime();
/** Received on Wed 23 Sep 2026: Thu 24, Mon 28 to Wed 30, Thu 8 Oct. Due on Thu 8 Oct. */
const STARTED = startClock(on('2026-09-23 10:00'), TOWN);

const planned = ({ plan }: Pick<MatterClock, 'plan'>): string[] =>
  plan.map(({ step, at }) => `${step} ${wallOf(at)?.slice(5)}`);

const pausedThenResumed = (from: string, to: string, clock = STARTED, town = TOWN): MatterClock =>
  resumeClock(pauseClock(clock, on(from), town), on(to), town);

describe('matter clock › started', () => {
  it('a letter of Wed 23 Sep 2026 › receives its clocks and the whole ladder', () => {
    assert.equal(STARTED.version, 1);
    assert.equal(STARTED.policy, 'letter-box@1');
    assert.equal(wallOf(STARTED.sort.dueAt), '2026-09-24 17:30');
    assert.equal(wallOf(STARTED.reply.dueAt), '2026-10-08 17:30');
    assert.equal(STARTED.sign, null);
    assert.deepEqual(planned(STARTED), [
      'sortOverdue 09-24 17:30',
      'halfTime 09-29 09:00',
      'reminder 09-30 09:00',
      'yellowCard 10-08 17:30',
      'urgingNotice 10-09 09:00',
      'redCard 10-10 17:30',
      'supervisionOrder 10-10 17:30',
    ]);
  });

  it('a policy of another version › is written down with its number', () => {
    const clock = startClock(on('2026-09-23 10:00'), townTime({ id: 'guangdong', version: 3 }));
    assert.equal(clock.policy, 'guangdong@3');
  });
});

describe('matter clock › handed to a unit', () => {
  it('on Thu 24 Sep › has days to sign and to return, and signOverdue in its place', () => {
    const clock = startUnitClock(STARTED, on('2026-09-24 11:00'), TOWN);
    assert.equal(wallOf(clock.sign?.dueAt), '2026-09-28 17:30');
    assert.equal(wallOf(clock.returnable?.dueAt), '2026-09-29 17:30');
    assert.deepEqual(planned(clock).slice(0, 3), [
      'sortOverdue 09-24 17:30',
      'signOverdue 09-28 17:30',
      'halfTime 09-29 09:00',
    ]);
    assert.equal(clock.version, 1);
    assert.deepEqual(clock.reply, STARTED.reply);
  });

  it('handed on again › re-arms signOverdue and nothing else', () => {
    const first = startUnitClock(STARTED, on('2026-09-24 11:00'), TOWN);
    const before = { ...first, taken: ['sortOverdue', 'signOverdue', 'halfTime'] as const };

    const again = startUnitClock(before, on('2026-09-29 11:00'), TOWN);

    assert.deepEqual(again.taken, ['sortOverdue', 'halfTime']);
    const without = (clock: MatterClock): string[] =>
      planned(clock).filter((step) => !step.startsWith('sign'));
    assert.deepEqual(without(again), without(first));
    assert.deepEqual(
      planned(again).filter((step) => step.startsWith('sign')),
      ['signOverdue 09-30 17:30'],
    );
    assert.equal(again.version, 1);
  });

  it('re-armed › does not plan again what an extension left behind', () => {
    const extended = extendClock(STARTED, 5, on('2026-09-30 10:00'), TOWN);
    const handedOn = startUnitClock(extended, on('2026-10-08 10:00'), TOWN);
    assert.ok(!planned(handedOn).some((step) => step.startsWith('sortOverdue')));
  });
});

describe('matter clock › paused', () => {
  it('a question › holds the clock for five working days', () => {
    const paused = pauseClock(STARTED, on('2026-09-28 10:00'), TOWN);
    assert.equal(wallOf(paused.pausedAt), '2026-09-28 10:00');
    assert.equal(wallOf(paused.waitsUntil), '2026-10-10 17:30');
    assert.deepEqual(paused.reply, STARTED.reply);
  });

  const rows = [
    ['2026-09-28 10:00', '2026-10-09 15:00', '2026-10-13', 'three days left: Sat 10 works, Mon 12, Tue 13'],
    ['2026-09-30 16:00', '2026-10-08 09:00', '2026-10-09', 'one day left'],
    ['2026-09-23 11:00', '2026-09-24 11:00', '2026-10-09', 'all five left, from Thu 24'],
    ['2026-10-08 10:00', '2026-10-12 10:00', '2026-10-13', 'stopped on its last day: that day is left'],
    ['2026-10-08 17:30', '2026-10-12 10:00', '2026-10-13', 'stopped at the very end of its last day'],
  ] as const;
  for (const [from, to, dueOn, why] of rows) {
    it(`from ${from} to ${to} › ${why} › due ${dueOn}`, () => {
      const resumed = pausedThenResumed(from, to);
      assert.equal(resumed.reply.dueOn, dueOn);
      assert.equal(wallOf(resumed.reply.dueAt), `${dueOn} 17:30`);
      assert.deepEqual(resumed.reply.limit, STARTED.reply.limit);
      assert.equal(resumed.version, 2);
      assert.deepEqual(resumed.adjustments, [
        { why: 'pause', on: to.slice(0, 10), before: '2026-10-08', after: dueOn },
      ]);
      assert.deepEqual([resumed.pausedAt, resumed.waitsUntil], [null, null]);
    });
  }

  const nothingGained = [
    ['2026-09-28 09:05', '2026-09-28 17:00', 'resumed on the same day'],
    ['2026-10-08 17:31', '2026-10-15 10:00', 'overdue by a minute when stopped'],
    ['2026-10-12 10:00', '2026-10-20 10:00', 'long overdue when stopped'],
    ['2026-09-25 10:00', '2026-09-27 10:00', 'only days off between'],
  ] as const;
  for (const [from, to, why] of nothingGained) {
    it(`from ${from} to ${to} › ${why} › nothing changes`, () => {
      const before = { ...STARTED, taken: ['sortOverdue'] as const };
      assert.deepEqual(pausedThenResumed(from, to, before), before);
    });
  }

  it('a clock that was not stopped › resumed › is as before', () => {
    assert.deepEqual(resumeClock(STARTED, on('2026-09-28 10:00'), TOWN), STARTED);
  });

  it('calendar days › two of seven gone when stopped › five are left', () => {
    const town = townTime({ reply: { amount: 7, unit: 'calendarDays' } });
    const clock = startClock(on('2026-11-09 10:00'), town);
    const resumed = pausedThenResumed('2026-11-11 10:00', '2026-11-19 10:00', clock, town);
    assert.equal(clock.reply.dueOn, '2026-11-16');
    assert.equal(resumed.reply.dueOn, '2026-11-24');
  });

  it('after a pause › the ladder › stands around the new due day, without what lies behind', () => {
    const resumed = pausedThenResumed('2026-09-28 10:00', '2026-10-09 15:00', {
      ...STARTED,
      taken: ['sortOverdue'],
    });
    assert.deepEqual(resumed.taken, []);
    assert.deepEqual(planned(resumed), [
      // Ten working days in all would be half over on Sat 10; the three that are left, on Mon 12.
      'halfTime 10-12 09:00',
      'reminder 10-12 09:00',
      'yellowCard 10-13 17:30',
      'urgingNotice 10-14 09:00',
      'redCard 10-15 17:30',
      'supervisionOrder 10-15 17:30',
    ]);
  });
});

describe('matter clock › extended', () => {
  const extended = extendClock(
    { ...STARTED, taken: ['sortOverdue', 'halfTime', 'reminder'] },
    5,
    on('2026-09-30 10:00'),
    TOWN,
  );

  it('by five working days › counted from the due day › Wed 14 Oct', () => {
    assert.equal(wallOf(extended.reply.dueAt), '2026-10-14 17:30');
    assert.equal(extended.extendedBy, 5);
    assert.equal(extended.version, 2);
    assert.deepEqual(extended.adjustments, [
      { why: 'extension', on: '2026-09-30', before: '2026-10-08', after: '2026-10-14' },
    ]);
  });

  it('its arithmetic › is the old sum and the new one, without a gap', () => {
    const { arithmetic } = extended.reply;
    assert.equal(extended.reply.startedOn, '2026-09-23');
    assert.equal(
      arithmetic.reduce((sum, { isCounted, days }) => sum + (isCounted ? days : 0), 0),
      5 + 5,
    );
    assert.equal(arithmetic.at(-1)?.to, '2026-10-14');
    assert.ok(arithmetic.some(({ from }) => from === '2026-10-09'));
  });

  it('its ladder › begins anew, and nothing already past is in it', () => {
    assert.deepEqual(extended.taken, []);
    assert.deepEqual(planned(extended), [
      'halfTime 10-08 09:00',
      'reminder 10-13 09:00',
      'yellowCard 10-14 17:30',
      'urgingNotice 10-15 09:00',
      'redCard 10-16 17:30',
      'supervisionOrder 10-16 17:30',
    ]);
  });

  it('extended twice › adds up', () => {
    const twice = extendClock(extended, 2, on('2026-10-13 10:00'), TOWN);
    assert.deepEqual([twice.extendedBy, twice.version, twice.reply.dueOn], [7, 3, '2026-10-16']);
    assert.equal(twice.adjustments.length, 2);
  });

  it('into an unknown year › becomes provisional, and stays so when extended again', () => {
    const late = startClock(on('2026-12-24 10:00'), TOWN);
    const once = extendClock(late, 1, on('2026-12-25 10:00'), TOWN);
    assert.deepEqual([late.reply.dueOn, late.reply.isProvisional], ['2026-12-31', false]);
    assert.deepEqual([once.reply.dueOn, once.reply.isProvisional], ['2027-01-01', true]);
    assert.equal(extendClock(once, 1, on('2026-12-25 10:00'), TOWN).reply.isProvisional, true);
  });
});

describe('matter clock › stopped and begun again', () => {
  const stopped = stopClock(
    pauseClock({ ...STARTED, taken: ['sortOverdue', 'halfTime'] }, on('2026-09-28 10:00'), TOWN),
    on('2026-09-29 10:00'),
    TOWN,
  );

  it('answered on Tue 29 Sep › closes after twenty working days, and waits for nobody', () => {
    assert.equal(wallOf(stopped.closesAt), '2026-11-02 17:30');
    assert.deepEqual([stopped.pausedAt, stopped.waitsUntil], [null, null]);
  });

  it('reopened on Mon 12 Oct › has its week anew', () => {
    const again = restartClock({ ...stopped, extendedBy: 3 }, on('2026-10-12 10:00'), TOWN);
    assert.equal(wallOf(again.reply.dueAt), '2026-10-19 17:30');
    assert.equal(wallOf(again.sort.dueAt), '2026-10-13 17:30');
    assert.deepEqual([again.sign, again.returnable, again.closesAt], [null, null, null]);
    assert.deepEqual([again.version, again.taken, again.extendedBy], [2, [], 3]);
    assert.deepEqual(again.adjustments, [
      { why: 'reopened', on: '2026-10-12', before: '2026-10-08', after: '2026-10-19' },
    ]);
    assert.deepEqual(planned(again), [
      'sortOverdue 10-13 17:30',
      'halfTime 10-15 09:00',
      'reminder 10-16 09:00',
      'yellowCard 10-19 17:30',
      'urgingNotice 10-20 09:00',
      'redCard 10-21 17:30',
      'supervisionOrder 10-21 17:30',
    ]);
  });
});

describe('matter clock › what is next, by state', () => {
  const handed = startUnitClock(STARTED, on('2026-09-24 11:00'), TOWN);
  const waiting = pauseClock(handed, on('2026-09-28 10:00'), TOWN);
  const stopped = stopClock(handed, on('2026-09-29 10:00'), TOWN);

  const rows: readonly [MatterState, MatterClock, next: string | null][] = [
    ['received', STARTED, '2026-09-24 17:30'],
    ['sorting', STARTED, '2026-09-24 17:30'],
    ['asked', waiting, '2026-10-10 17:30'],
    ['notAccepted', stopped, null],
    ['joined', handed, null],
    ['joined', waiting, null],
    ['assigned', handed, '2026-09-28 17:30'],
    ['returnAsked', handed, '2026-09-29 09:00'],
    ['signedFor', handed, '2026-09-29 09:00'],
    ['inHand', handed, '2026-09-29 09:00'],
    ['paused', waiting, '2026-10-10 17:30'],
    ['extensionAsked', handed, '2026-09-29 09:00'],
    ['drafted', handed, '2026-09-29 09:00'],
    ['inReview', handed, '2026-09-29 09:00'],
    ['answered', stopped, '2026-11-02 17:30'],
    ['reopened', restartClock(stopped, on('2026-10-12 10:00'), TOWN), '2026-10-13 17:30'],
    ['closed', stopped, null],
    ['archived', stopped, null],
  ];
  for (const [state, clock, next] of rows) {
    it(`${state}${clock.waitsUntil ? ', a question open' : ''} › ${next ?? 'never'}`, () => {
      assert.equal(wallOf(nextStepAt(clock, state)), next);
    });
  }

  it('the table › knows every state', () => {
    assert.deepEqual([...new Set(rows.map(([state]) => state))].sort(), [...MATTER_STATES].sort());
  });

  it('steps taken › are not open any more', () => {
    const clock = { ...handed, taken: ['signOverdue', 'halfTime'] as const };
    assert.deepEqual(
      openSteps(clock, 'assigned').map(({ step }) => step),
      ['reminder', 'yellowCard', 'urgingNotice', 'redCard', 'supervisionOrder'],
    );
    assert.equal(wallOf(nextStepAt(clock, 'assigned')), '2026-09-30 09:00');
  });

  it('all steps taken › nothing is next', () => {
    const taken = handed.plan.map(({ step }) => step);
    assert.equal(nextStepAt({ ...handed, taken }, 'inHand'), null);
  });
});
