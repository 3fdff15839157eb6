import assert from 'node:assert/strict';
import {
  redact,
  REDACTION_MARK,
  suggestRedactions,
  type RedactionKind,
  type RedactionSpan,
} from '../../../src/domain/publication/redaction.ts';

/** What stands in a letter, the kind that is found (`-`: nothing may be), and what everyone reads. */
const ROWS: readonly [text: string, kinds: string, copy: string][] = [
  // Telephones
  ['请打13812345678联系我', 'phone', '请打███联系我'],
  ['手机138 1234 5678。', 'phone', '手机███。'],
  ['手机138-1234-5678。', 'phone', '手机███。'],
  ['手机138.1234.5678，138  1234  5678，138—1234—5678', 'phone phone phone', '手机███，███，███'],
  ['+8613812345678', 'phone', '███'],
  ['+86 138 1234 5678', 'phone', '███'],
  ['+86-13812345678', 'phone', '███'],
  ['8613812345678', 'phone', '███'],
  ['(+86)13812345678', 'phone', '(+86)███'],
  ['电话：１３８１２３４５６７８', 'phone', '电话：███'],
  ['电话：１３８　１２３４　５６７８', 'phone', '电话：███'],
  ['13812345678/15912345678', 'phone phone', '███/███'],
  ['Tel13812345678', 'phone', 'Tel███'],
  ['微信号wx13812345678', 'account', '微信号███'],
  ['19912345678是我', 'phone', '███是我'],
  ['单位电话0574-87654321', 'phone', '单位电话███'],
  ['010 1234 5678', 'phone', '███'],
  ['057487654321', 'phone', '███'],
  ['(0574)87654321', 'phone', '(███'],
  ['（0574）8765 4321', 'phone', '（███'],
  ['0574-87654321转801', 'phone', '███转801'],
  ['call +1 212-555-0100 please', 'phone', 'call ███ please'],
  ['+44 20 7946 0958', 'phone', '███'],
  // Identity numbers
  ['身份证11010519491231002X', 'idNumber', '身份证███'],
  ['身份证11010519491231002x。', 'idNumber', '身份证███。'],
  ['１１０１０５１９４９１２３１００２Ｘ', 'idNumber', '███'],
  ['440524188001010014', 'idNumber', '███'],
  ['440524188001010015', 'bankCard', '███'],
  ['44052418800101001X', 'idNumber', '███'],
  ['110105 19491231 002X', 'idNumber', '███'],
  ['110105 1949 1231 002 X', 'idNumber', '███'],
  ['440524-18800101-0014', 'idNumber', '███'],
  ['老身份证110105491231002', 'idNumber', '老身份证███'],
  // Bank cards
  ['卡号6222021234567890', 'bankCard', '卡号███'],
  ['6222 0212 3456 7890', 'bankCard', '███'],
  ['6222-0212-3456-7890', 'bankCard', '███'],
  ['6222 0212 3456 7890 123', 'bankCard', '███'],
  ['6222021234567890123', 'bankCard', '███'],
  // Plates
  ['浙B12345乱停', 'plate', '███乱停'],
  ['浙B·12345', 'plate', '███'],
  ['浙B•A2345', 'plate', '███'],
  ['浙B 12345', 'plate', '███'],
  ['浙 B 12345', 'plate', '███'],
  ['浙B-12345', 'plate', '███'],
  ['浙b12345', 'plate', '███'],
  ['新能源车浙BD12345', 'plate', '新能源车███'],
  ['浙BF1234D', 'plate', '███'],
  ['浙Ｂ１２３４５', 'plate', '███'],
  ['皖A·88888和沪C66666', 'plate plate', '███和███'],
  // Mails
  ['邮箱wang@example.com。', 'mail', '邮箱███。'],
  ['wang.xm+box@mail.example.com.cn', 'mail', '███'],
  ['wang＠example．com', 'mail', '███'],
  ['wx13812345678@example.com', 'mail', '███'],
  // Accounts
  ['加微信chen_ji88', 'account', '加微信███'],
  ['微信号：ChenJi-88。', 'account', '微信号：███。'],
  ['WeChat: chenji88', 'account', 'WeChat: ███'],
  ['QQ号是 12345678', 'account', 'QQ号是 ███'],
  ['关注微信公众号和WeChat official account', '-', '关注微信公众号和WeChat official account'],
  ['用微信APP缴费', '-', '用微信APP缴费'],
  // Several in one sentence
  ['我叫李四，13812345678，车浙B12345', 'phone plate', '我叫李四，███，车███'],
  // Numbers that belong to everyone
  ['拨打12345热线', '-', '拨打12345热线'],
  ['火警119、电力95598', '-', '火警119、电力95598'],
  ['客服400-820-8820', '-', '客服400-820-8820'],
  ['信件2026-004217-3', '-', '信件2026-004217-3'],
  ['信件2026-1004217-3', '-', '信件2026-1004217-3'],
  ['2026年9月24日', '-', '2026年9月24日'],
  ['2026-09-24 10:30', '-', '2026-09-24 10:30'],
  ['20260924', '-', '20260924'],
  ['时间戳20260924103000', '-', '时间戳20260924103000'],
  ['每天09:00-17:30', '-', '每天09:00-17:30'],
  ['罚款3500元', '-', '罚款3500元'],
  ['共1,234,567.89元', '-', '共1,234,567.89元'],
  ['预算13800000元', '-', '预算13800000元'],
  ['共1380户、3920人', '-', '共1380户、3920人'],
  ['国务院令第516号', '-', '国务院令第516号'],
  ['甬政发〔2020〕32号第13条', '-', '甬政发〔2020〕32号第13条'],
  ['明州路88号3幢402室', '-', '明州路88号3幢402室'],
  ['788路公交和G1523高速', '-', '788路公交和G1523高速'],
  ['标准GB12345-2008', '-', '标准GB12345-2008'],
  ['坐标121.843210,29.927890', '-', '坐标121.843210,29.927890'],
  ['合同编号12345678901234567890', '-', '合同编号12345678901234567890'],
  ['住在浙B路', '-', '住在浙B路'],
  ['宁波A12座', '-', '宁波A12座'],
  ['@所有人', '-', '@所有人'],
  ['', '-', ''],
];

describe('redaction › what is proposed', () => {
  it('the table › is not shortened by accident', () => assert.ok(ROWS.length >= 40));

  for (const [text, kinds, copy] of ROWS) {
    it(`${text || '(nothing)'} › ${kinds} › ${copy}`, () => {
      const spans = suggestRedactions(text);
      assert.equal(spans.map(({ kind }) => kind).join(' ') || '-', kinds);
      assert.equal(redact(text, spans), copy);
    });
  }
});

describe('redaction › the writer’s own words', () => {
  const rows: readonly [text: string, words: string, kind: RedactionKind, copy: string][] = [
    ['我是王晓明，王晓明住这里', '王晓明', 'name', '我是███，███住这里'],
    ['我是张三，张 三', '张 三', 'name', '我是███，███'],
    ['我是张　三。', '张三', 'name', '我是███。'],
    ['𠮷祥', '𠮷', 'name', '𠮷祥'],
    ['住明州路 88 号', '明州路88号', 'address', '住███'],
    ['𠮷祥说', '𠮷祥', 'name', '███说'],
    [String.raw`我是^$\.*+?()[]{}|/-&#"'，完`, String.raw`^$\.*+?()[]{}|/-&#"'`, 'name', '我是███，完'],
    ['我是 Li Wei.', 'Li Wei', 'name', '我是 ███.'],
    ['my name is LI WEI', 'Li Wei', 'name', 'my name is ███'],
    ['我叫Ｌｉ Ｗｅｉ', 'Li Wei', 'name', '我叫███'],
    ['家住明州路88号3幢402室。', ' 明州路88号3幢402室 ', 'address', '家住███。'],
    ['打 87654321 找我', '87654321', 'phone', '打 ███ 找我'],
    ['王某反映', '王', 'name', '王某反映'],
    ['没有名字', '', 'name', '没有名字'],
    ['mail wang.fei@example.com', 'wang', 'name', 'mail ███'],
    ['0574-87654321', '87654321', 'phone', '███'],
    ['+8613812345678', '13812345678', 'phone', '███'],
    ['王晓明13812345678', '王晓明', 'name', '██████'],
  ];
  for (const [text, words, kind, copy] of rows) {
    it(`'${words}' known › ${text} › ${copy}`, () => {
      assert.equal(redact(text, suggestRedactions(text, [{ words, kind }])), copy);
    });
  }

  it('spans › are in order and do not overlap, whatever is known', () => {
    const text = '王晓明 13812345678 wang@example.com 浙B12345 明州路88号 王晓明';
    const known = [
      { words: '1381', kind: 'phone' as const },
      { words: '晓明 138', kind: 'name' as const },
      { words: 'example', kind: 'name' as const },
      { words: '王晓明', kind: 'name' as const },
      { words: '明州路88号', kind: 'address' as const },
    ];
    const spans = suggestRedactions(text, known);
    let end = 0;
    for (const span of spans) {
      assert.ok(span.start >= end && span.end > span.start && span.end <= text.length);
      end = span.end;
    }
    const copy = redact(text, spans);
    for (const secret of ['晓明', '1381', '345678', 'wang', 'example', '12345', '88']) {
      assert.ok(!copy.includes(secret), `${secret} shows in ${copy}`);
    }
  });
});

const span = (start: number, end: number): RedactionSpan => ({ start, end, kind: 'name' });

describe('redaction › the copy everyone may read', () => {
  const text = '零一二三四五六七八九';

  it('a removed run › is a mark that tells nothing of its length', () => {
    assert.equal(redact(text, [span(0, 1)]), `${REDACTION_MARK}一二三四五六七八九`);
    assert.equal(redact(text, [span(0, 9)]), `${REDACTION_MARK}九`);
  });

  it('no spans › the text itself', () => assert.equal(redact(text, []), text));

  it('runs at both ends, and side by side › each a mark', () => {
    assert.equal(redact(text, [span(0, 2), span(2, 4), span(8, 10)]), '██████四五六七███');
  });

  for (const [why, spans] of [
    ['out of order', [span(6, 8), span(2, 4)]],
    ['one within another', [span(2, 8), span(4, 5)]],
    ['overlapping', [span(2, 6), span(4, 8)]],
  ] as const) {
    it(`spans ${why} › never show what one of them covers`, () => {
      const copy = redact(text, spans);
      for (const { start, end } of spans) {
        for (const character of text.slice(start, end)) assert.ok(!copy.includes(character), copy);
      }
      assert.ok(copy.startsWith('零一') && copy.endsWith('八九'), copy);
    });
  }
});
