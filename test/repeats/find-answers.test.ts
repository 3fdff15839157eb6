import assert from 'node:assert/strict';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { ComparedLetter } from '../../src/domain/repeats/compared-letter.ts';
import type { SimilarQuery } from '../../src/repeats/earlier-letters.ts';
import { makeFindAnswers } from '../../src/repeats/find-answers.ts';
import { aLetter, aMatter, anAnsweredMatter, on } from '../support/builders.ts';
import { judgement } from '../support/alike.ts';

const TYPED = {
  kind: 'complaint',
  title: '明州路夜间停水',
  body: '夜里十点以后没有水。',
  place: '',
} as const;

const published = (patch: Partial<Matter> = {}): Matter =>
  anAnsweredMatter({
    publication: {
      isPublished: true,
      decidedAt: on('2026-09-30 10:00'),
      decidedBy: 'dispatcher',
      reason: '',
      title: [],
      body: [],
      answer: [],
    },
    ...patch,
  });

const numbered = (number: string, patch: Partial<Matter> = {}): Matter =>
  published({ id: `m-${number}`, number, ...patch });

/** Looks among `town`; `scores` by number, in the order in which the town's matters are compared. */
function lookAmong(town: readonly Matter[], scores: readonly number[] = []) {
  const queries: SimilarQuery[] = [];
  const asked: ComparedLetter[] = [];
  const compared: ComparedLetter[] = [];
  const find = makeFindAnswers({
    earlierLetters: {
      similar: async (query) => {
        queries.push(query);
        return town.map(({ id }) => ({ id, similarity: 1 }));
      },
    },
    matters: { byId: async (id) => town.find((matter) => matter.id === id) ?? null },
    getJudge: async () => (letter) => (earlier) => {
      asked.push(letter);
      compared.push(earlier);
      return judgement(scores[compared.length - 1] ?? 1);
    },
    fold: (text) => text.toLowerCase(),
    zone: 'Asia/Shanghai',
  });
  const numbers = async (letter: Parameters<typeof find>[0] = TYPED) =>
    (await find(letter)).map((found) => found.letter.number);
  return { find, numbers, queries, asked, compared };
}

describe('finding answers before filing', () => {
  it('the best three of those worth showing, best first, each with what was thought of it', async () => {
    const town = ['1', '2', '3', '4', '5'].map((number) => numbered(number));
    const { find, queries } = lookAmong(town, [0.5, 0.9, 0.2, 0.7, 0.8]);

    const found = await find(TYPED);

    assert.deepEqual(
      found.map(({ letter, judgement: { score, verdict } }) => [letter.number, score, verdict]),
      [
        ['2', 0.9, 'same'],
        ['5', 0.8, 'same'],
        ['4', 0.7, 'perhaps'],
      ],
    );
    assert.equal(queries[0]?.isPublicOnly, true);
  });

  it('a report › is never searched with', async () => {
    const { numbers, queries } = lookAmong([numbered('1')]);
    assert.deepEqual(await numbers({ ...TYPED, kind: 'report' }), []);
    assert.deepEqual(queries, []);
    assert.deepEqual(await numbers(), ['1']);
  });

  const hidden: readonly [what: string, matter: Matter][] = [
    ['not answered', aMatter({ id: 'm-9', number: '9' })],
    ['answered, not published', anAnsweredMatter({ id: 'm-9', number: '9' })],
    ['wished to be private', numbered('9', { letter: aLetter({ wish: 'private' }) })],
    ['a report', numbered('9', { letter: aLetter({ kind: 'report' }) })],
    ['taken down', numbered('9', { publication: { ...published().publication!, isPublished: false } })],
  ];
  for (const [what, matter] of hidden)
    it(`${what} › is not shown, even when the search has it still`, async () => {
      const { numbers, compared } = lookAmong([matter, numbered('1')]);
      assert.deepEqual(await numbers(), ['1']);
      assert.equal(compared.length, 1);
    });

  it('gone from the store › is passed over', async () => {
    const town = [numbered('1'), numbered('2')];
    const { numbers } = lookAmong(town);
    town.shift();
    assert.deepEqual(await numbers(), ['2']);
  });

  it('compares with what everyone may read: no hidden passage, no place', async () => {
    const letter = aLetter({
      title: '王晓明家停水 Road',
      body: '王晓明住在明州路，夜里停水。',
      place: '3幢402室',
    });
    const name = { start: 0, end: 3, kind: 'name' } as const;
    const { numbers, compared } = lookAmong([
      numbered('1', { letter, publication: { ...published().publication!, title: [name], body: [name] } }),
    ]);
    await numbers();
    assert.deepEqual(compared, [{ title: '███家停水 road', body: '███住在明州路，夜里停水。', place: '' }]);
  });

  it('only a title › stands for the letter; beside the earlier letter or its title, the better one counts', async () => {
    const town = [numbered('1'), numbered('2'), numbered('3')];
    const { find, asked, compared } = lookAmong(town, [0.2, 0.9, 0.6, 0.3, 0.1, 0.2]);

    const found = await find({ ...TYPED, body: '' });

    assert.deepEqual(
      found.map(({ letter, judgement: { score } }) => [letter.number, score]),
      [
        ['1', 0.9],
        ['2', 0.6],
      ],
    );
    const { title, body } = aLetter();
    assert.deepEqual(
      compared.slice(0, 2).map((letter) => letter.body),
      [body, title],
    );
    assert.ok(asked.every((letter) => letter.body === TYPED.title && letter.title === TYPED.title));
  });
});
