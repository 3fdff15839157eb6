import assert from 'node:assert/strict';
import { MATTER_STATES } from '../../../src/domain/matters/lifecycle.ts';
import { hashLetter } from '../../../src/domain/routing/hashed-letter.ts';
import { learnClassifier } from '../../../src/domain/routing/learn-classifier.ts';
import { lettersOfUnits, type HandledLetter } from '../../../src/domain/routing/letters-of-units.ts';
import { guessTopic } from '../../../src/domain/routing/topics.ts';
import { LETTERS_OF_UNITS } from './letters-of-units.ts';

const handled = (patch: Partial<HandledLetter> = {}): HandledLetter => ({
  letter: { kind: 'complaint', title: '路灯', body: '不亮' },
  state: 'answered',
  lead: 'roads',
  resolution: 'solved',
  ...patch,
});
/** Three letters that teach stand beside the one that is tried. */
const teaches = (patch: Partial<HandledLetter>): boolean => {
  const others = [handled(), handled(), handled()];
  return lettersOfUnits([...others, handled(patch)], ['roads', 'water']).length === 4;
};

describe('letters that teach which unit deals with what', () => {
  it('states › from signing for it to the archive, not while it may be given back', () => {
    assert.deepEqual(
      MATTER_STATES.filter((state) => !teaches({ state })),
      MATTER_STATES.filter((state) =>
        [
          'received',
          'sorting',
          'asked',
          'notAccepted',
          'joined',
          'assigned',
          'returnAsked',
          'reopened',
        ].includes(state),
      ),
    );
  });

  const rows: readonly [why: string, patch: Partial<HandledLetter>, expected: boolean][] = [
    ['answered', {}, true],
    ['in hand, nothing resolved yet', { state: 'inHand', resolution: null }, true],
    ['a report', { letter: { kind: 'report', title: '举报', body: '收红包' } }, false],
    ['withdrawn by its writer', { state: 'closed', resolution: 'withdrawn' }, false],
    ['passed on to somebody else', { resolution: 'passedOn' }, false],
    ['of no unit', { lead: null }, false],
    ['of a unit that is gone', { lead: 'post-office' }, false],
    ['the only one of its unit', { lead: 'water' }, false],
  ];
  for (const [why, patch, expected] of rows)
    it(`${why} › ${expected ? 'teaches' : 'does not'}`, () => assert.equal(teaches(patch), expected));

  it('what is learnt › title, body and unit, nothing else', () => {
    assert.deepEqual(lettersOfUnits([handled(), handled(), handled()], ['roads'])[0], {
      title: '路灯',
      body: '不亮',
      name: 'roads',
    });
  });
});

describe('the topic of a letter', () => {
  const named = LETTERS_OF_UNITS.map((letter) => ({
    ...letter,
    name:
      new Map([
        ['sanitation', 'environment'],
        ['education', 'education'],
        ['buses', 'transport'],
      ]).get(letter.name) ?? '',
  }));
  const weights = learnClassifier(named, { version: 'topics-1', seed: 1 });

  it('first and second guess, how sure, and by which weights', () => {
    const guess = guessTopic(hashLetter({ title: '公交晚点', body: '公交司机不停站。' }), weights);
    assert.ok(guess);
    assert.equal(guess.topic, 'transport');
    assert.notEqual(guess.second, 'transport');
    assert.ok(guess.certainty > 0.5 && guess.certainty <= 1);
    assert.equal(guess.weights, 'topics-1');
  });
  it('next to no word known › no guess', () => {
    assert.equal(guessTopic(hashLetter({ title: 'Parade', body: 'Thank you' }), weights), null);
  });
  it('weights of other classes › no guess', () => {
    const units = learnClassifier(LETTERS_OF_UNITS, { version: 'units', seed: 1 });
    assert.equal(guessTopic(hashLetter({ title: '公交晚点', body: '公交司机不停站。' }), units), null);
  });
});
