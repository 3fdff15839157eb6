import assert from 'node:assert/strict';
import { NOTHING_COUNTED } from '../../../src/domain/repeats/gram-counts.ts';
import { gramOf } from '../../../src/domain/repeats/grams.ts';
import type { LetterGrams } from '../../../src/domain/repeats/letter-grams.ts';
import { matterGrams } from '../../../src/domain/repeats/matter-grams.ts';
import { redactionsFor } from '../../../src/domain/matters/publishing.ts';
import { fold } from '../../../src/platform/fold.ts';
import { aLetter, aMatter, anAnsweredMatter, on } from '../../support/builders.ts';

const town = { zone: 'Asia/Shanghai', fold, counts: NOTHING_COUNTED };

const holds = (grams: LetterGrams | null | undefined, gram: string): boolean =>
  grams?.grams.includes(gramOf(gram)) ?? false;

describe('by what a matter’s letter is found', () => {
  const letter = aLetter({
    title: '滨河路路燈不亮',
    body: '陈大文的小卖部门口路灯坏了，請儘快修理。',
    place: '新碶',
  });
  const decision = { isPublished: true, decidedAt: on('2026-09-30 10:00'), decidedBy: 'd', reason: '' };
  const answered = anAnsweredMatter({ letter });
  const published = {
    ...answered,
    publication: { ...decision, ...redactionsFor(answered, [], ['陈大文']) },
  };

  it('title, body and place, folded', () => {
    const found = matterGrams(aMatter({ letter }), town);
    for (const gram of ['路灯', '滨河', '修理', '新碶', '大文']) assert.ok(holds(found?.written, gram), gram);
    assert.equal(found?.published, null);
  });

  it('published › the redacted copy, without the place', () => {
    const found = matterGrams(published, town);
    assert.ok(holds(found?.published, '路灯'));
    assert.ok(holds(found?.written, '大文'));
    for (const gram of ['陈大', '大文', '新碶']) assert.equal(holds(found?.published, gram), false, gram);
  });

  it('withheld again › no public copy', () => {
    const withheld = { ...published, publication: { ...published.publication, isPublished: false } };
    assert.equal(matterGrams(withheld, town)?.published, null);
  });

  it('举报 › nothing', () => {
    assert.equal(matterGrams(aMatter({ letter: aLetter({ kind: 'report' }) }), town), null);
  });
});
