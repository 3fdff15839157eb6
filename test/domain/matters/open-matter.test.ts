import assert from 'node:assert/strict';
import { answerFingerprint } from '../../../src/domain/replies/answer-fingerprint.ts';
import { nextStepAt } from '../../../src/domain/clocks/matter-clock.ts';
import { advanceClock } from '../../../src/domain/matters/advance-clock.ts';
import { openImportedMatter, openMatter, type OldReply } from '../../../src/domain/matters/open-matter.ts';
import { aLetter, dispatcher, on, townTime } from '../../support/builders.ts';

const TOWN = townTime();
const OPENING = { id: 'm1', number: '2026-004217-3', letter: aLetter(), suggestions: [] };

describe('open a matter › every letter its own', () => {
  it('on receipt › is received, with its clock and one line of history', () => {
    const matter = openMatter(OPENING, TOWN);
    assert.deepEqual([matter.state, matter.version, matter.returns], ['received', 1, 0]);
    assert.deepEqual([matter.lead, matter.joinedTo, matter.answer, matter.origin], [null, null, null, null]);
    assert.equal(matter.letter, OPENING.letter);
    assert.equal(matter.clock.reply.dueOn, '2026-10-08');
    assert.deepEqual(matter.changedAt, OPENING.letter.receivedAt);
    assert.deepEqual(matter.history, [
      {
        seq: 1,
        what: 'open',
        at: OPENING.letter.receivedAt,
        by: { id: 'citizen', name: '', role: 'citizen', unit: null },
        from: 'received',
        to: 'received',
      },
    ]);
  });

  it('typed in by a clerk › the history says by whom', () => {
    assert.equal(openMatter(OPENING, TOWN, dispatcher).history[0]?.by.id, 'dispatcher');
  });
});

describe('open an imported matter › history, not work', () => {
  const ORIGIN = { source: '旧信访库', externalId: 'A-17' };
  const OPENED_2005 = {
    ...OPENING,
    letter: aLetter({ channel: 'import', receivedAt: on('2005-03-01 10:00') }),
  };
  const reply: OldReply = {
    text: '已修复。',
    unit: 'water',
    answeredAt: on('2005-03-04 10:00'),
    isPublished: true,
  };

  it('with its old reply › keeps its dates, is archived and public', () => {
    const matter = openImportedMatter(OPENED_2005, ORIGIN, reply, TOWN);
    assert.deepEqual([matter.state, matter.lead, matter.resolution], ['archived', 'water', 'explained']);
    assert.deepEqual(matter.origin, ORIGIN);
    assert.deepEqual(matter.answer, {
      text: '已修复。',
      fingerprint: answerFingerprint('已修复。'),
      resolution: 'explained',
      unit: 'water',
      round: 1,
      approvedBy: '',
      answeredAt: reply.answeredAt,
      isOnTime: true,
    });
    assert.equal(matter.publication?.isPublished, true);
    assert.deepEqual(matter.publication?.decidedAt, reply.answeredAt);
    assert.equal(matter.history[0]?.by.id, 'import');
  });

  for (const [answered, isOnTime] of [
    ['2005-03-08 17:30', true],
    ['2005-03-08 17:31', false],
  ] as const) {
    it(`answered ${answered}, due at 17:30 › is ${isOnTime ? 'on time' : 'late'}`, () => {
      const old = { ...reply, answeredAt: on(answered) };
      assert.equal(openImportedMatter(OPENED_2005, ORIGIN, old, TOWN).answer?.isOnTime, isOnTime);
    });
  }

  it('with a reply that was not public › is not public', () => {
    const matter = openImportedMatter(OPENED_2005, ORIGIN, { ...reply, isPublished: false }, TOWN);
    assert.equal(matter.publication, null);
  });

  it('without a reply › has no unit and no result', () => {
    const matter = openImportedMatter(OPENED_2005, ORIGIN, null, TOWN);
    assert.deepEqual(
      [matter.lead, matter.answer, matter.resolution, matter.publication],
      [null, null, null, null],
    );
  });

  for (const [what, old] of [
    ['with a reply', reply],
    ['without one', null],
  ] as const) {
    it(`${what} › wakes no clock, twenty years later`, () => {
      const matter = openImportedMatter(OPENED_2005, ORIGIN, old, TOWN);
      assert.equal(nextStepAt(matter.clock, matter.state), null);
      assert.equal(advanceClock(matter, on('2026-11-22 10:00'), TOWN), null);
    });
  }
});
