import assert from 'node:assert/strict';
import { arePlacesApart, differingSlot, namesTwoPlaces } from '../../../src/domain/repeats/two-places.ts';

describe('differing slot › one sentence said of two things', () => {
  const rows: readonly [a: string, b: string, slot: readonly [string, string, string] | null][] = [
    ['梅溪路路灯不亮请修理', '竹溪路路灯不亮请修理', ['梅', '竹', '溪路路灯不亮请修理']],
    ['请修理东湖路的路灯', '请修理西山街的路灯', ['东湖路', '西山街', '的路灯']],
    ['请修理东湖路的路灯！', '请修理，东湖路的路灯', null],
    ['请修理东湖路的路灯', '东湖路的路灯', null],
    ['东湖路的路灯坏了', '公交车不准点', null],
  ];
  for (const [a, b, slot] of rows) {
    it(`${a} | ${b} › ${slot ? slot.slice(0, 2).join(' / ') : 'none'}`, () => {
      const found = differingSlot(a, b);
      assert.deepEqual(found && [found.a, found.b, found.after], slot);
    });
  }
});

describe('two places › named in the slots of two titles', () => {
  const rows: readonly [a: string, b: string, areTwo: boolean][] = [
    ['请修理东湖路的路灯', '请修理西山街的路灯', true],
    ['反映东湖小学食堂饭菜问题', '反映西山小学食堂饭菜问题', true],
    ['东湖派出所落户怎么办理', '东湖派出所户口怎么办理', false],
    // Swapped characters are a slip of the pen.
    ['请修理东湖路的路灯', '请修理湖东路的路灯', false],
    // One name inside the other is one place.
    ['请修理东湖路的路灯', '请修理东湖路中段的路灯', false],
    ['东湖路的路灯坏了一周', '东湖路的路灯坏了三天', false],
  ];
  for (const [a, b, areTwo] of rows) {
    it(`${a} | ${b} › ${areTwo ? 'two' : 'not told apart'}`, () => {
      const slot = differingSlot(a, b);
      assert.equal(slot !== null && namesTwoPlaces(slot), areTwo);
    });
  }
});

describe('places apart › as the writers gave them', () => {
  const rows: readonly [why: string, a: readonly [string, string], b: readonly [string, string], boolean][] =
    [
      ['two streets', ['东湖路', '路灯坏了'], ['西山街', '路灯坏了'], true],
      ['two police stations', ['东湖派出所', '落户'], ['西山派出所', '落户'], true],
      ['a part and the whole', ['东湖路', ''], ['东湖路中段公交站旁', ''], false],
      ['one tells of the other in its text', ['东湖路', '在西山街口'], ['西山街', ''], false],
      ['one gave none', ['东湖路', ''], ['', '西山街'], false],
      ['nothing but what any place is called', ['小区门口', ''], ['学校对面', ''], false],
    ];
  for (const [why, a, b, are] of rows) {
    it(`${why} › ${are ? 'apart' : 'not apart'}`, () => {
      const place = ([name, text]: readonly [string, string]) => ({ place: name, text });
      assert.equal(arePlacesApart(place(a), place(b)), are);
      assert.equal(arePlacesApart(place(b), place(a)), are);
    });
  }
});
