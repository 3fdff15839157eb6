import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { figuresCommand } from '../../src/statistics/figures.command.ts';
import { rebuildCommand } from '../../src/statistics/rebuild.command.ts';
import { importCommand } from '../../src/archive/import.command.ts';
import { runCommand } from '../support/run-command.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

describe('npm run figures, npm run rebuild', () => {
  let town: TestTown;
  let folder: string;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
    folder = mkdtempSync(join(tmpdir(), 'huiyin-figures-'));
    const path = join(folder, 'letters.csv');
    writeFileSync(
      path,
      'id,body,date,reply,reply_date,published\n1,路灯不亮,2019-03-01,已修复,2019-03-04,是\n2,污水,2019-03-31,,,\n',
    );
    await runCommand(importCommand, [path, '--source', 'old'], town);
  });
  after(async () => {
    await town.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const figures = async (from: string, to: string) => {
    const said = await runCommand(figuresCommand, ['--from', from, '--to', to], town);
    return JSON.parse(said.result);
  };

  it('one document › own letters and each imported source, all figures in it', async () => {
    const found = await figures('2019-03-01', '2019-03-31');
    assert.deepEqual(Object.keys(found), ['version', 'from', 'to', 'own', 'imported']);
    const { byUnit, ...old } = found.imported.old;
    assert.deepEqual(old, {
      received: 2,
      valid: 2,
      answered: 1,
      published: 1,
      responseRate: { numerator: 1, denominator: 2, value: 0.5 },
      publicRate: { numerator: 1, denominator: 2, value: 0.5 },
      onTime: { numerator: 1, denominator: 1, value: 1 },
      medianDays: 3,
      p90Days: 3,
      satisfied: { numerator: 0, denominator: 0, value: null },
    });
    assert.equal(byUnit.length, 1);
    assert.deepEqual((await figures('2019-03-02', '2019-03-31')).imported.old.received, 1);
  });

  it('rebuilt › the same figures and public letters, from the matters alone', async () => {
    const before = await figures('2019-01-01', '2019-12-31');
    await town.services.facts.clear();
    await town.services.publicLetters.clear();
    const said = await runCommand(rebuildCommand, [], town);
    assert.deepEqual(said.result.split('\n'), [
      'Rebuilt from 2 matters: figures and 1 public letters.',
      'Letters of 2 matters can be found again.',
    ]);
    assert.deepEqual(await figures('2019-01-01', '2019-12-31'), before);
    assert.equal((await town.services.publicLetters.latest(10)).length, 1);
  });

  const WRONG = [
    [[], /--from is missing/],
    [['--from', '2019-01-01'], /--to is missing/],
    [['--from', '2019-02-30', '--to', '2019-03-01'], /--from 2019-02-30 is not a day/],
    [['--from', '2019-01-01', '--to', '1.3.2019'], /--to 1\.3\.2019 is not a day/],
    [['--from', '2019-02-01', '--to', '2019-01-01'], /--from 2019-02-01 is later than --to 2019-01-01/],
    [['--since', '2019-02-01'], /Unknown option '--since'/],
    [['2019'], /Not understood: 2019/],
  ] as const;
  for (const [args, sentence] of WRONG) {
    it(`${args.join(' ') || 'no dates'} › says so, exit code 2`, async () => {
      const said = await runCommand(figuresCommand, args, town);
      assert.equal(said.code, 2);
      assert.equal(said.result, '');
      assert.match(said.notes.join(), sentence);
    });
  }
});

describe('the commands as processes', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-commands-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** In a folder of its own, with an embedded store of its own. */
  const run = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}, typed = '') => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, [join(process.cwd(), 'dist', 'src', 'command.js'), ...args], {
      cwd: folder,
      env: { PATH, DATA_DIR: join(folder, 'data'), ...environment },
    });
    child.stdin.end(typed);
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, out, err };
  };

  it('set up, import, figures, rebuild › one after another on one store', async function () {
    this.timeout(60_000);
    const names = ['--town-zh', '北岸区', '--town-en', 'North Shore', '--admin', 'admin', '--password-stdin'];
    const made = await run(['setup', ...names], {}, 'a password of length\n');
    assert.deepEqual([made.code, made.err], [0, '']);

    writeFileSync(
      join(folder, 'letters.jsonl'),
      '{"id":1,"body":"路灯不亮","date":"2019-03-01"}\n{"id":2}\n',
    );
    const imported = await run(['import', 'letters.jsonl', '--source', 'old'], { LANG: 'zh_CN.UTF-8' });
    assert.equal(imported.code, 0, imported.err);
    assert.match(imported.out, /导入信件 1 件，原已导入 0 件，未收 1 行/);

    const figures = await run(['figures', '--from', '2019-01-01', '--to', '2019-12-31']);
    assert.deepEqual([figures.code, figures.err], [0, '']);
    assert.equal(JSON.parse(figures.out).imported.old.received, 1);

    const rebuilt = await run(['rebuild']);
    assert.deepEqual([rebuilt.code, rebuilt.err], [0, '']);
  });

  const WRONG = [
    [[], {}, /There is no command ""\. There are: .*import/],
    [['frobnicate'], {}, /There is no command "frobnicate"/],
    [['import', 'nowhere.csv', '--source', 'x'], {}, /There is no file nowhere\.csv/],
    [['figures'], { LC_ALL: 'zh_CN.UTF-8' }, /缺少 --from/],
    [['rebuild'], { TIME_ZONE: 'Moon/Crater' }, /"TIME_ZONE" is not a time zone/],
  ] as const;
  for (const [args, environment, sentence] of WRONG) {
    it(`${['huiyin', ...args].join(' ')} ${JSON.stringify(environment)} › exit code 2 and a sentence`, async () => {
      const said = await run(args, environment);
      assert.deepEqual([said.code, said.out], [2, '']);
      assert.match(said.err, sentence);
    });
  }

  it('--help › says how it is called', async () => {
    const said = await run(['import', '--help']);
    assert.deepEqual([said.code, said.out], [0, '']);
    assert.match(said.err, /^npm run import -- FILE --source NAME/);
  });
});
