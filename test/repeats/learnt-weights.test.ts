import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolsByName } from '../../src/platform/tools-by-name.ts';
import { UsageError } from '../../src/platform/console.ts';
import { fold } from '../../src/platform/fold.ts';
import { makeWords } from '../../src/platform/words.ts';
import { makeEvaluateRepeats } from '../../src/repeats/evaluate.command.ts';
import { makeLearnRepeats } from '../../src/repeats/learn.command.ts';
import { readWeights, weightsPath } from '../../src/repeats/weights-file.command.ts';

const ESTATES = [
  '青禾苑',
  '鹭洲湾',
  '柏栖里',
  '澄溪府',
  '禾木居',
  '砚田坊',
  '暮云阁',
  '枕水庭',
  '松韵台',
  '岚桥园',
];
const day = (n: number): string => `2026-03-${String(n).padStart(2, '0')}T09:00:00`;
const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Ten estates: two letters on the water, one on the lamps. */
function writeFolder(dir: string): void {
  const letters = ESTATES.flatMap((name, i) => [
    { id: `a${i}`, title: `${name}停水三天了`, date: day(1), body: `${name}从周一起停水，没有通知。` },
    { id: `b${i}`, title: `请问${name}什么时候恢复供水`, date: day(2), body: `我们${name}停水，生活不便。` },
    { id: `c${i}`, title: `${name}门口的路灯不亮`, date: day(3), body: `${name}门口晚上漆黑。` },
  ]);
  const pairs = ESTATES.flatMap((name, i) => [
    { a: `a${i}`, b: `b${i}`, same: 1, kind: 'paraphrase', matter: `${name}/停水` },
    { a: `a${i}`, b: `c${i}`, same: 0, kind: 'same_object_or_topic', matter: null },
    { a: `a${i}`, b: `b${(i + 1) % 10}`, same: 0, kind: 'near_text', matter: null },
  ]);
  const queries = ESTATES.flatMap((name, i) => [
    { query: `b${i}`, date: day(2), object: name, relevant_earlier: [`a${i}`], ignore: [] },
    { query: `c${i}`, date: day(3), object: name, relevant_earlier: [], ignore: [`a${i}`] },
  ]);
  writeFileSync(join(dir, 'letters.jsonl'), lines(letters));
  writeFileSync(join(dir, 'same-matter-pairs.jsonl'), lines(pairs));
  writeFileSync(join(dir, 'same-matter-queries.jsonl'), lines(queries));
}

describe('npm run evaluate, npm run learn › repeats', () => {
  const say = makeWords({ rootDir: process.cwd(), strict: true }).in('en');
  let dir: string;
  let rootDir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'huiyin-labels-'));
    rootDir = mkdtempSync(join(tmpdir(), 'huiyin-root-'));
    mkdirSync(join(rootDir, 'src', 'repeats'), { recursive: true });
    cpSync(weightsPath(process.cwd()), weightsPath(rootDir));
    writeFolder(dir);
  });
  afterEach(() => {
    for (const folder of [dir, rootDir]) rmSync(folder, { recursive: true, force: true });
  });

  async function run(command: 'evaluate' | 'learn', ...args: string[]): Promise<string[]> {
    const results: string[] = [];
    const console = {
      isTerminal: false,
      result: (text: string) => void results.push(text),
      note: () => undefined,
      progress: () => undefined,
    };
    const clock = { now: () => new Date('2026-03-09T00:00:00Z') };
    const tool = {
      evaluate: toolsByName({ repeats: makeEvaluateRepeats({ rootDir, fold }) }),
      learn: toolsByName({ repeats: makeLearnRepeats({ rootDir, fold, clock }) }),
    }[command];
    assert.equal(await tool({ args, say, console, zone: 'Asia/Shanghai' }), 0);
    return results;
  }

  it('the shipped weights › one line of JSON; what is plain is told apart', async () => {
    const [line = '', ...more] = await run('evaluate', 'repeats', dir);
    assert.deepEqual(more, []);
    const said = JSON.parse(line);
    assert.deepEqual(Object.keys(said), ['pairs', 'top5', 'alert']);
    assert.deepEqual(Object.keys(said.pairs), [
      'precision',
      'recall',
      'f1',
      'falseJoinsSameObject',
      'strictRecall',
      'recallParaphrase',
    ]);
    assert.ok(said.pairs.f1 > 0.9, line);
    assert.equal(said.top5, 1);
    assert.ok(said.alert.f1 > 0.9, line);
  });

  it('titles in English › are evaluated where the folder has them', async () => {
    const [a, b] = ['Keep the night bus to the harbour', 'Please keep the night bus to the harbour'];
    const row = { a: '1', b: '2', same: 1, kind: 'same_request', title_a: a, title_b: b };
    writeFileSync(join(dir, 'en-petition-pairs.jsonl'), lines([row]));
    const [line = ''] = await run('evaluate', 'repeats', dir);
    assert.equal(JSON.parse(line).english.f1, 1);
  });

  it('folds › give the same figures for the same seed', async () => {
    const once = await run('evaluate', 'repeats', dir, '--folds', '4', '--seed', '3');
    assert.deepEqual(await run('evaluate', 'repeats', dir, '--folds', '4', '--seed', '3'), once);
    // Ten estates teach little; but the earlier letter is found.
    assert.equal(JSON.parse(once[0] ?? '').top5, 1);
  });

  it('learning › says what to expect, then writes weights of numbers only', async () => {
    const said = await run('learn', 'repeats', dir);
    assert.match(said.join('\n'), /pairs f1 +\d\.\d{3} ± \d\.\d{3}/);
    assert.match(said.at(-1) ?? '', /same-matter\.weights\.json/);
    const learnt = await readWeights(rootDir);
    assert.equal(learnt.version, '2026-03-09');
    assert.deepEqual(learnt.latin, (await readWeights(process.cwd())).latin);
    assert.doesNotMatch(readFileSync(weightsPath(rootDir), 'utf8'), /\p{Script=Han}/u);
  });

  it('weights of other features › are refused', async () => {
    const weights = JSON.parse(readFileSync(weightsPath(rootDir), 'utf8'));
    writeFileSync(weightsPath(rootDir), JSON.stringify({ ...weights, features: ['wording'] }));
    await assert.rejects(readWeights(rootDir), /features/);
  });

  const wrong: readonly [why: string, args: () => string[], message: RegExp][] = [
    ['no subject', () => [], /repeats/],
    ['no folder', () => ['repeats'], /folder/],
    ['a folder without letters', () => ['repeats', rootDir], /letters\.jsonl/],
    ['two folders', () => ['repeats', dir, dir], /Not understood/],
    ['no number of folds', () => ['repeats', dir, '--folds', 'many'], /many/],
  ];
  for (const [why, args, message] of wrong) {
    it(`${why} › is said in a sentence`, async () => {
      await assert.rejects(run('evaluate', ...args()), (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('a row that is not of the form › is named by its line', async () => {
    writeFileSync(join(dir, 'same-matter-pairs.jsonl'), '{"a":"a1","b":"b1","same":1,"kind":"x"}\n{"a":\n');
    await assert.rejects(run('evaluate', 'repeats', dir), /same-matter-pairs\.jsonl, line 2/);
  });

  it('a pair of a letter that is not there › is named', async () => {
    const row = { a: 'a1', b: 'nowhere', same: 0, kind: 'random' };
    writeFileSync(join(dir, 'same-matter-pairs.jsonl'), lines([row]));
    await assert.rejects(run('evaluate', 'repeats', dir), /nowhere/);
  });
});
