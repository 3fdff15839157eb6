import assert from 'node:assert/strict';
import { actorOf } from '../../src/accounts/sign-in.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { act, aLetterIn } from '../support/letters.ts';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

const FIRST = {
  title: '梅溪路晚上渣土车鸣笛',
  body: '梅溪路工地的渣土车每天半夜进出鸣笛，孩子睡不着，请管一管。',
  place: '梅溪路',
};
const by = (name: string, phone: string) => ({ writer: { name, phone, mail: '', address: '' } });

describe('find repeats › what a clerk is shown', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  after(() => town.end());

  const as = (username: string) =>
    actorOf(TEST_PEOPLE.find((each) => each.username === username) ?? assert.fail());
  const numbersFor = async (matter: Matter, username = 'dispatcher') => {
    await town.services.earlierLetters.look();
    return (await town.services.findRepeats(matter, as(username))).map(({ primary }) => primary.number);
  };

  it('a letter that gives another one’s number in words of its own › shows that one, and says why', async () => {
    const first = await aLetterIn(town, { ...FIRST, ...by('陈立春', '13900000001') });
    const second = await aLetterIn(town, {
      title: '催一下',
      body: `前些天编号 ${first.number} 的那封，到今天没有动静，麻烦催催。`,
      place: '',
      ...by('陈立春', '13900000001'),
    });
    const [found] = await town.services.findRepeats(second, as('dispatcher'));
    assert.equal(found?.letter.id, first.id);
    assert.notEqual(found?.judgement.verdict, 'other');
    assert.ok(
      found?.judgement.reasons.some(
        ({ kind, words }) => kind === 'citesNumber' && words.includes(first.number),
      ),
    );
    assert.equal(found?.isSamePerson, true);
    const joined = await act(town, 'dispatcher', second.id, 'join', { other: first.number });
    assert.ok(joined.history.at(-1)?.evidence?.reasons.some(({ kind }) => kind === 'citesNumber'));
  });

  it('a report is shown to nobody, and none is looked for beside one', async () => {
    const words = { ...FIRST, place: '兰溪路' };
    const report = await aLetterIn(town, {
      ...words,
      kind: 'report',
      wish: 'private',
      ...by('钱白露', '13900000003'),
    });
    const letter = await aLetterIn(town, {
      ...words,
      body: `${words.body}另见 ${report.number}。`,
      ...by('赵谷雨', '13900000002'),
    });
    for (const reader of ['dispatcher', 'supervisor', 'leader'])
      assert.ok(!(await numbersFor(letter, reader)).includes(report.number), reader);
    assert.deepEqual(await numbersFor(report), []);
  });

  it('a unit › is shown what it may read, and nothing else', async () => {
    const words = {
      ...FIRST,
      title: '竹溪路晚上渣土车鸣笛',
      body: FIRST.body.replace('梅溪', '竹溪'),
      place: '竹溪路',
    };
    const first = await aLetterIn(town, { ...words, ...by('陈立春', '13900000001') });
    const second = await aLetterIn(town, { ...words, ...by('赵谷雨', '13900000002') });
    assert.ok((await numbersFor(second)).includes(first.number));
    assert.ok(!(await numbersFor(second, 'roads-handler')).includes(first.number));
    await act(town, 'dispatcher', first.id, 'assign', { unit: 'roads' });
    assert.ok((await numbersFor(second, 'roads-handler')).includes(first.number));
  });
});
