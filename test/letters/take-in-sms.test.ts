import assert from 'node:assert/strict';
import { readSmsNote } from '../../src/letters/sms-note.ts';
import { act, aReceiptIn, BY_PHONE } from '../support/letters.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

describe('an SMS that somebody sends', () => {
  const READ: readonly [string, string | null, string][] = [
    ['2026-000001-1 7KQ2M-XH4VT 路灯又坏了', '路灯又坏了', 'as printed'],
    ['20260000011 7kq2mxh4vt 路灯又坏了', '路灯又坏了', 'without dashes, small letters'],
    ['２０２６－０００００１－１　７ＫＱ２Ｍ－ＸＨ４ＶＴ，路灯又坏了', '路灯又坏了', 'full width'],
    [
      '2026-000001-1 7KQ2M-XH4VT：路灯：又坏了！①号杆，５盏',
      '路灯：又坏了！①号杆，５盏',
      'the writer’s own signs stay',
    ],
    ['编号2026-000001-1，查询码', null, 'no code'],
    ['2026-000001-1,7KQ2M-XH4VT：\n两行\n内容', '两行\n内容', 'several lines'],
    ['2026-000001-2 7KQ2M-XH4VT 内容', null, 'a wrong check digit'],
    ['你好', null, 'just words'],
    ['', null, 'nothing'],
    ['2026-000001-1 7KQ2M-XH4VT', '', 'no words'],
    ['2026-000001-1 7KQ2M-XH4VTABC words', null, 'a code that is too long'],
  ];
  for (const [text, words, why] of READ) {
    it(`${JSON.stringify(text)} › ${JSON.stringify(words)} (${why})`, () => {
      assert.equal(readSmsNote(text)?.text ?? null, words);
    });
  }

  let town: TestTown;
  let number = '';
  let id = '';
  let code = '';
  beforeEach(async () => {
    town = await openTestTown('2026-11-23T02:00:00Z');
    const receipt = await aReceiptIn(town, BY_PHONE);
    ({ id, number } = receipt.matter);
    code = receipt.code;
    await town.sweeps.deliverNotices(town.at.now());
    town.sent.sms.length = 0;
  });
  afterEach(() => town.end());

  let serial = 0;
  const send = async (text: string, from = '+8613800001234') => {
    serial += 1;
    await town.services.gatewayListener.incoming({ id: `in-${serial}`, from, text });
    return town.sent.sms.map((message) => message.template);
  };
  const notes = async () =>
    (await town.services.matters.byId(id))?.history.filter(({ what }) => what === 'addNote') ?? [];

  it('with number, code and words becomes a note, and its sender is told', async () => {
    assert.deepEqual(await send(`${number} ${code} 昨晚又有人摔倒`), ['sms-taken']);
    assert.deepEqual(
      (await notes()).map(({ text, by }) => [text, by.role]),
      [['昨晚又有人摔倒', 'citizen']],
    );
    assert.equal(town.sent.sms[0]?.to, '+8613800001234');
    assert.ok(!town.sent.sms[0]?.text.includes(code), 'the code is not sent back');
  });

  it('delivered twice is one note', async () => {
    await send(`${number} ${code} 昨晚又有人摔倒`);
    assert.deepEqual(await send(`${number} ${code} 昨晚又有人摔倒`), ['sms-taken']);
    assert.equal((await notes()).length, 1);
  });

  it('answers a question that is open', async () => {
    await act(town, 'dispatcher', id, 'askCitizen', { text: '哪一段？' });
    assert.deepEqual(await send(`${number} ${code} 东段`), ['sms-taken']);
    const matter = await town.services.matters.byId(id);
    assert.deepEqual([matter?.state, matter?.history.at(-1)?.what], ['sorting', 'answerQuestion']);
  });

  it('with a wrong code is refused, and after five the telephone is not heard for a while', async () => {
    for (let tries = 0; tries < 8; tries += 1) await send(`${number} 22222-2222${tries + 2} 内容`);
    assert.deepEqual(new Set(town.sent.sms.map(({ template }) => template)), new Set(['sms-wrongCode']));
    assert.equal(town.sent.sms.length, 5);
    assert.equal((await send(`${number} ${code} 内容`)).length, 5);
    town.at.moveTo(new Date('2026-11-23T02:16:00Z'));
    assert.equal((await send(`${number} ${code} 内容`)).at(-1), 'sms-taken');
  });

  it('that cannot be read, is empty or comes too late is answered with a sentence', async () => {
    assert.deepEqual(await send('请问怎么查'), ['sms-notRead']);
    assert.deepEqual(await send(`${number} ${code}`), ['sms-notRead', 'sms-empty']);
    await act(town, 'dispatcher', id, 'refuse', { ground: 'litigation', text: '请向法院提起诉讼解决。' });
    assert.equal((await send(`${number} ${code} 内容`)).at(-1), 'sms-closed');
    assert.match((await send('hello', '+447700900123')).at(-1) ?? '', /notRead/);
    assert.match(town.sent.sms.at(-1)?.text ?? '', /^Not understood/);
  });
});
