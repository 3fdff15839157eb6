import assert from 'node:assert/strict';
import { nextStepAt, stopClock } from '../../../src/domain/clocks/matter-clock.ts';
import { advanceClock, cardOf } from '../../../src/domain/matters/advance-clock.ts';
import { MATTER_STATES } from '../../../src/domain/matters/lifecycle.ts';
import type { Change, Matter } from '../../../src/domain/matters/matter.ts';
import { join, separate } from '../../../src/domain/matters/joining.ts';
import { askCitizen } from '../../../src/domain/matters/sorting.ts';
import { askExtension, grantExtension, pause } from '../../../src/domain/matters/unit-work.ts';
import {
  aHandedMatter,
  aLetter,
  aMatter,
  anAnsweredMatter,
  dispatcher,
  handler,
  on,
  townTime,
  wallOf,
} from '../../support/builders.ts';

const TOWN = townTime();

/** As the sweep does it: until nothing is due. */
function sweep(matter: Matter, now: Date): { matter: Matter; changes: Change[] } {
  const changes: Change[] = [];
  for (let change = advanceClock(matter, now, TOWN); change; change = advanceClock(matter, now, TOWN)) {
    changes.push(change);
    matter = change.matter;
    assert.ok(changes.length < 50, 'the sweep does not end');
  }
  return { matter, changes };
}

const stepsOf = (changes: readonly Change[]): string[] =>
  changes.map(({ event }) => event.step ?? event.what);

describe('advance clock › the ladder', () => {
  it('nobody does anything › each step comes at its minute, not before, and once', () => {
    let matter = aMatter();
    const seen: string[] = [];
    for (let next = nextStepAt(matter.clock, matter.state); next;) {
      assert.equal(advanceClock(matter, new Date(next.getTime() - 1), TOWN), null);
      const change = advanceClock(matter, next, TOWN);
      assert.ok(change);
      seen.push(`${change.event.step} ${wallOf(change.event.at)?.slice(5)}`);
      matter = change.matter;
      next = nextStepAt(matter.clock, matter.state);
    }
    assert.deepEqual(seen, [
      'sortOverdue 09-24 17:30',
      'halfTime 09-29 09:00',
      'reminder 09-30 09:00',
      'yellowCard 10-08 17:30',
      'urgingNotice 10-09 09:00',
      'redCard 10-10 17:30',
      'supervisionOrder 10-10 17:30',
    ]);
    assert.equal(matter.state, 'received');
  });

  it('two days of downtime › missed steps are caught up in order, one event each', () => {
    const before = sweep(aHandedMatter({ state: 'inHand' }), on('2026-10-08 12:00')).matter;
    assert.deepEqual(before.clock.taken, ['halfTime', 'reminder']);

    const { matter, changes } = sweep(before, on('2026-10-10 18:00'));

    assert.deepEqual(stepsOf(changes), ['yellowCard', 'urgingNotice', 'redCard', 'supervisionOrder']);
    assert.deepEqual(
      changes.map(({ event }) => event.seq),
      [1, 2, 3, 4].map((n) => before.version + n),
    );
    for (const { event } of changes) {
      assert.equal(event.what, 'step');
      assert.equal(event.clockVersion, 1);
      assert.equal(event.by.role, 'clock');
      assert.equal(wallOf(event.at), '2026-10-10 18:00');
      assert.deepEqual([event.from, event.to], ['inHand', 'inHand']);
    }
    assert.equal(matter.history.length, before.history.length + 4);
    assert.deepEqual(sweep(matter, on('2026-12-01 09:00')).changes, []);
  });

  it('an extension after the yellow card › takes the card back, and what lies ahead comes once more', () => {
    const late = sweep(
      askExtension(
        aHandedMatter({ state: 'inHand' }),
        { days: 3, text: '' },
        handler,
        on('2026-10-08 16:00'),
        TOWN,
      ).matter,
      on('2026-10-08 17:30'),
    ).matter;
    assert.equal(cardOf(late), 'yellow');

    const granted = grantExtension(late, dispatcher, on('2026-10-08 18:00'), TOWN).matter;
    const { changes } = sweep(granted, on('2026-12-01 09:00'));

    assert.equal(cardOf(granted), null);
    assert.deepEqual(stepsOf(changes), [
      'reminder',
      'yellowCard',
      'urgingNotice',
      'redCard',
      'supervisionOrder',
    ]);
    assert.ok(changes.every(({ event }) => event.clockVersion === 2));
  });

  for (const state of [
    'asked',
    'paused',
    'joined',
    'answered',
    'notAccepted',
    'closed',
    'archived',
  ] as const) {
    it(`${state} › long after every step was due › sends nothing`, () => {
      const clock = stopClock(aHandedMatter().clock, on('2026-09-29 10:00'), TOWN);
      const matter = aHandedMatter({ state, clock });
      assert.deepEqual(
        sweep(matter, on('2026-12-01 09:00')).changes.filter(({ event }) => event.what === 'step'),
        [],
      );
    });
  }

  it('any state › before anything is due › stays as it is', () => {
    for (const state of MATTER_STATES) {
      assert.equal(advanceClock(aHandedMatter({ state }), on('2026-09-23 12:00'), TOWN), null, state);
    }
  });

  it('a secret letter › long overdue › climbs the same ladder', () => {
    const matter = aHandedMatter({ state: 'inHand', letter: aLetter({ kind: 'report' }) });
    assert.equal(sweep(matter, on('2026-12-01 09:00')).changes.length, 6);
  });
});

describe('advance clock › after the answer', () => {
  const clock = stopClock(aHandedMatter().clock, on('2026-09-29 10:00'), TOWN);

  for (const kind of ['complaint', 'report'] as const) {
    it(`a ${kind}, twenty working days unanswered by the citizen › closes by itself, once`, () => {
      const matter = anAnsweredMatter({ clock, letter: aLetter({ kind }) });
      assert.equal(advanceClock(matter, on('2026-11-02 17:29'), TOWN), null);

      const { matter: closed, changes } = sweep(matter, on('2026-11-02 17:30'));

      assert.deepEqual(stepsOf(changes), ['close']);
      assert.equal(changes[0]?.event.by.role, 'clock');
      assert.equal(closed.state, 'closed');
      assert.deepEqual(sweep(closed, on('2027-11-02 17:30')).changes, []);
    });
  }
});

describe('advance clock › waiting for the citizen', () => {
  it('a question of the unit › not answered in five working days › work goes on with what there is', () => {
    const paused = pause(
      aHandedMatter({ state: 'inHand' }),
      '哪一幢？',
      handler,
      on('2026-09-28 10:00'),
      TOWN,
    ).matter;
    assert.equal(advanceClock(paused, on('2026-10-10 17:29'), TOWN), null);

    const change = advanceClock(paused, on('2026-10-10 17:30'), TOWN);

    assert.equal(change?.event.what, 'resume');
    assert.equal(change?.matter.state, 'inHand');
    assert.equal(change?.matter.clock.waitsUntil, null);
    assert.equal(change?.matter.clock.reply.dueOn, '2026-10-14');
  });

  it('a question of the office › not answered in five working days › is sorted with what there is', () => {
    const asked = askCitizen(aMatter(), '哪一条路？', dispatcher, on('2026-09-28 10:00'), TOWN).matter;
    const change = advanceClock(asked, on('2026-10-10 17:30'), TOWN);
    assert.equal(change?.event.what, 'answerQuestion');
    assert.equal(change?.matter.state, 'sorting');
    assert.equal(change?.matter.clock.reply.dueOn, '2026-10-14');
  });

  it('joined while asked, then separated › the question still runs out', () => {
    const asked = askCitizen(aMatter(), '哪一条路？', dispatcher, on('2026-09-28 10:00'), TOWN).matter;
    const joined = join(asked, [aMatter({ id: 'm2' })], null, dispatcher, on('2026-09-29 10:00')).matter;
    const swept = sweep(joined, on('2026-10-15 10:00'));
    assert.deepEqual(swept.changes, []);

    const separated = separate(swept.matter, dispatcher, on('2026-10-15 10:00')).matter;
    const { matter, changes } = sweep(separated, on('2026-10-15 10:00'));

    assert.equal(separated.state, 'asked');
    assert.equal(stepsOf(changes)[0], 'answerQuestion');
    assert.equal(matter.state, 'sorting');
  });
});

describe('advance clock › the card a matter bears', () => {
  for (const [taken, card] of [
    [[], null],
    [['reminder'], null],
    [['yellowCard'], 'yellow'],
    [['yellowCard', 'redCard'], 'red'],
    [['redCard'], 'red'],
  ] as const) {
    it(`${taken.join(', ') || 'nothing taken'} › ${card ?? 'no card'}`, () => {
      const { clock } = aMatter();
      assert.equal(cardOf({ clock: { ...clock, taken } }), card);
    });
  }
});
