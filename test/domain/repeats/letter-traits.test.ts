import assert from 'node:assert/strict';
import { citedNumbers, isFollowUp } from '../../../src/domain/repeats/back-references.ts';
import { areDemandsOpposite, demandOf } from '../../../src/domain/repeats/demand.ts';
import { areDistrictsApart, districtsIn } from '../../../src/domain/repeats/districts.ts';
import { issueNames, issuesIn } from '../../../src/domain/repeats/issues.ts';
import { namesIn, subjectIn } from '../../../src/domain/repeats/names.ts';
import { numbersApart, numbersIn, numbersShared } from '../../../src/domain/repeats/numbers.ts';

type Row = readonly [text: string, expected: string];

describe('letter traits › names', () => {
  const rows: readonly Row[] = [
    ['请问青禾苑小区什么时候通天然气', '青禾苑'],
    ['投诉鹭洲湾物业乱收费', '鹭洲湾'],
    ['关于望潮路与枫桥街交叉口的红绿灯问题', '望潮路 枫桥街'],
    ['沁河省临溪县青禾苑三期噪音扰民', '临溪县青禾苑三期'],
    ['建议增加88路公交车班次', '88路'],
    ['希望2019年10月份能解决', ''],
    ['咨询公积金贷款政策', ''],
    ['停水三天了，两个多月没人管', ''],
    ['Street lamps are broken', ''],
  ];
  for (const [text, expected] of rows)
    it(`${text} › ${expected || 'none'}`, () => assert.equal(namesIn(text).join(' '), expected));

  it('the subject of a title › is what is left without plain words', () => {
    assert.deepEqual(subjectIn('请加快鹭洲湾的建设'), ['鹭洲', '洲湾']);
    assert.deepEqual(subjectIn('please stop the night buses'), ['night', 'buses']);
  });
});

describe('letter traits › numbers', () => {
  const rows: readonly Row[] = [
    ['地铁3号线南延', 'line 3'],
    ['地铁三号线南延', 'line 3'],
    ['88路公交车不停站', 'bus 88'],
    ['公交88晚点', 'bus 88'],
    ['东四路修路', ''],
    ['鹭洲湾二期交房', 'phase 2'],
    ['鹭洲湾12栋电梯', 'building 12'],
    ['十二栋电梯', 'building 12'],
    ['2018级三班', 'year 2018, class 3'],
    ['18年的补贴', 'year 2018'],
    ['五组何时拆迁', 'group 5'],
    ['Lower the age from 25 to 18', 'figure 18'],
    ['a law of 1991', 'year 1991'],
  ];
  for (const [text, expected] of rows)
    it(`${text} › ${expected || 'none'}`, () => {
      const found = [...numbersIn(text.toLowerCase())].map(
        ([kind, values]) => `${kind} ${[...values].join(' ')}`,
      );
      assert.deepEqual(
        found.sort(),
        expected
          .split(', ')
          .filter((one) => one !== '')
          .sort(),
      );
    });

  it('one kind numbered otherwise throughout › is apart; one in common › is not', () => {
    const phases = numbersIn('二期和三期');
    assert.deepEqual(numbersApart(phases, numbersIn('一期')), ['phase']);
    assert.deepEqual(numbersApart(phases, numbersIn('三期')), []);
    assert.deepEqual(numbersShared(phases, numbersIn('三期')), ['3']);
    assert.deepEqual(numbersApart(phases, numbersIn('5栋')), []);
  });
});

describe('letter traits › districts', () => {
  const rows: readonly Row[] = [
    ['临溪区青禾苑', '临溪区'],
    ['临溪县与北浦区', '临溪县 北浦区'],
    ['b2区的小区', 'b2区'],
    ['我们小区和社区', ''],
    ['整个城区停水', ''],
  ];
  for (const [text, expected] of rows)
    it(`${text} › ${expected || 'none'}`, () => assert.equal([...districtsIn(text)].join(' '), expected));

  it('two texts › are apart when both name districts and none in common', () => {
    const here = districtsIn('临溪区');
    assert.ok(areDistrictsApart(here, districtsIn('北浦区')));
    assert.ok(!areDistrictsApart(here, districtsIn('临溪区和北浦区')));
    assert.ok(!areDistrictsApart(here, districtsIn('青禾苑')));
  });
});

describe('letter traits › the problem', () => {
  const rows: readonly Row[] = [
    ['工地夜间打桩太吵', '噪音 施工'],
    ['路灯不亮', '路灯'],
    ['大家好', ''],
  ];
  for (const [text, expected] of rows)
    it(`${text} › ${expected || 'none'}`, () =>
      assert.deepEqual(issueNames(issuesIn([[text, 1]])).sort(), expected.split(' ').filter(Boolean).sort()));
});

describe('letter traits › the demand', () => {
  const rows: readonly (readonly [text: string, expected: string | null])[] = [
    ['反对在青禾苑建变电站', 'end'],
    ['支持建设青禾苑变电站', 'begin'],
    ['反对取消88路公交', 'keep'],
    ['请恢复88路公交', 'begin'],
    ['路灯不亮', null],
    ['stop the night buses', 'end'],
    ['stop the scrapping of night buses', 'keep'],
    ['a vote of no confidence in the board', null],
    ['a referendum on night buses', 'askThePeople'],
    ['repealing the night bus act after the referendum', 'end'],
    ['make a law that would ban night buses', 'end'],
    ['increase the fines', 'raise'],
    ['reduce the fines', 'lower'],
  ];
  for (const [text, expected] of rows)
    it(`${text} › ${expected}`, () => assert.equal(demandOf(text), expected));

  it('more and less of a thing › are opposite; change is opposite to neither', () => {
    assert.ok(areDemandsOpposite('keep', 'end'));
    assert.ok(!areDemandsOpposite('keep', 'begin'));
    assert.ok(!areDemandsOpposite('change', 'end'));
    assert.ok(!areDemandsOpposite(null, 'end'));
  });
});

describe('letter traits › back-references', () => {
  const rows: readonly (readonly [text: string, expected: boolean])[] = [
    ['再次反映青禾苑停水', true],
    ['上次的答复不实', true],
    ['第三次请求修路', true],
    ['之前的投诉没有回复', true],
    ['i wrote before about this', true],
    ['反映青禾苑停水', false],
  ];
  for (const [text, expected] of rows)
    it(`${text} › ${expected}`, () => assert.equal(isFollowUp(text), expected));

  it('letter numbers › are found, other numbers are not', () => {
    assert.deepEqual(citedNumbers('信件2026-004217-9，电话0731-8888888-1，又见2026-004217-9'), [
      '2026-004217-9',
    ]);
  });
});
