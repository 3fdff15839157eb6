import assert from 'node:assert/strict';
import { learnClassifier } from '../../../src/domain/routing/learn-classifier.ts';
import { hashLetter } from '../../../src/domain/routing/hashed-letter.ts';
import {
  isOfRule,
  suggestLearnt,
  suggestUnits,
  type RoutingRule,
} from '../../../src/domain/routing/suggest-units.ts';
import { LETTERS_OF_UNITS } from './letters-of-units.ts';

const RULES: readonly RoutingRule[] = [
  { id: 'school-bus', any: ['校车'], all: ['学校'], unit: 'education' },
  { id: 'water', any: ['停水', '水压', 'tap water'], unless: ['游泳'], unit: 'water' },
  { id: 'water-bill', any: ['水费'], unit: 'water' },
  { id: 'roads', any: ['路灯', '道路'], unit: 'roads' },
  { id: 'parks', any: ['公园'], unit: 'parks' },
];
const rows: readonly [why: string, text: string, expected: string][] = [
  ['one rule', '小区停水', 'water by water (停水)'],
  ['all its words', '停水后水压不足', 'water by water (停水 水压)'],
  ['nothing fits', '谢谢市长', ''],
  ['two units, in the table’s order', '道路施工造成停水', 'water by water (停水); roads by roads (道路)'],
  ['a third one', '公园道路停水', 'water by water (停水); roads by roads (道路)'],
  ['the same unit twice', '停水还收水费，路灯不亮', 'water by water (停水); roads by roads (路灯)'],
  ['a word that must be there too, missing', '校车晚点', ''],
  ['a word that must be there too', '学校校车晚点', 'education by school-bus (校车)'],
  ['a word that must not be there', '游泳馆停水', ''],
  ['a Latin letter beside it', 'x路灯不亮', 'roads by roads (路灯)'],
  ['capitals and full-width letters', 'No ＴＡＰ Water', 'water by water (tap water)'],
];

describe('suggest units › a letter', () => {
  for (const [why, text, expected] of rows) {
    it(`${why} › ${text} › ${expected || 'no suggestion'}`, () => {
      const found = suggestUnits({ title: text, body: '', place: '' }, RULES, []);
      assert.equal(
        found
          .map((each) => `${each.unit} by ${isOfRule(each) ? each.rule : '?'} (${each.words.join(' ')})`)
          .join('; '),
        expected,
      );
    });
  }

  it('words in title, body and place › count alike', () => {
    const empty = { title: '', body: '', place: '' };
    for (const field of ['title', 'body', 'place']) {
      assert.equal(suggestUnits({ ...empty, [field]: '停水' }, RULES, [])[0]?.unit, 'water', field);
    }
  });

  it('a word cut in two by title and body › does not count', () => {
    assert.deepEqual(suggestUnits({ title: '昨天停', body: '水果店', place: '' }, RULES, []), []);
  });
});

describe('suggest units › with what was learnt', () => {
  const learnt = learnClassifier(LETTERS_OF_UNITS, { version: 'units-2026-09-24', seed: 1 });
  const suggested = (title: string, body: string, rules = RULES) =>
    suggestUnits({ title, body, place: '' }, rules, suggestLearnt(hashLetter({ title, body }), learnt));

  it('no rule fits › the unit that dealt with such letters, with the words that spoke for it', () => {
    const [first] = suggested('公厕没人打扫', '菜场旁边的公厕又脏又臭，垃圾也没人清运，请安排保洁。');
    assert.ok(first && !isOfRule(first));
    assert.equal(first.unit, 'sanitation');
    assert.equal(first.letters, 4);
    assert.equal(first.weights, 'units-2026-09-24');
    assert.ok(first.words.includes('公厕'), first.words.join());
    assert.ok(first.certainty > 0.5 && first.certainty <= 1);
  });

  it('a rule fits › it comes first, whatever was learnt', () => {
    const found = suggested('公厕停水', '公厕停水三天，又脏又臭，没人打扫，垃圾成堆。');
    assert.deepEqual(
      found.map((each) => [each.unit, isOfRule(each)]),
      [
        ['water', true],
        ['sanitation', false],
      ],
    );
  });

  it('rule and learning agree › the unit is named once, by its rule', () => {
    const found = suggested('学校校车', '孩子的班主任说学校校车晚点，老师也没有办法，课程耽误了。');
    assert.equal(found.filter(({ unit }) => unit === 'education').length, 1);
    assert.ok(found[0] && isOfRule(found[0]));
  });

  it('another language than the letters it was learnt from › nothing learnt is said', () => {
    assert.deepEqual(suggested('Street musicians', 'They play well every evening, thank you.'), []);
  });
});
