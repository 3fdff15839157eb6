import assert from 'node:assert/strict';
import { withoutHistory } from '../../src/letters/quoted-history.ts';

const ANSWER = '坑又大了一圈。\n请快来修。';

/** Written after what each program puts below an answer. */
const HISTORIES: readonly [program: string, history: string][] = [
  [
    'QQ',
    '------------------ 原始邮件 ------------------\n发件人: "区长信箱" <box@town.example>;\n发送时间: 2026年9月24日(星期四) 上午10:00\n收件人: "王"<w@qq.example>;\n主题: 您的来信\n\n您的来信已收到。',
  ],
  ['Outlook, Chinese', '-----原始邮件-----\n发件人: 区长信箱\n发送时间: 2026年9月24日\n\n您的来信已收到。'],
  [
    'Outlook, English',
    '-----Original Message-----\nFrom: Mailbox <box@town.example>\nSent: Thursday\n\nWe have your letter.',
  ],
  [
    'Outlook, a rule and a head',
    '________________________________\nFrom: Mailbox <box@town.example>\nSent: Thursday, September 24, 2026\nTo: W\nSubject: Your letter\n\nWe have your letter.',
  ],
  [
    'Foxmail',
    '发件人： 区长信箱\n发送时间： 2026-09-24 10:00\n收件人： 王\n主题： 您的来信\n\n您的来信已收到。',
  ],
  [
    'Netease',
    '---- 回复的原邮件 ----\n| 发件人 | 区长信箱<box@town.example> |\n| 日期 | 2026年09月24日 10:00 |\n您的来信已收到。',
  ],
  ['Netease, web', '在 2026-09-24 10:00:00，"区长信箱" <box@town.example> 写道：\n\n您的来信已收到。'],
  [
    'Apple, Chinese',
    '> 在 2026年9月24日，上午10:00，区长信箱 <box@town.example> 写道：\n> \n> 您的来信已收到。',
  ],
  ['Gmail, Chinese', '区长信箱 <box@town.example> 于2026年9月24日周四 10:00写道：\n\n> 您的来信已收到。\n>'],
  [
    'Gmail, English, broken in two',
    'On Thu, Sep 24, 2026 at 10:00 AM Mailbox of the Trial District\n<box@town.example> wrote:\n\n> We have your letter.\n> ',
  ],
  ['Thunderbird', '于 2026/9/24 10:00, 区长信箱 写道:\n> 您的来信已收到。'],
  ['Taiwanese', '區長信箱 <box@town.example> 於 2026年9月24日 週四 寫道：\n\n> 您的來信已收到。'],
  ['quoted only', '> 您的来信已收到。\n> 编号 2026-000001-8'],
  ['nothing', ''],
];

describe('an answer without the mail it answers', () => {
  for (const [program, history] of HISTORIES) {
    it(`${program} › only the answer is left`, () => {
      for (const text of [`${ANSWER}\n\n${history}`, `${ANSWER}\n${history}`.replaceAll('\n', '\r\n')])
        assert.equal(withoutHistory(text), ANSWER);
    });
  }

  it('written beneath › is kept, what it quotes is not', () => {
    const quoted = '在 2026-09-24 10:00，区长信箱 <box@town.example> 写道：\n> 在哪一段？\n';
    assert.equal(withoutHistory(`${quoted}\n学校门口。`), '学校门口。');
    assert.equal(withoutHistory(`${quoted}学校门口。\n> 有照片吗？\n没有。`), '学校门口。\n没有。');
  });

  it('written beneath a divider, with nothing above › is kept whole', () => {
    const text = '-----原始邮件-----\n您的来信已收到。\n\n学校门口。';
    assert.equal(withoutHistory(text), text);
  });

  it('the writer’s own signature › is theirs', () => {
    assert.equal(
      withoutHistory(`${ANSWER}\n\n发自我的iPhone\n--\n王`),
      `${ANSWER}\n\n发自我的iPhone\n--\n王`,
    );
  });

  for (const text of [
    '物业经理写道：不归我们管。',
    '他给我写道：\n不归我们管。',
    '从学校走到路口\nFrom: 学校门口\n一直是坏的。',
    '发件人：物业。信里说不修。',
    '1 - 2 - 3 段都坏了\n-----\n4 段没坏。',
  ])
    it(`“${text.replaceAll('\n', '⏎')}” › is no history`, () => assert.equal(withoutHistory(text), text));

  it('a long text › takes no time', () => {
    const hard = `${'在 1 '.repeat(50_000)}\n${'> '.repeat(50_000)}\n${'发件人:\n'.repeat(20_000)}`;
    const started = performance.now();
    withoutHistory(hard);
    assert.ok(performance.now() - started < 1000);
  });
});
