import assert from 'node:assert/strict';
import { answerFingerprint, squeeze } from '../../../src/domain/replies/answer-fingerprint.ts';
import { ANSWER_TEXT } from '../../support/builders.ts';

describe('answer fingerprint › two pastings of an answer', () => {
  for (const [why, other] of [
    ['the same', ANSWER_TEXT],
    ['other signs and spaces', ` ${ANSWER_TEXT.replaceAll('，', ', ')}\n`],
    ['full-width digits', ANSWER_TEXT.replace('9', '９')],
  ] as const) {
    it(`${why} › are one`, () => assert.equal(answerFingerprint(other), answerFingerprint(ANSWER_TEXT)));
  }

  it('one word more, or another day › are two', () => {
    for (const other of [`${ANSWER_TEXT}谢谢`, ANSWER_TEXT.replace('24日', '25日'), '']) {
      assert.notEqual(answerFingerprint(other), answerFingerprint(ANSWER_TEXT));
    }
  });

  it('ten thousand short answers › are told apart, each in sixteen hexadecimal digits', () => {
    const prints = Array.from({ length: 10_000 }, (_, i) => answerFingerprint(`已于第${i}日修复`));
    assert.equal(new Set(prints).size, prints.length);
    for (const print of prints) assert.match(print, /^[0-9a-f]{16}$/);
  });

  it('squeezed › keeps letters and digits only', () => {
    assert.equal(squeeze('您好， Ｗifi（5G）已修复！'), '您好wifi5g已修复');
  });
});
