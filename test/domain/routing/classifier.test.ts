import assert from 'node:assert/strict';
import { gramsOf, sectionsOf } from '../../../src/domain/routing/letter-grams.ts';
import { learnClassifier } from '../../../src/domain/routing/learn-classifier.ts';
import { bucketOf, hashLetter } from '../../../src/domain/routing/hashed-letter.ts';
import { classify, tellingWords } from '../../../src/domain/routing/linear-classifier.ts';
import { packClassifier, unpackClassifier } from '../../../src/domain/routing/packed-classifier.ts';
import { crossValidate, scoreGuesses } from '../../../src/domain/routing/score-classifier.ts';
import { tellingVocabulary } from '../../../src/domain/routing/telling-vocabulary.ts';
import { LETTERS_OF_UNITS } from './letters-of-units.ts';

const OPTIONS = { version: 'v1', seed: 7 };
const UNSEEN = [
  ['公厕', '公园里的公厕没人打扫，味道又脏又臭。', 'sanitation'],
  ['', '老师让学生自己带课本，学校没有发，家长很着急。', 'education'],
  ['等车', '公交司机今天又没停站，大家都迟到了。', 'buses'],
] as const;

describe('letter grams', () => {
  const rows: readonly [text: string, grams: string][] = [
    ['路灯', '路 路灯 灯'],
    ['路，灯', '路 灯'],
    ['A市bus站', 'A 市 bus 站'],
    ['no tap water', 'no tap water'],
    ['！？', ''],
  ];
  for (const [text, grams] of rows)
    it(`${text} › ${grams || 'none'}`, () => assert.equal([...gramsOf(text).keys()].join(' '), grams));

  it('written twice › counted twice', () => assert.equal(gramsOf('路灯，路灯').get('路灯'), 2));

  it('without a title › the first 30 characters lead', () => {
    const [lead, whole] = sectionsOf({ title: ' ', body: `${'一'.repeat(29)}二三` });
    assert.deepEqual([lead?.grams.has('二'), lead?.grams.has('三')], [true, false]);
    assert.ok(whole?.grams.has('三'));
  });
  it('full-width and capital letters › as narrow and small ones', () => {
    assert.ok(sectionsOf({ title: 'ＢＵＳ', body: '' })[0]?.grams.has('bus'));
  });
});

describe('a telling vocabulary', () => {
  const BODIES = ['路灯 坏了', '路面 坏了', '水压 坏了'];
  const examples = BODIES.flatMap((body, of) =>
    Array.from({ length: 3 }, () => ({ letter: hashLetter({ title: '', body }), of })),
  );
  const steps = tellingVocabulary(examples, BODIES.length);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { vocabulary, freedoms } = step.value;
  const placeOf = (gram: string): number => vocabulary.places.get(bucketOf(gram)) ?? assert.fail(gram);
  const freedomsOf = (gram: string) => freedoms.map((freedom) => freedom[placeOf(gram)] ?? 0);

  it('a word of one class › tells more than a word of all', () => {
    assert.ok((vocabulary.scale[placeOf('水压')] ?? 0) > (vocabulary.scale[placeOf('坏了')] ?? 0));
  });
  it('a word of one class › leaves that class’s weight freer; one that only this class lacks, too', () => {
    const [lamps = 0, roads = 0, water = 0] = freedomsOf('水压');
    assert.ok(water > lamps && water > roads);
    const [one = 0, other = 0, lacking = 0] = freedomsOf('路');
    assert.ok(lacking > one && lacking > other);
  });
  it('each class › has freedoms that are 1 on average', () => {
    for (const freedom of freedoms)
      assert.ok(Math.abs(freedom.reduce((sum, each) => sum + each, 0) / freedom.length - 1) < 1e-6);
  });
});

describe('a learnt classifier', () => {
  const learnt = learnClassifier(LETTERS_OF_UNITS, OPTIONS);

  for (const [title, body, unit] of UNSEEN) {
    it(`${title || '(no title)'} › ${body} › ${unit}`, () => {
      const guesses = classify(hashLetter({ title, body }), learnt);
      assert.equal(guesses[0]?.name, unit);
      assert.ok(Math.abs(guesses.reduce((sum, { certainty }) => sum + certainty, 0) - 1) < 1e-9);
      assert.deepEqual(
        guesses.map(({ certainty }) => certainty),
        guesses.map(({ certainty }) => certainty).toSorted((one, other) => other - one),
      );
    });
  }

  it('the same letters and seed › the same numbers; another order of learning › other ones', () => {
    assert.deepEqual(packClassifier(learnClassifier(LETTERS_OF_UNITS, OPTIONS)), packClassifier(learnt));
    const other = learnClassifier(LETTERS_OF_UNITS, { ...OPTIONS, seed: 8 });
    assert.notDeepEqual(other.classes[0]?.weights, learnt.classes[0]?.weights);
  });

  it('telling words › of the letter, of that class, no character in two of them', () => {
    const letter = { title: '公厕没人打扫', body: '公厕又脏又臭，司机师傅也这么说。' };
    const words = tellingWords(hashLetter(letter), 'sanitation', learnt);
    assert.ok(words.length > 1 && words.length <= 4, words.join());
    assert.ok(words.every((word) => `${letter.title}${letter.body}`.includes(word)));
    assert.equal(new Set(words.join('')).size, words.join('').length);
    assert.ok(!words.includes('司机'));
    assert.deepEqual(tellingWords(hashLetter(letter), 'nobody', learnt), []);
  });

  it('packed, written as JSON and unpacked › guesses the same; no word of a letter is in it', () => {
    const written = JSON.stringify(packClassifier(learnt));
    const read = unpackClassifier(JSON.parse(written));
    for (const [title, body] of UNSEEN) {
      const before = classify(hashLetter({ title, body }), learnt);
      const after = classify(hashLetter({ title, body }), read);
      assert.deepEqual(
        after.map(({ name, letters }) => [name, letters]),
        before.map(({ name, letters }) => [name, letters]),
      );
      assert.ok(Math.abs((after[0]?.certainty ?? 0) - (before[0]?.certainty ?? 0)) < 0.02);
    }
    assert.deepEqual([...read.vocabulary.places], [...learnt.vocabulary.places]);
    assert.doesNotMatch(written, /\p{Script=Han}/u);
  });
});

describe('a classifier’s score', () => {
  it('right, second and wrong › each figure by its definition', () => {
    const score = scoreGuesses([
      { name: 'a', guesses: ['a', 'b', 'c'] },
      { name: 'a', guesses: ['b', 'a', 'c'] },
      { name: 'b', guesses: ['b', 'a', 'c'] },
      { name: 'c', guesses: ['a', 'b', 'c'] },
    ]);
    assert.equal(score.accuracy, 0.5);
    assert.equal(score.top2, 0.75);
    // a: 1 of 2 said, 1 of 2 found; b: 1 of 2 said, 1 of 1 found; c: never said.
    assert.ok(Math.abs(score.macroF1 - (1 / 2 + 2 / 3 + 0) / 3) < 1e-12);
  });
  it('nothing guessed for lack of known words › is wrong', () => {
    assert.deepEqual(scoreGuesses([{ name: 'a', guesses: [] }]), { accuracy: 0, macroF1: 0, top2: 0 });
  });
  it('cross-validated › better than chance, and never by letters it was learnt from', () => {
    assert.ok(crossValidate(LETTERS_OF_UNITS, 4, OPTIONS).accuracy > 0.5);
    // Each class once: its letter is always the one left out.
    const alone = LETTERS_OF_UNITS.filter(
      (letter, index) => LETTERS_OF_UNITS.findIndex(({ name }) => name === letter.name) === index,
    );
    assert.equal(crossValidate(alone, 3, OPTIONS).accuracy, 0);
  });
});
