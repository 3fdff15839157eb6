import assert from 'node:assert/strict';
import { answerFingerprint } from '../../../src/domain/replies/answer-fingerprint.ts';
import { BLOCKING, replyGuards } from '../../../src/domain/replies/reply-guards.ts';
import { aLetter, ANSWER_TEXT } from '../../support/builders.ts';

const LETTER = { ...aLetter(), number: '2026-004217-9' };

const ROWS: readonly [why: string, answer: string, fired: string][] = [
  ['to the point', ANSWER_TEXT, ''],
  ['in one line', '已修复。', 'tooShort'],
  ['nothing', '', 'tooShort'],
  ['spaces only', ' \n '.repeat(40), 'tooShort'],
  [
    'passed on in part, with what was done in the same sentence',
    '您好，您反映的明州路小区夜间停水问题已移交供水公司，供水公司于9月24日完成管道抢修，今后停水将提前通知。',
    '',
  ],
  [
    'passed on, in Chinese',
    '您好，您反映的明州路小区夜间停水问题，我们已转交供水公司处理。感谢您的来信。',
    'onlyPassedOn',
  ],
  [
    'passed on, with courtesies around it',
    '尊敬的市民您好！您反映的新碶街道明州路小区停水无人通知的情况已移交相关部门研究。特此回复。谢谢！',
    'onlyPassedOn',
  ],
  ['passed on to a named unit', '您反映的停水问题已转供水公司处理。', 'tooShort onlyPassedOn'],
  ['passed on, briefly', '已转相关部门，转交处理。', 'tooShort onlyPassedOn'],
  [
    'passed on, and what was done besides',
    '您反映的停水问题已转交供水公司。经查，明州路小区的水泵已于9月24日修复，今后停水将提前通知。',
    '',
  ],
  [
    'passed on, in English',
    'Dear citizen. Your letter about 明州路小区夜间停水 was forwarded to the water company. Thank you.',
    'onlyPassedOn',
  ],
  ['the number of another letter', `${ANSWER_TEXT}（信件2026-004218-7）`, 'strangeNumbers'],
  ['its own number', `${ANSWER_TEXT}（信件2026-004217-9）`, ''],
  ['a plate nobody mentioned', `${ANSWER_TEXT}车辆浙B12345已处罚。`, 'strangeNumbers'],
  ['dates, prices and telephones', `${ANSWER_TEXT}2026年9月24日，水费3500元，咨询电话0574-86781234。`, ''],
  [
    'about something else',
    'Parking fees in central garages were lowered last month, as published by our finance bureau.',
    'littleInCommon',
  ],
];

describe('reply guards › an answer', () => {
  for (const [why, answer, fired] of ROWS) {
    it(`${why} › ${fired || 'nothing fires'}`, () => {
      assert.equal(replyGuards(answer, LETTER).join(' '), fired);
    });
  }

  it('in words that another matter was answered with › is noticed', () => {
    assert.deepEqual(replyGuards(ANSWER_TEXT, LETTER, true), ['usedElsewhere']);
  });

  it('pasted with other spaces, signs, width and case › has the same fingerprint; one word more has not', () => {
    const fingerprint = answerFingerprint('Repaired today. 已于今日修补完毕，谢谢！');
    assert.equal(answerFingerprint('ＲＥＰＡＩＲＥＤ today 已于今日修补完毕, 谢谢'), fingerprint);
    assert.notEqual(answerFingerprint('Repaired today. 已于今日修补完毕，谢谢您！'), fingerprint);
    assert.match(fingerprint, /^[0-9a-f]{16}$/);
  });

  it('a plate that stands in the letter › is not strange', () => {
    const letter = { ...LETTER, body: `${LETTER.body}车牌浙B12345。` };
    assert.deepEqual(replyGuards(`${ANSWER_TEXT}车辆浙B12345已处罚。`, letter), []);
  });

  it('"passed on" › is the only guard that cannot be confirmed away', () => {
    assert.deepEqual([...BLOCKING], ['onlyPassedOn']);
  });
});
