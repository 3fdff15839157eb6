import assert from 'node:assert/strict';
import { linkedLetter } from '../../../src/domain/repeats/linked-letter.ts';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { aLetter, aMatter, anAnsweredMatter, on } from '../../support/builders.ts';

const OF = { zone: 'Asia/Shanghai', hash: (key: string) => `#${key.length}` };
const of = (patch: Partial<Matter>) => linkedLetter(aMatter(patch), OF);

describe('what is kept of a letter to group it', () => {
  it('says when, and whose by hashes only', () => {
    const letter = aLetter({ receivedAt: on('2026-09-23 23:30') });
    const kept = of({ letter });
    assert.equal(kept?.receivedOn, '2026-09-23');
    assert.deepEqual(kept.people, ['#17', '#21']);
    const told = JSON.stringify(kept);
    for (const words of [...Object.values(letter.writer), letter.title, letter.body, letter.place])
      assert.ok(!told.includes(words), words);
  });

  it('a report, imported history › nothing', () => {
    assert.equal(of({ letter: aLetter({ kind: 'report' }) }), null);
    assert.equal(of({ origin: { source: 'old', externalId: '1' } }), null);
  });

  it('refused and withdrawn › over; private, published › said', () => {
    assert.equal(of({})?.isOver, false);
    assert.equal(of({ state: 'notAccepted' })?.isOver, true);
    assert.equal(of({ state: 'closed', resolution: 'withdrawn' })?.isOver, true);
    assert.equal(of({ letter: aLetter({ wish: 'private' }) })?.isPrivate, true);
    const decision = {
      decidedAt: on('2026-09-30 10:00'),
      decidedBy: 'p',
      reason: '',
      title: [],
      body: [],
      answer: [],
    };
    for (const isPublished of [true, false]) {
      const publication = { ...decision, isPublished };
      assert.equal(linkedLetter(anAnsweredMatter({ publication }), OF)?.isPublished, isPublished);
    }
  });
});
