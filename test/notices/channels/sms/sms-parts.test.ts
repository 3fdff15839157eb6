import assert from 'node:assert/strict';
import { MessageRefused } from '../../../../src/notices/channels/channel.ts';
import { isGsmText, smsParts } from '../../../../src/notices/channels/sms/sms-parts.ts';

const sizes = (text: string): number[] => smsParts(text, 7).map(({ bytes }) => bytes.length);

describe('an SMS in parts', () => {
  const rows: [circumstance: string, text: string, coding: number, sizes: number[]][] = [
    ['160 letters', 'a'.repeat(160), 0, [160]],
    ['161 letters', 'a'.repeat(161), 0, [159, 14]],
    ['80 euro signs, each two septets', '€'.repeat(80), 0, [160]],
    ['81 euro signs', '€'.repeat(81), 0, [158, 16]],
    ['70 characters', '信'.repeat(70), 8, [140]],
    ['71 characters', '信'.repeat(71), 8, [140, 14]],
    ['a letter of its own in 160', `${'a'.repeat(159)}ç`, 8, [140, 140, 58]],
    ['35 emoji, each two units', '😀'.repeat(35), 8, [140]],
    ['36 emoji › none is cut in two', '😀'.repeat(36), 8, [138, 18]],
    ['nothing', '', 0, [0]],
  ];
  for (const [circumstance, text, coding, wanted] of rows) {
    it(`${circumstance} › ${wanted.join(' + ')} bytes`, () => {
      assert.deepEqual(sizes(text), wanted);
      assert.ok(smsParts(text, 7).every((part) => part.coding === coding));
    });
  }

  it('each part › begins with reference, count and its number; together they are the text', () => {
    const text = `${'李小满您好，😀您的来信已有答复。'.repeat(12)}完`;
    const parts = smsParts(text, 200);
    parts.forEach(({ bytes, hasHeader }, index) => {
      assert.ok(hasHeader);
      assert.deepEqual([...bytes.subarray(0, 6)], [5, 0, 3, 200, parts.length, index + 1]);
    });
    const body = Buffer.concat(parts.map(({ bytes }) => bytes.subarray(6)));
    assert.equal(body.swap16().toString('utf16le'), text);
  });

  it('more than 255 parts › is refused', () => {
    assert.throws(() => smsParts('信'.repeat(67 * 256), 1), MessageRefused);
  });

  for (const [text, isGsm] of [
    ['Ok @ £ € {x} ~', true],
    ['tab\there', false],
    ['`', false],
    ['信', false],
    ['\u001b', false],
    ['é à ü ß Ñ', true],
    ['ê', false],
  ] as const) {
    it(`${JSON.stringify(text)} › ${isGsm ? 'common alphabet' : 'UCS-2'}`, () =>
      assert.equal(isGsmText(text), isGsm));
  }
});
