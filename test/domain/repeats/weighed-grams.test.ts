import assert from 'node:assert/strict';
import type { GramFrequencies } from '../../../src/domain/repeats/gram-frequencies.ts';
import {
  cosine,
  gramsIn,
  stemOf,
  tellingBy,
  unordered,
  weighGrams,
} from '../../../src/domain/repeats/weighed-grams.ts';

const frequencies = (counts: Readonly<Record<string, number>>): GramFrequencies => ({
  letters: 3999,
  of: (gram) => counts[gram] ?? 0,
});

describe('weighed grams', () => {
  const rows: readonly (readonly [text: string, expected: string])[] = [
    ['停水三天', '停水 水三 三天'],
    ['停水,停电', '停水 停电'],
    ['88路车', '88 路车'],
    ['no tap water', 'no tap water'],
    ['水', ''],
    ['naïve café', 'naïve café'],
  ];
  for (const [text, expected] of rows)
    it(`${text} › ${expected || 'none'}`, () => assert.equal(gramsIn(text).join(' '), expected));

  it('a rare gram › tells more than a common one; unknown tells as much as seen once', () => {
    const telling = tellingBy(frequencies({ 停水: 499, 鹭洲: 2, 洲湾: 1 }));
    assert.ok(telling('鹭洲') > telling('停水'));
    assert.equal(telling('没有'), telling('洲湾'));
    assert.equal(telling('停水'), telling('停水'));
    assert.ok(Math.abs(telling('停水') - (Math.log(4000 / 500) + 0.1)) < 1e-12);
  });

  it('the scale › is the same for a young town and a large one', () => {
    const unseen = [20, 4000, 1_000_000].map((letters) => tellingBy({ letters, of: () => 0 })('鹭洲'));
    for (const tells of unseen) assert.ok(Math.abs(tells - (Math.log(2000) + 0.1)) < 0.01, String(tells));
    const everywhere = tellingBy({ letters: 20, of: () => 20 })('停水');
    assert.ok(Math.abs(everywhere - 0.1) < 1e-12);
  });

  it('pairs that share a slot › do not share what they tell', () => {
    const counts: Record<string, number> = {};
    const pairs: string[] = [];
    for (let i = 0; i < 300_000; i += 1) {
      const pair = String.fromCharCode(0x4e00 + (i % 600), 0x4e00 + Math.floor(i / 600));
      counts[pair] = 1 + (i % 90);
      pairs.push(pair);
    }
    const telling = tellingBy(frequencies(counts));
    for (const pair of [...pairs, ...pairs.slice(0, 1000)])
      assert.equal(telling(pair), 0.1 + Math.log(4000 / ((counts[pair] ?? 0) + 1)), pair);
  });

  it('the cosine › is 1 for the same, 0 for nothing in common, and does not ask which comes first', () => {
    const telling = tellingBy(frequencies({}));
    const [a, b, c] = ['青禾苑停水', '青禾苑停电', '路灯不亮'].map((text) =>
      weighGrams(gramsIn(text), telling),
    );
    assert.ok(a && b && c);
    assert.ok(Math.abs(cosine(a, a) - 1) < 1e-12);
    assert.equal(cosine(a, c), 0);
    assert.equal(cosine(a, b), cosine(b, a));
    assert.equal(cosine(a, weighGrams([], telling)), 0);
  });

  it('keys › bring endings, synonyms and swapped characters together', () => {
    assert.equal(stemOf('buses'), stemOf('bus'));
    assert.equal(stemOf('cyclists'), stemOf('cycling'));
    assert.equal(stemOf('停水'), '停水');
    assert.equal(unordered('洲鹭'), unordered('鹭洲'));
  });
});
