import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCommand } from '../../src/archive/import.command.ts';
import { compose, type Huiyin } from '../../src/compose.ts';
import { comparedLetter } from '../../src/domain/repeats/compared-letter.ts';
import { readConfig } from '../../src/platform/config.ts';
import { makeLog } from '../../src/platform/log.ts';
import { rebuildCommand } from '../../src/statistics/rebuild.command.ts';
import { act, aLetterIn, anAnswered } from '../support/letters.ts';
import { runCommand } from '../support/run-command.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';

const SECOND_MS = 1000;
/** It takes a third of a second; a slow machine is given more. */
const PATIENCE_MS = 5000;

describe('earlier letters', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  afterEach(() => town.end());

  const ask = async (title: string, isPublicOnly = false, of: Huiyin = town): Promise<string[]> => {
    const letter = comparedLetter({ title, body: '', place: '' }, of.services.fold);
    const found = await of.services.earlierLetters.similar({ letter, isPublicOnly, limit: 10 });
    return found.map(({ id }) => id);
  };

  /** What is found once this process has looked. */
  const askUntil = async (
    expected: readonly string[],
    title: string,
    isPublicOnly = false,
    of = town as Huiyin,
  ) => {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await ask(title, isPublicOnly, of);
      if (JSON.stringify(found) === JSON.stringify(expected)) return;
      if (performance.now() > until) assert.deepEqual(found, expected);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  const anotherProcess = (): Promise<Huiyin> =>
    compose({
      config: readConfig({ BASE_URL: 'http://huiyin.example' }),
      mongodbUri: town.uri,
      rootDir: process.cwd(),
      clock: town.at,
      log: makeLog('silent'),
    });

  it('a town without letters › none', async () => {
    assert.deepEqual(await ask('滨河路路灯不亮'), []);
    assert.deepEqual(await ask('滨河路路灯不亮', true), []);
  });

  it('the most alike first, in whichever characters; a report never', async () => {
    const lamp = await aLetterIn(town, { title: '滨河路路灯不亮', body: '滨河路路灯坏了三天，请修。' });
    const other = await aLetterIn(town, { title: '滨河路夜间停水', body: '连续三晚停水，没有通知。' });
    await aLetterIn(town, { kind: 'report', title: '滨河路路灯不亮', body: '承包人收受礼品，路灯坏了。' });
    assert.deepEqual(await ask('濱河路路燈壞了'), [lamp.id, other.id]);
    assert.deepEqual(await ask('收受礼品'), []);
  });

  it('only by its public words, and only while it is published', async () => {
    const body = '滨河路路灯坏了。李四海的店门口最黑，我也写信给了别处。';
    const shown = await anAnswered(town, { title: '滨河路路灯不亮', body, place: '仙人掌广场' });
    await aLetterIn(town, { title: '滨河路路灯全部不亮', body: '滨河路一带的路灯坏了一周。' });
    await askUntil([], '滨河路路灯不亮', true);
    await act(town, 'dispatcher', shown.id, 'publish', { text: '李四海' });
    await askUntil([shown.id], '滨河路路灯不亮', true);
    for (const hidden of ['李四海', '仙人掌广场']) {
      assert.deepEqual(await ask(hidden, true), []);
      assert.deepEqual(await ask(hidden), [shown.id]);
    }
    await act(town, 'dispatcher', shown.id, 'withhold', { text: '地址' });
    await askUntil([], '滨河路路灯不亮', true);
    assert.equal((await ask('滨河路路灯不亮')).length, 2);
  });

  it('withdrawn and refused letters › the office finds them still', async () => {
    const refused = await aLetterIn(town, { title: '海鸥大桥护栏松动' });
    await act(town, 'dispatcher', refused.id, 'refuse', { text: '请向法院提出。' });
    assert.deepEqual(await ask('海鸥大桥护栏'), [refused.id]);
  });

  it('two processes › each finds what the other took in, within a second', async () => {
    const other = await anotherProcess();
    try {
      const first = await aLetterIn(town, { title: '海鸥大桥护栏松动' });
      await askUntil([first.id], '海鸥大桥护栏', false, other);
      const { matter } = await other.services.submitLetter(
        { ...first.letter, title: '凤凰街下水道堵塞' },
        'f',
      );
      await askUntil([matter.id], '凤凰街下水道');
    } finally {
      await other.close();
    }
  });

  it('what a process was slow to write is found none the less', async () => {
    await aLetterIn(town, { title: '凤凰街下水道堵塞' });
    const late = await aLetterIn(town, { title: '海鸥大桥护栏松动' });
    await askUntil([late.id], '海鸥大桥护栏');
    const connection = await connectMongo(town.uri);
    try {
      // As if it had been put before the newest row, and seen after it.
      const rows = connection.collection<{ _id: string; putAt: Date }>('letter_grams');
      const row = await rows.findOne({ _id: late.id });
      assert.ok(row);
      const { _id: _, ...rest } = row;
      await rows.insertOne({ ...rest, _id: 'slow', putAt: new Date(row.putAt.getTime() - SECOND_MS) });
      await askUntil([late.id, 'slow'], '海鸥大桥护栏');
    } finally {
      await connection.close();
    }
  });

  it('rebuilt › the very rows that the events made; what belongs to no matter goes', async () => {
    const answered = await anAnswered(town, { title: '滨河路路灯不亮' });
    await act(town, 'dispatcher', answered.id, 'publish');
    for (const title of ['海鸥大桥护栏松动', '凤凰街下水道堵塞', '凤凰街夜间施工'])
      await aLetterIn(town, { title });
    await aLetterIn(town, { kind: 'report', title: '凤凰街收受礼品' });
    // The counts are what a letter is weighed by: those of the first time stay for the second.
    await town.services.rebuildLetterGrams();
    const connection = await connectMongo(town.uri);
    try {
      const rows = connection.collection<{ _id: string }>('letter_grams');
      const all = () => rows.find({}, { projection: { putAt: 0 }, sort: { _id: 1 } }).toArray();
      await rows.deleteMany({});
      for (const { _id } of await connection.collection<{ _id: string }>('matters').find({}).toArray()) {
        const matter = await town.services.matters.byId(_id);
        assert.ok(matter);
        await town.services.announce([{ matter: matter, events: matter.history }]);
      }
      const told = await all();
      assert.equal(told.length, 4);
      await rows.insertOne({ _id: 'nobody', putAt: new Date(0) } as never);
      const said = await runCommand(rebuildCommand, ['repeats'], town);
      assert.equal(
        said.result,
        'Letters of 5 matters can be found again.\n4 recent letters are linked to those on the same matter.',
      );
      assert.deepEqual(await all(), told);
    } finally {
      await connection.close();
    }
  });

  it('rebuild › refuses what is no part', async () => {
    const said = await runCommand(rebuildCommand, ['everything'], town);
    assert.equal(said.code, 2);
    assert.match(said.notes.join(), /Not understood: everything/);
  });

  it('imported letters › are found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-finding-'));
    try {
      const path = join(folder, 'letters.csv');
      const rows = '1,海鸥大桥护栏松动,2019-03-01,已加固,2019-03-04,是\n2,凤凰街污水,2019-03-31,,,\n';
      writeFileSync(path, `id,body,date,reply,reply_date,published\n${rows}`);
      await runCommand(importCommand, [path, '--source', 'old'], town);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    assert.equal((await ask('海鸥大桥护栏')).length, 1);
    assert.equal((await ask('海鸥大桥护栏', true)).length, 1);
    assert.equal((await ask('凤凰街污水')).length, 1);
    assert.equal((await ask('凤凰街污水', true)).length, 0);
  });

  it('a town that has grown › counts its words anew, once', async () => {
    for (let n = 0; n < 6; n += 1) await aLetterIn(town, { title: `凤凰街第${n}根路灯不亮` });
    const now = town.at.now();
    const before = (await town.services.earlierLetters.frequencies()).of('凤凰');
    assert.equal(await town.sweeps.recountGrams(now), 6);
    assert.equal((await town.services.earlierLetters.frequencies()).of('凤凰'), before + 6);
    assert.equal(await town.sweeps.recountGrams(now), 0);
  });

  it('closed while it reads › ends, and reads no more', async () => {
    const other = await anotherProcess();
    const { earlierLetters } = other.services;
    const looking = earlierLetters.look();
    await other.close();
    await looking.catch(() => undefined);
    await earlierLetters.look();
  });
});
