import assert from 'node:assert/strict';
import { toDraft } from '../../src/clocks/policy-draft.ts';
import { policyFields, type Typed } from '../../src/clocks/policy-fields.ts';
import { describePolicy, parsePolicy, typedPolicy } from '../../src/clocks/policy-forms.ts';
import type { ClockPolicy } from '../../src/domain/clocks/clock-policy.ts';
import { LETTER_BOX, PROFILES } from '../../src/domain/clocks/policy-profiles.ts';
import { DomainError } from '../../src/domain/domain-error.ts';
import { makeWords } from '../../src/platform/words.ts';

const TODAY = '2026-11-23';
const words = makeWords({ rootDir: process.cwd(), strict: true });

const draftOf = (typed: Typed) => toDraft('letter-box', parsePolicy(typed, TODAY), TODAY);
const withFields = (more: Typed): Typed => ({ ...policyFields(LETTER_BOX), ...more });

describe('the form of a policy', () => {
  const odd: ClockPolicy = {
    ...LETTER_BOX,
    lateFrom: '22:00',
    sort: { amount: 24, unit: 'hours', rollsOver: true },
    reply: { amount: 7, unit: 'calendarDays', rollsOver: false, countsFirstDay: true },
    review: { amount: 30, unit: 'calendarDays' },
    exceptions: [{ kinds: ['help', 'praise'], longestExtension: 0 }],
    ladder: LETTER_BOX.ladder.flatMap((rung) => {
      if (rung.step === 'halfTime') return [];
      return rung.step === 'redCard' ? [{ ...rung, at: { hours: 30 } }] : [rung];
    }),
  };
  for (const policy of [...PROFILES, odd])
    it(`${policy.id}, ${policy.lateFrom ?? 'never late'} › through its fields and back › is the same`, () => {
      const { version: _version, ...same } = policy;
      const draft = toDraft(policy.id, parsePolicy(policyFields(policy), TODAY), TODAY);
      assert.deepEqual(draft, { ...same, inForceFrom: TODAY });
    });

  it('a day from which it holds › is kept; without one it holds from today', () => {
    assert.equal(draftOf(withFields({ from: 'day', fromDay: '2027-01-01' })).inForceFrom, '2027-01-01');
    assert.equal(draftOf(withFields({ from: 'now', fromDay: '2027-01-01' })).inForceFrom, TODAY);
  });

  it('a step that is off › is left out, whatever stands in its other fields', () => {
    const { ladder } = draftOf(withFields({ 'step.redCard.on': '', 'step.redCard.count': 'x' }));
    assert.equal(ladder.length, LETTER_BOX.ladder.length - 1);
    assert.ok(ladder.every(({ step }) => step !== 'redCard'));
  });

  const WRONG: readonly [fields: Typed, field: string, zh: RegExp, en: RegExp][] = [
    [{ 'name.zh': ' ' }, 'name.zh', /^请填写中文名称/, /^Name in Chinese: please fill/],
    [{ 'name.en': 'x'.repeat(61) }, 'name.en', /英文名称.*60/, /Name in English: at most 60/],
    [{ from: 'soon' }, 'from', /选项中选择生效时间/, /In force from: please choose/],
    [{ from: 'day' }, 'fromDay', /请填写生效日期/, /First day: please enter/],
    [
      { from: 'day', fromDay: '2026-11-22' },
      'fromDay',
      /不能早于今天（2026-11-23）/,
      /not before today, 2026-11-23/,
    ],
    [{ from: 'day', fromDay: '2027-02-30' }, 'fromDay', /生效日期/, /First day/],
    [{ from: 'day', fromDay: '2036-01-01' }, 'fromDay', /最晚 20/, /at the latest/],
    [{ opensAt: '9' }, 'opensAt', /09:00/, /09:00/],
    [{ closesAt: '08:00' }, 'closesAt', /下班要晚于上班/, /later than the office opens/],
    [{ lateFrom: '08:00' }, 'lateFrom', /晚于上班/, /later than the office opens/],
    [
      { 'limit.reply.amount': '' },
      'limit.reply.amount',
      /^请填写答复：数量/,
      /^Answered, number: please fill/,
    ],
    [
      { 'limit.sort.amount': 'x' },
      'limit.sort.amount',
      /信箱办分类、批转：数量/,
      /Sorted and handed on, number: .*number/,
    ],
    [{ 'limit.sign.amount': '0' }, 'limit.sign.amount', /1/, /Signed for by the unit, number: 1 or more/],
    [{ 'limit.appeal.amount': '1.5' }, 'limit.appeal.amount', /整数/, /whole number/],
    [{ 'limit.review.amount': '999' }, 'limit.review.amount', /400/, /400 or less/],
    [{ 'limit.reply.unit': 'weeks' }, 'limit.reply.unit', /答复：单位/, /Answered, unit: please choose/],
    [{ extension: '' }, 'extension', /请填写延期最多合计/, /Longest extension in all: please fill/],
    [{ 'kind.help.amount': 'x' }, 'kind.help.amount', /求助：答复/, /Request for help, answered in/],
    [
      { 'kind.help.extension': '-1' },
      'kind.help.extension',
      /求助：延期最多/,
      /Request for help, longest extension: 0 or more/,
    ],
    [
      { 'kind.help.reminder': '2', 'step.reminder.on': '' },
      'kind.help.reminder',
      /没有开启/,
      /Request for help, reminder, working days before: reminders are off/,
    ],
    [
      { 'step.reminder.count': '' },
      'step.reminder.count',
      /请填写到期前提醒：数量/,
      /Reminder before the due day, number: please fill/,
    ],
    [{ 'step.redCard.when': 'never' }, 'step.redCard.when', /红牌：时间/, /Red card, when/],
    [
      { 'step.redCard.to': [] },
      'step.redCard.to',
      /红牌：发给：请至少选一个人/,
      /Red card, to: please tick somebody/,
    ],
    [{ 'step.redCard.to': ['mayor'] }, 'step.redCard.to', /红牌：发给/, /Red card, to/],
    [{ 'step.redCard.by': [] }, 'step.redCard.by', /请至少选一种方式/, /please tick a channel/],
    [
      { 'step.redCard.on': ['yes', 'yes'] },
      'step.redCard.on',
      /红牌：发：同一步骤只能有一次/,
      /a step stands in the ladder once/,
    ],
  ];
  for (const [fields, field, zh, en] of WRONG)
    it(`${JSON.stringify(fields).slice(0, 70)} › is named in both languages`, () => {
      let refusal: unknown = null;
      try {
        draftOf(typedPolicy(withFields(fields)));
      } catch (error) {
        refusal = error;
      }
      assert.ok(refusal instanceof DomainError);
      for (const [lang, sentence] of [
        ['zh-CN', zh],
        ['en', en],
      ] as const) {
        const said = describePolicy(refusal, words.in(lang));
        assert.deepEqual(
          said.map((each) => each.field),
          [field],
        );
        assert.match(said[0]?.message ?? '', sentence);
      }
    });

  it('what no field of the form is called › is left behind', () => {
    const typed = typedPolicy({ ...policyFields(LETTER_BOX), 'limit.reply.constructor': 'x', version: '9' });
    assert.deepEqual(Object.keys(typed).sort(), Object.keys(policyFields(LETTER_BOX)).sort());
  });
});
