import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCommand } from '../../src/archive/import.command.ts';
import { figuresCommand } from '../../src/statistics/figures.command.ts';
import type { TownFigures } from '../../src/statistics/town-figures.ts';
import { runCommand } from '../support/run-command.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const LETTERS = process.env['HUIYIN_LETTERS'];
const ROWS = { 'answered-letters': 1734, letters: 3909 } as const;

interface RealLetter {
  readonly date: string;
  readonly reply_date?: string;
}

/**
 * Real letters of a city, which are no part of the project: a folder of them is named by HUIYIN_LETTERS. Their figures
 * are reckoned here a second time, straight from the files.
 */
describe('real letters', () => {
  let town: TestTown;
  let folder: string;
  before(async function () {
    if (!LETTERS) this.skip();
    town = await openTestTown('2026-09-24T02:00:00Z');
    folder = mkdtempSync(join(tmpdir(), 'huiyin-real-'));
  });
  after(async () => {
    if (!LETTERS) return;
    await town.end();
    rmSync(folder, { recursive: true, force: true });
  });
  const pathOf = (name: string): string => join(LETTERS ?? '', `${name}.jsonl`);
  const importAll = (name: string) =>
    runCommand(
      importCommand,
      [pathOf(name), '--source', name, '--published', '--report', join(folder, name)],
      town,
    );

  it('all are imported within a minute', async function () {
    this.timeout(60_000);
    for (const [name, rows] of Object.entries(ROWS)) {
      const said = await importAll(name);
      assert.match(said.result, new RegExp(`: ${rows} letters imported, 0 were there before, 0 not taken`));
    }
  });

  it('a second time › none is doubled', async function () {
    this.timeout(60_000);
    for (const [name, rows] of Object.entries(ROWS)) {
      const said = await importAll(name);
      assert.match(said.result, new RegExp(`: 0 letters imported, ${rows} were there before, 0 not taken`));
    }
  });

  const PERIODS = [
    ...Array.from({ length: 10 }, (_, i) => [`${2011 + i}-01-01`, `${2011 + i}-12-31`] as const),
    ['2019-01-01', '2019-08-31'],
    ['2011-01-01', '2020-12-31'],
  ] as const;
  for (const [from, to] of PERIODS) {
    it(`${from} to ${to} › the figures are those reckoned from the files`, async () => {
      const said = await runCommand(figuresCommand, ['--from', from, '--to', to], town);
      const { imported, own }: TownFigures = JSON.parse(said.result);
      assert.equal(own.received, 0);
      for (const name of Object.keys(ROWS)) {
        const found = imported[name];
        assert.deepEqual(
          {
            received: found?.received ?? 0,
            valid: found?.valid ?? 0,
            answered: found?.answered ?? 0,
            published: found?.published ?? 0,
            rate: found?.responseRate.value ?? null,
            median: found?.medianDays ?? null,
            p90: found?.p90Days ?? null,
          },
          reckoned(readFileSync(pathOf(name), 'utf8'), from, to),
          name,
        );
      }
    });
  }
});

/** Without a line of the program: days are the first ten characters of dates that have no zone. */
function reckoned(text: string, from: string, to: string) {
  const letters = text
    .trimEnd()
    .split('\n')
    .map((line): RealLetter => JSON.parse(line))
    .filter(({ date }) => date.slice(0, 10) >= from && date.slice(0, 10) <= to);
  const days = letters
    .flatMap(({ date, reply_date: replied }) =>
      replied === undefined ? [] : [Date.parse(replied.slice(0, 10)) - Date.parse(date.slice(0, 10))],
    )
    .map((ms) => ms / 86_400_000)
    .toSorted((a, b) => a - b);
  const rank = (share: number): number | null => days[Math.ceil(days.length * share) - 1] ?? null;
  return {
    received: letters.length,
    valid: letters.length,
    answered: days.length,
    published: days.length,
    rate: letters.length === 0 ? null : days.length / letters.length,
    median: rank(0.5),
    p90: rank(0.9),
  };
}
