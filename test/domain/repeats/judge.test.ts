import assert from 'node:assert/strict';
import { comparedLetter, type ComparedLetter } from '../../../src/domain/repeats/compared-letter.ts';
import { NOTHING_COUNTED } from '../../../src/domain/repeats/gram-counts.ts';
import { makeJudge } from '../../../src/domain/repeats/judge.ts';
import type { Judgement, ReasonKind } from '../../../src/domain/repeats/judgement.ts';
import { fold } from '../../../src/platform/fold.ts';
import { readWeights } from '../../../src/repeats/weights-file.command.ts';

const letter = (title: string, body = '', number?: string): ComparedLetter => ({
  ...comparedLetter({ title, body, place: '' }, fold),
  ...(number === undefined ? {} : { number }),
});

const rows: readonly [
  why: string,
  a: ComparedLetter,
  b: ComparedLetter,
  expected: `${Judgement['verdict']}${string}`,
  reason?: ReasonKind,
][] = [
  [
    'the same in other words',
    letter('青禾苑小区三天没有自来水了', '青禾苑从周一开始停水，三天了还没有恢复，打热线无人管。'),
    letter('请问青禾苑停水什么时候恢复？', '我们青禾苑的自来水停了三天，没有任何通知，请尽快恢复供水。'),
    'same',
    'sameName',
  ],
  [
    'one estate, two problems',
    letter('青禾苑小区三天没有自来水了', '青禾苑从周一开始停水，三天了还没有恢复，打热线无人管。'),
    letter('青禾苑门口的路灯坏了半年', '青禾苑门口一排路灯都不亮，晚上回家很危险。'),
    'other',
    'otherProblem',
  ],
  [
    'one problem, two estates',
    letter('青禾苑小区三天没有自来水了', '青禾苑从周一开始停水，三天了还没有恢复，打热线无人管。'),
    letter('鹭洲湾小区三天没有自来水了', '鹭洲湾从周一开始停水，三天了还没有恢复，打热线无人管。'),
    'other otherPlace',
    'otherPlace',
  ],
  [
    'the same text with another number',
    letter('建议增加88路公交车班次', '88路公交车要等四十分钟，建议增加班次。'),
    letter('建议增加89路公交车班次', '89路公交车要等四十分钟，建议增加班次。'),
    'other otherNumber',
    'otherNumber',
  ],
  [
    'the same text in another district',
    letter('临溪区的路灯坏了很久没人修'),
    letter('北浦区的路灯坏了很久没人修'),
    'other otherPlace',
    'otherPlace',
  ],
  [
    'the opposite demand',
    letter('反对在青禾苑旁边建变电站'),
    letter('支持在青禾苑旁边建变电站'),
    'other oppositeDemand',
    'oppositeDemand',
  ],
  [
    'characters swapped in the name',
    letter('青禾苑小区三天没有自来水了', '从周一开始停水，三天了还没有恢复。'),
    letter('禾青苑小区三天没有自来水', '从周一开始停水，三天了还没有恢复。'),
    'same',
    'sameWording',
  ],
  [
    'traditional characters',
    letter('鷺洲灣小區電梯壞了沒有人修', '鷺洲灣小區三棟的電梯壞了一個月沒有人修，老人出行困難。'),
    letter('鹭洲湾小区电梯坏了没人修', '鹭洲湾小区三栋的电梯坏了一个月没有人修，老人出行困难。'),
    'same',
    'sameProblem',
  ],
  [
    'the other’s number given',
    letter('再问那件事办得怎么样了', '我上次的信是2026-004217-9，到现在没有答复。'),
    letter('青禾苑门口的路灯坏了半年', '青禾苑门口一排路灯都不亮。', '2026-004217-9'),
    'perhaps',
    'citesNumber',
  ],
  [
    'the same request in English',
    letter('Keep the night bus to the harbour'),
    letter('Please keep the night bus to the harbour'),
    'same',
  ],
  [
    'the opposite request in English',
    letter('Keep the night bus to the harbour'),
    letter('Scrap the night bus to the harbour'),
    'other oppositeDemand',
    'oppositeDemand',
  ],
];

describe('judge › with the shipped weights', () => {
  let judge: ReturnType<typeof makeJudge>;
  before(async () => {
    judge = makeJudge({ weights: await readWeights(process.cwd()), frequencies: NOTHING_COUNTED });
  });

  for (const [why, a, b, expected, reason] of rows) {
    it(`${why} › ${expected}${reason ? ` for ${reason}` : ''}`, () => {
      const judgement = judge(a)(b);
      const said = [judgement.verdict, judgement.veto].filter((one) => one !== null).join(' ');
      assert.equal(said, expected, JSON.stringify(judgement));
      if (reason)
        assert.ok(
          judgement.reasons.some(({ kind }) => kind === reason),
          JSON.stringify(judgement),
        );
      assert.ok(judgement.score >= 0 && judgement.score <= 1);
      assert.ok(judgement.reasons.length <= 6);
    });

    it(`${why} › the same whichever comes first`, () => {
      const [one, other] = [judge(a)(b), judge(b)(a)];
      assert.deepEqual([one.score, one.verdict, one.veto], [other.score, other.verdict, other.veto]);
    });
  }

  it('a follow-up › is named as one', () => {
    const { reasons } = judge(letter('再次反映青禾苑停水'))(letter('青禾苑停水'));
    assert.ok(reasons.some(({ kind }) => kind === 'backReference'));
  });

  it('words of a reason › are at most five, and stand in the letters', () => {
    const { reasons } = judge(letter('青禾苑鹭洲湾停水'))(letter('鹭洲湾停水'));
    for (const { words } of reasons) assert.ok(words.length <= 5);
    assert.ok(reasons.some(({ kind, words }) => kind === 'sameProblem' && words.includes('供水')));
  });

  it('a letter without a word › is like nothing', () => {
    assert.equal(judge(letter('？？？'))(letter('青禾苑停水')).verdict, 'other');
    assert.equal(judge(letter(''))(letter('')).verdict, 'other');
  });
});
