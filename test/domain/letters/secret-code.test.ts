import assert from 'node:assert/strict';
import { parseSecretCode, spellSecretCode } from '../../../src/domain/letters/secret-code.ts';

const bytesFrom = (seed: number): Uint8Array =>
  Uint8Array.from({ length: 20 }, (_, i) => (seed * 97 + i * 31 + ((seed * i) >> 3)) & 255);

describe('secret code › spelled', () => {
  it('ten letters in two groups › without 0, O, 1, I and L', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      assert.match(spellSecretCode(bytesFrom(seed)), /^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/);
    }
  });

  it('zeroes › are the first letter, and each letter hangs on its own two bytes', () => {
    const bytes = new Uint8Array(20);
    assert.equal(spellSecretCode(bytes), '22222-22222');
    bytes[19] = 30;
    assert.equal(spellSecretCode(bytes), '22222-2222Z');
    bytes[0] = 1;
    // 256 = 8 × 31 + 8: the ninth letter.
    assert.equal(spellSecretCode(bytes), 'A2222-2222Z');
  });

  it('all values of one letter › are spread evenly over 31 letters', () => {
    const counts = new Map<string, number>();
    for (let value = 0; value < 65_536; value += 1) {
      const bytes = new Uint8Array(20);
      bytes.set([value >> 8, value & 255]);
      const [letter = ''] = spellSecretCode(bytes);
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const seen = [...counts.values()];
    assert.equal(seen.length, 31);
    assert.ok(Math.max(...seen) - Math.min(...seen) <= 1);
  });
});

describe('secret code › typed', () => {
  for (const typed of [
    '7KQ2M-XH4VT',
    '7kq2m-xh4vt',
    ' 7KQ2M XH4VT ',
    '7KQ2MXH4VT',
    '７ＫＱ２Ｍ－ＸＨ４ＶＴ',
    '7KQ2M—XH4VT',
  ]) {
    it(`'${typed}' › is forgiven`, () => assert.equal(parseSecretCode(typed), '7KQ2M-XH4VT'));
  }

  for (const typed of [
    '',
    '7KQ2M',
    '7KQ2M-XH4V',
    '7KQ2M-XH4VTT',
    '0KQ2M-XH4VT',
    '7KQ2M-XH4VI',
    '7KQ2M-XH4V!',
    '密码',
  ]) {
    it(`'${typed}' › is no code`, () => assert.equal(parseSecretCode(typed), null));
  }

  it('every code as spelled › is read back', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const code = spellSecretCode(bytesFrom(seed));
      assert.equal(parseSecretCode(code), code);
    }
  });
});
