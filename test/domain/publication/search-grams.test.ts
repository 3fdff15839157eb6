import assert from 'node:assert/strict';
import { searchGrams } from '../../../src/domain/publication/search-grams.ts';

describe('search grams › what a text is found by', () => {
  for (const [text, grams] of [
    ['夜间停水', '夜间 间停 停水'],
    ['停水，停电', '停水 停电'],
    ['停水停水', '停水 水停'],
    ['788路公交', '788 路公 公交'],
    ['Street Lights', 'street lights'],
    ['ＷＩＦＩ信号', 'wifi 信号'],
    ['G15高速', 'g15 高速'],
    ['水', ''],
    ['！？', ''],
    ['', ''],
  ] as const) {
    it(`'${text}' › '${grams}'`, () => assert.equal([...searchGrams(text)].join(' '), grams));
  }

  it('all grams of a word › stand in a text that holds the word', () => {
    const text = searchGrams('新碶街道明州路小区夜间停水三天');
    for (const gram of searchGrams('夜间停水')) assert.ok(text.has(gram));
  });
});
