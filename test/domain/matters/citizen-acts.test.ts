import assert from 'node:assert/strict';
import { addNote, rate, reopen, withdraw } from '../../../src/domain/matters/citizen-acts.ts';
import { archive, close } from '../../../src/domain/matters/filing-away.ts';
import type { Rating } from '../../../src/domain/matters/matter.ts';
import { CLOCK } from '../../../src/domain/permissions/permissions.ts';
import {
  aHandedMatter,
  aLetter,
  aMatter,
  anAnsweredMatter,
  assertRefused,
  citizen,
  dispatcher,
  handler,
  on,
  townTime,
} from '../../support/builders.ts';

const TOWN = townTime();
const NOW = on('2026-10-12 10:00');
const GOOD: Omit<Rating, 'at'> = { overall: 5, solved: 'yes', words: '谢谢' };

describe('add a note › by the writer', () => {
  it('while it is worked on › stands in the history and moves nothing', () => {
    const before = aHandedMatter({ state: 'inHand' });
    const { matter, event } = addNote(before, '又停水了', citizen, NOW);
    assert.deepEqual([event.text, event.what], ['又停水了', 'addNote']);
    assert.deepEqual([matter.state, matter.clock, matter.letter], ['inHand', before.clock, before.letter]);
  });

  it('after it was closed, or by staff › is refused', () => {
    assertRefused(() => addNote(anAnsweredMatter({ state: 'closed' }), 'x', citizen, NOW), 'ILLEGAL_ACTION');
    assertRefused(() => addNote(aMatter(), 'x', dispatcher, NOW), 'ILLEGAL_ACTION');
  });
});

describe('rate › an answer', () => {
  it('once › is kept with its time', () => {
    const { matter } = rate(anAnsweredMatter(), GOOD, citizen, NOW);
    assert.deepEqual(matter.rating, { ...GOOD, at: NOW });
    assert.equal(matter.state, 'answered');
  });

  it('twice › the first one stands', () => {
    const rated = rate(anAnsweredMatter(), GOOD, citizen, NOW).matter;
    assertRefused(() => rate(rated, { ...GOOD, overall: 1 }, citizen, NOW), 'ALREADY_RATED');
  });

  it('closed without an answer › there is nothing to rate', () => {
    const withdrawn = withdraw(aMatter(), 'x', citizen, NOW, TOWN).matter;
    assertRefused(() => rate(withdrawn, GOOD, citizen, NOW), 'ILLEGAL_ACTION');
  });

  it('by staff, or before the answer › is refused', () => {
    assertRefused(() => rate(anAnsweredMatter(), GOOD, dispatcher, NOW), 'ILLEGAL_ACTION');
    assertRefused(() => rate(aHandedMatter(), GOOD, citizen, NOW), 'ILLEGAL_ACTION');
  });
});

describe('reopen › an answer that did not settle it', () => {
  for (const actor of [citizen, dispatcher]) {
    for (const state of ['answered', 'closed'] as const) {
      it(`${state}, by the ${actor.role} › has its week anew and may be rated again`, () => {
        const rated = { ...rate(anAnsweredMatter(), GOOD, citizen, NOW).matter, state };
        const { matter, event } = reopen(rated, '没有修好', actor, NOW, TOWN);
        assert.deepEqual([matter.state, event.text, matter.rating], ['reopened', '没有修好', null]);
        assert.deepEqual([matter.clock.reply.dueOn, matter.clock.version], ['2026-10-19', 2]);
        assert.equal(matter.clock.closesAt, null);
      });
    }
  }

  it('the old answer › stays with it until there is a new one; what came of it is open again', () => {
    const before = anAnsweredMatter();
    const { matter } = reopen(before, 'x', citizen, NOW, TOWN);
    assert.deepEqual(matter.answer, before.answer);
    assert.equal(matter.resolution, null);
  });

  it('withdrawn, then reopened › is no withdrawn letter any more', () => {
    const withdrawn = withdraw(aHandedMatter(), 'x', citizen, NOW, TOWN).matter;
    assert.equal(reopen(withdrawn, 'y', citizen, NOW, TOWN).matter.resolution, null);
  });

  it('archived, or by the unit › is refused', () => {
    assertRefused(
      () => reopen(anAnsweredMatter({ state: 'archived' }), 'x', citizen, NOW, TOWN),
      'ILLEGAL_ACTION',
    );
    assertRefused(() => reopen(anAnsweredMatter(), 'x', handler, NOW, TOWN), 'ILLEGAL_ACTION');
  });
});

describe('withdraw › by the writer', () => {
  it('while it is worked on › is closed with that result, and its clock stops', () => {
    const { matter, event } = withdraw(aHandedMatter(), '已解决', citizen, NOW, TOWN);
    assert.deepEqual([matter.state, matter.resolution, event.text], ['closed', 'withdrawn', '已解决']);
    assert.ok(matter.clock.closesAt);
  });

  it('once answered › is refused', () => {
    assertRefused(() => withdraw(anAnsweredMatter(), 'x', citizen, NOW, TOWN), 'ILLEGAL_ACTION');
  });
});

describe('filing away › what is over', () => {
  for (const actor of [dispatcher, CLOCK]) {
    it(`by the ${actor.role} › an answered matter closes, a closed or refused one is archived`, () => {
      const closed = close(anAnsweredMatter(), actor, NOW).matter;
      assert.equal(closed.state, 'closed');
      assert.equal(archive(closed, actor, NOW).matter.state, 'archived');
      assert.equal(archive(aMatter({ state: 'notAccepted' }), actor, NOW).matter.state, 'archived');
    });
  }

  it('a secret letter, by the clock › closes like any other', () => {
    const secret = anAnsweredMatter({ letter: aLetter({ kind: 'report' }) });
    assert.equal(close(secret, CLOCK, NOW).matter.state, 'closed');
  });

  it('what is still open › is refused', () => {
    assertRefused(() => close(aHandedMatter(), dispatcher, NOW), 'ILLEGAL_ACTION');
    assertRefused(() => archive(anAnsweredMatter(), dispatcher, NOW), 'ILLEGAL_ACTION');
  });
});
