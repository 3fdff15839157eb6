import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { calendarCommand } from '../../src/clocks/calendar.command.ts';
import { DAYS_2027, JSON_2027 } from '../support/calendars.ts';
import { anAssigned } from '../support/letters.ts';
import { runCommand } from '../support/run-command.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const CSV = DAYS_2027.map(({ date, name, isOffDay }) => `${date},${name},${isOffDay}`).join('\n');

describe('npm run calendar', () => {
  let town: TestTown;
  let folder: string;
  beforeEach(async () => {
    town = await openTestTown('2026-12-28T02:00:00Z');
    folder = mkdtempSync(join(tmpdir(), 'huiyin-calendar-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await town.end();
  });

  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const run = (args: readonly string[], language: 'zh-CN' | 'en' = 'en') =>
    runCommand(calendarCommand, args, town, language);

  it('import › takes the year, says what differs, reckons what runs', async () => {
    const { id } = await anAssigned(town, 'roads');
    const path = file('2027.csv', iconv.encode(CSV, 'gb18030'));
    const dry = await run(['import', path, '--dry-run']);
    assert.equal(dry.code, 0);
    assert.match(dry.result, /^2027: 12 days off, 2 worked at weekends\.$/m);
    assert.match(dry.result, /2026-12-31: was worked, becomes off/);
    assert.match(dry.result, /Dry run, nothing was written/);
    assert.deepEqual(await town.services.calendar.years(), []);

    const done = await run(['import', path], 'zh-CN');
    assert.equal(done.code, 0);
    assert.match(done.result, /已重新计算 1 件在办事项：提前 0，推后 1/);
    assert.equal((await town.services.matters.byId(id))?.clock.reply.dueOn, '2027-01-06');
    assert.equal((await town.services.calendar.years())[0]?.by, 'command-line');
  });

  it('import of several › all or none: a wrong line is named with its file', async () => {
    const good = file('good.json', JSON_2027);
    const wrong = file(
      'wrong.csv',
      `${CSV.replaceAll('2027', '2029').replaceAll('2026', '2028')}\n2029-13-01,x,true`,
    );
    const said = await run(['import', good, wrong]);
    assert.equal(said.code, 2);
    assert.deepEqual(said.notes, [
      `${wrong}, line ${DAYS_2027.length + 1}: there is no such day; dates are written 2027-01-01.`,
      'Nothing was imported.',
    ]);
    assert.match((await run(['import', wrong], 'zh-CN')).notes[0] ?? '', /wrong\.csv 第 15 行：没有这一天/);
    assert.deepEqual(await town.services.calendar.years(), []);
  });

  it('import of a short file › warns and takes it', async () => {
    const said = await run(['import', file('short.csv', '2027-01-01,元旦,true')]);
    assert.deepEqual([said.code, said.notes.length], [0, 1]);
    assert.match(said.notes[0] ?? '', /Look at this twice: .*short\.csv: 2027 has only 1 days off/);
  });

  it('show › what is known of a year', async () => {
    const known = await run(['show', '2026']);
    assert.equal(known.code, 0);
    assert.match(known.result, /^2026: 33 days off, 6 worked at weekends\.$/m);
    assert.match(known.result, /2026-10-01 to 2026-10-07 Day off National Day/);
    assert.match((await run(['show', '2027'], 'zh-CN')).result, /2027 年的放假安排还没有载入/);
  });

  it('day › sets and removes a day of the town’s own', async () => {
    const { id } = await anAssigned(town, 'roads');
    const set = await run(['day', '2026-12-30', '--off', '--name', '台风停工', '--name-en', 'Typhoon']);
    assert.deepEqual([set.code, set.result.includes('1 later')], [0, true]);
    assert.equal((await town.services.matters.byId(id))?.clock.reply.dueOn, '2027-01-05');
    const [day] = await town.services.calendar.townDays();
    assert.deepEqual([day?.name, day?.isWorking], [{ zh: '台风停工', en: 'Typhoon' }, false]);
    assert.equal((await run(['day', '2026-12-30', '--remove'])).code, 0);
    assert.equal((await town.services.matters.byId(id))?.clock.reply.dueOn, '2027-01-04');
    const again = await run(['day', '2026-12-30', '--remove']);
    assert.deepEqual([again.code, /none of the town's own days/.test(again.notes[0] ?? '')], [2, true]);
    assert.equal((await run(['day', '2027-01-02', '--work', '--name', '补班'])).code, 0);
    assert.equal((await town.services.calendar.townDays())[0]?.isWorking, true);
  });

  const WRONG: readonly [args: string[], sentence: RegExp][] = [
    [[], /Say what to do/],
    [['export'], /Say what to do/],
    [['import'], /Name the files/],
    [['import', 'no-such-file.json'], /There is no file no-such-file\.json/],
    [['show'], /Name one year/],
    [['show', '27'], /Name one year/],
    [['day', '2027-02-30', '--off', '--name', 'x'], /Name one day/],
    [['day', '2027-02-01', '--name', 'x'], /Say one of/],
    [['day', '2027-02-01', '--off', '--work', '--name', 'x'], /Say one of/],
    [['day', '2027-02-01', '--off'], /Say why/],
    [['show', '2027', '--what'], /Known options/],
  ];
  for (const [args, sentence] of WRONG)
    it(`${args.join(' ')} › ends with 2 and a sentence`, async () => {
      const said = await run(args);
      assert.deepEqual([said.code, said.result], [2, '']);
      assert.match(said.notes.join('\n'), sentence);
    });
});
