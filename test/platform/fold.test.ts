import assert from 'node:assert/strict';
import { fold } from '../../src/platform/fold.ts';

describe('folding', () => {
  const TABLE: readonly [written: string, folded: string][] = [
    ['', ''],
    ['路灯', '路灯'],
    ['路燈壞了，請儘快維修', '路灯坏了,请尽快维修'],
    ['頭髮、發展、乾淨、乾坤', '头发、发展、干净、乾坤'],
    ['ＡＢＣ１２３㎡', 'abc123m2'],
    ['Bus 12 IS Late', 'bus 12 is late'],
    ['ﾊﾞｽ', 'バス'],
    ['𠮷野家', '𠮷野家'],
  ];
  for (const [written, folded] of TABLE) {
    it(`${written || '(nothing)'} › ${folded || '(nothing)'}`, () => assert.equal(fold(written), folded));
  }
});
