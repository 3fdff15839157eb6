import assert from 'node:assert/strict';
import { GramCounter, GramCounts, NOTHING_COUNTED } from '../../../src/domain/repeats/gram-counts.ts';
import { GramIndex } from '../../../src/domain/repeats/gram-index.ts';
import { gramOf, gramsOf } from '../../../src/domain/repeats/grams.ts';
import {
  letterGrams,
  packGrams,
  searchedGrams,
  unpackGrams,
  type LetterGrams,
} from '../../../src/domain/repeats/letter-grams.ts';

const letter = (title: string, body = '', place = '') => ({ title, body, place });

describe('grams of a text', () => {
  const TABLE: readonly [text: string, grams: readonly string[]][] = [
    ['', []],
    ['，。！', []],
    ['路', []],
    ['路灯', ['路灯']],
    ['路灯坏了', ['路灯', '灯坏', '坏了']],
    ['路，灯', []],
    ['地铁3号线', ['地铁', '3', '号线']],
    ['a3区bus 12路口', ['a3', 'bus', '12', '路口']],
    ['noise at night', ['noise', 'at', 'night']],
    ['𠮷野家', ['𠮷野', '野家']],
    ['███路灯███', ['路灯']],
  ];
  for (const [text, grams] of TABLE) {
    it(`${text || '(nothing)'} › ${grams.join(' ') || 'none'}`, () => {
      assert.deepEqual(gramsOf(text), grams.map(gramOf));
    });
  }

  it('two characters are one gram in either order, two letters are not', () => {
    assert.equal(gramOf('景园'), gramOf('园景'));
    assert.notEqual(gramOf('景园'), gramOf('景元'));
    assert.notEqual(gramOf('on'), gramOf('no'));
  });
});

describe('counted grams', () => {
  const counter = new GramCounter();
  counter.add(letter('路灯不亮', '滨河路路灯坏了，路灯路灯'));
  counter.add(letter('路灯', '滨河路'));
  counter.add(letter('公交改线', '', '滨河路'));
  const counts = counter.counts();

  it('a letter counts once, in title, place and body alike', () => {
    assert.equal(counts.of('路灯'), 2);
    assert.equal(counts.of('滨河'), 3);
    assert.equal(counts.of('河滨'), 3);
  });

  it('what stands in one letter counts as unknown', () => {
    assert.equal(counts.of('公交'), 0);
    assert.equal(counts.of('没人写过的'), 0);
  });

  it('everyday words are ordinary before a letter was counted', () => {
    assert.ok(NOTHING_COUNTED.of('我们') > 20);
    assert.ok(NOTHING_COUNTED.of('the') > 20);
    assert.equal(NOTHING_COUNTED.of('路灯'), 0);
    assert.ok(NOTHING_COUNTED.letters > NOTHING_COUNTED.of('我们'));
    assert.equal(counts.letters - NOTHING_COUNTED.letters, 3);
  });

  it('packed and unpacked they are the same', () => {
    const again = GramCounts.unpacked(counts.counted, counts.packed());
    assert.deepEqual(again.packed(), counts.packed());
    for (const gram of ['路灯', '滨河', '公交', '我们']) assert.equal(again.of(gram), counts.of(gram));
    assert.equal(again.letters, counts.letters);
  });
});

describe('the grams of a letter', () => {
  const of = (grams: LetterGrams): number[] => [...grams.grams];

  it('the title weighs more than the place, and the place more than the body', () => {
    const weighed = letterGrams(letter('路灯', '滨河', '新碶'), NOTHING_COUNTED);
    assert.deepEqual(of(weighed), [gramOf('路灯'), gramOf('新碶'), gramOf('滨河')]);
  });

  it('everyday words weigh least', () => {
    const weighed = letterGrams(letter('我们路灯'), NOTHING_COUNTED);
    assert.equal(of(weighed).at(-1), gramOf('我们'));
  });

  it('a long letter keeps its heaviest only; a searched one keeps more of them', () => {
    const long = letter('路灯', Array.from({ length: 300 }, (_, i) => `word${i}`).join(' '));
    const kept = letterGrams(long, NOTHING_COUNTED);
    const searched = searchedGrams(long, NOTHING_COUNTED);
    assert.equal(kept.grams.length, 32);
    assert.equal(kept.grams[0], gramOf('路灯'));
    assert.deepEqual(of(searched).slice(0, 32), of(kept));
    assert.ok(searched.grams.length > 32);
  });

  it('a letter of marks only has none', () => {
    assert.equal(letterGrams(letter('███', '？？'), NOTHING_COUNTED).grams.length, 0);
  });

  it('packed and unpacked they are the same, from any place in a buffer', () => {
    const weighed = letterGrams(letter('路灯不亮', '滨河路一带'), NOTHING_COUNTED);
    const packed = packGrams(weighed);
    const within = new Uint8Array(packed.length + 3);
    within.set(packed, 3);
    assert.deepEqual(unpackGrams(within.subarray(3)), weighed);
  });
});

describe('the index', () => {
  const index = (letters: Record<string, string>): GramIndex => {
    const made = new GramIndex();
    for (const [id, title] of Object.entries(letters)) made.put(id, grams(title));
    return made;
  };
  const grams = (title: string): LetterGrams => letterGrams(letter(title), NOTHING_COUNTED);
  const found = (of: GramIndex, title: string, limit = 10): string[] =>
    of.search({ grams: grams(title), limit }).map(({ id }) => id);

  const TOWN = {
    lamp: '滨河路路灯不亮',
    lamps: '滨河路路灯全部不亮已经三天',
    bus: '公交十二路改线',
    water: '滨河路夜间停水',
  };

  it('the most alike comes first; what shares nothing is not found', () => {
    assert.deepEqual(found(index(TOWN), '滨河路路灯不亮'), ['lamp', 'lamps', 'water']);
    assert.deepEqual(found(index(TOWN), '河滨路停水'), ['water', 'lamp', 'lamps']);
    assert.deepEqual(found(index(TOWN), 'dogs'), []);
    assert.deepEqual(found(index({}), '路灯'), []);
  });

  it('the same letter is as alike as can be, and everything is between 0 and 1', () => {
    const hits = index(TOWN).search({ grams: grams(TOWN.lamp), limit: 10 });
    assert.ok((hits[0]?.similarity ?? 0) > 0.98);
    for (const { similarity } of hits) assert.ok(similarity > 0 && similarity <= 1);
  });

  it('limit and wish are kept', () => {
    assert.deepEqual(found(index(TOWN), '滨河路路灯不亮', 1), ['lamp']);
    const hits = index(TOWN).search({
      grams: grams('滨河路路灯不亮'),
      limit: 1,
      isWanted: (id) => id !== 'lamp',
    });
    assert.deepEqual(
      hits.map(({ id }) => id),
      ['lamps'],
    );
  });

  it('a letter that is taken out is not found; one that is put again is found by its new words only', () => {
    const town = index(TOWN);
    town.remove('lamp');
    town.remove('never there');
    assert.deepEqual(found(town, '路灯'), ['lamps']);
    town.put('bus', grams('路灯'));
    assert.deepEqual(found(town, '路灯'), ['bus', 'lamps']);
    assert.deepEqual(found(town, '公交改线'), []);
    assert.equal(town.size, 3);
  });

  it('after ten thousand letters came and went it finds what a new index finds', () => {
    const word = (n: number): string => `word${n % 700} name${n % 4999} lamp`;
    const lived = new GramIndex();
    for (let n = 0; n < 10_000; n += 1) lived.put(`m${n}`, grams(`before ${word(n)}`));
    for (let n = 0; n < 10_000; n += 1)
      if (n % 3 === 0) lived.remove(`m${n}`);
      else lived.put(`m${n}`, grams(word(n)));
    const fresh = new GramIndex();
    for (let n = 0; n < 10_000; n += 1) if (n % 3 !== 0) fresh.put(`m${n}`, grams(word(n)));
    assert.equal(lived.size, fresh.size);
    const all = (of: GramIndex, title: string) =>
      of.search({ grams: grams(title), limit: 10_000 }).toSorted((a, b) => a.id.localeCompare(b.id));
    for (const title of ['word7', 'name4998', 'lamp', 'word1 name1 lamp', 'before'])
      assert.deepEqual(all(lived, title), all(fresh, title));
    assert.equal(all(lived, 'lamp').length, lived.size);
    assert.deepEqual(all(lived, 'before'), []);
  });
});
