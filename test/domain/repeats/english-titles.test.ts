import assert from 'node:assert/strict';
import { concernedIn } from '../../../src/domain/repeats/concerned.ts';
import { demandDistance, demandOf, type Demand } from '../../../src/domain/repeats/demand.ts';
import { withoutAsides } from '../../../src/domain/repeats/english-asides.ts';
import { ENGLISH_FEATURES } from '../../../src/domain/repeats/english-features.ts';
import { englishStem, englishWordsIn } from '../../../src/domain/repeats/english-words.ts';
import { traitsOf } from '../../../src/domain/repeats/letter-traits.ts';
import { numbersApart, numbersIn } from '../../../src/domain/repeats/numbers.ts';

const same = (a: string, b: string, of: (title: string) => readonly string[]): void =>
  assert.deepEqual([...of(a)].sort(), [...of(b)].sort());

describe('English titles › words', () => {
  for (const words of [
    'sentence sentences sentencing',
    'ferry ferries',
    'harbour harbours',
    'fund funded funding',
  ])
    it(`${words} › have one stem`, () => assert.equal(new Set(words.split(' ').map(englishStem)).size, 1));

  const alike: readonly (readonly [a: string, b: string])[] = [
    ['scrap the ferry fare', 'please abolish ferry charges in the uk'],
    ['cycle lanes for harbour bridge', 'we call for bike paths on the harbour bridge'],
    ['ban airguns for under 16s', 'ban airguns for children'],
    ['make swimming lessons free for veterans', 'remove swimming lesson fees for veterans'],
  ];
  for (const [a, b] of alike) it(`${a} / ${b} › speak of the same`, () => same(a, b, englishWordsIn));

  it('a title of plain words only › is about nothing', () =>
    assert.deepEqual(englishWordsIn('the government must act now'), []));
});

describe('English titles › asides', () => {
  const rows: readonly (readonly [title: string, left: string])[] = [
    ['close the quay (and the pier)', 'close the quay'],
    ['close the quay: it is rotten', 'close the quay'],
    ['to save the seals, close the quay', 'close the quay'],
    ['honour the vote by closing the quay', 'closing the quay'],
    ['build a lighthouse on the rock to help sailors', 'build a lighthouse on the rock'],
    ['allow dogs on the beach', 'allow dogs on the beach'],
  ];
  for (const [title, left] of rows)
    it(`${title} › ${left}`, () => assert.equal(withoutAsides(title).trim(), left));
});

describe('English titles › demands', () => {
  const rows: readonly (readonly [title: string, demand: Demand | null])[] = [
    ['implement a law that would ban jet skis', 'end'],
    ['make jet skis illegal', 'end'],
    ['make it an offence for skippers not to wear a vest', 'begin'],
    ['make lifeboats free for all', 'end'],
    ['stop the scrapping of the ferry', 'keep'],
    ['hold a referendum on the harbour', 'askThePeople'],
    ['close the quay after the harbour referendum', null],
    ['honour the vote by repealing the harbour act', 'end'],
  ];
  for (const [title, demand] of rows)
    it(`${title} › ${demand ?? 'none'}`, () => assert.equal(demandOf(title), demand));

  it('a title that only names a thing › wants it', () => assert.equal(demandDistance(null, 'begin'), 0));
  it('to change and to raise › are near; to keep and to end are not', () => {
    assert.equal(demandDistance('raise', 'change'), 0.5);
    assert.equal(demandDistance('keep', 'end'), 1);
    assert.equal(demandDistance('askThePeople', 'begin'), 1);
  });
});

describe('English titles › whom it concerns, and numbers', () => {
  it('groups › in the singular, and no part of another word', () => {
    assert.deepEqual([...concernedIn('petition for pensioners and nurses')], ['pensioner', 'nurse']);
    assert.deepEqual([...concernedIn('a petition about peerages')], []);
  });
  it('how old children are › is no number of the demand; a limit is', () => {
    const [a, b] = ['ban airguns for under 16', 'ban airguns for under 18'].map(numbersIn);
    assert.ok(a && b);
    assert.deepEqual(numbersApart(a, b), []);
    assert.deepEqual(numbersApart(numbersIn('a limit of 20'), numbersIn('a limit of 30')), ['figure']);
  });
});

describe('English titles › questions about two', () => {
  const read = (title: string) => traitsOf({ title, body: '', place: '' }, () => 1);
  const ask = (name: string, a: string, b: string): number =>
    ENGLISH_FEATURES.find((feature) => feature.name === name)?.of(read(a), read(b)) ?? NaN;

  const rows: readonly (readonly [name: string, a: string, b: string, answer: number])[] = [
    ['subjectMissedLeast', 'a lighthouse at northpoint', 'a lighthouse at southrock', 1],
    ['subjectMissedLeast', 'a lighthouse', 'a lighthouse at southrock', 0],
    ['subjectMissedMost', 'a lighthouse', 'a lighthouse at southrock', 1],
    ['subjectShared', 'a lighthouse', 'build the lighthouse', 1],
    ['subjectShared', '', '', 0],
    ['demandDistance', 'scrap the regatta', 'hold the regatta', 1],
    ['othersConcerned', 'free ferries', 'free ferries for pensioners', 1],
  ];
  for (const [name, a, b, answer] of rows)
    it(`${name} › ${a || 'nothing'} / ${b || 'nothing'} › ${answer}`, () => {
      assert.equal(ask(name, a, b), answer);
      assert.equal(ask(name, b, a), answer);
    });
});
