import assert from 'node:assert/strict';
import { suggestUnits, type RoutingRule } from '../../../src/domain/routing/suggest-units.ts';

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
      const found = suggestUnits({ title: text, body: '', place: '' }, RULES);
      assert.equal(
        found.map(({ unit, rule, words }) => `${unit} by ${rule} (${words.join(' ')})`).join('; '),
        expected,
      );
    });
  }

  it('words in title, body and place › count alike', () => {
    const empty = { title: '', body: '', place: '' };
    for (const field of ['title', 'body', 'place']) {
      assert.equal(suggestUnits({ ...empty, [field]: '停水' }, RULES)[0]?.unit, 'water', field);
    }
  });

  it('a word cut in two by title and body › does not count', () => {
    assert.deepEqual(suggestUnits({ title: '昨天停', body: '水果店', place: '' }, RULES), []);
  });
});
