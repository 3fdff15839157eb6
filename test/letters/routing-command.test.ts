import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashLetter } from '../../src/domain/routing/hashed-letter.ts';
import { classify } from '../../src/domain/routing/linear-classifier.ts';
import { unpackClassifier } from '../../src/domain/routing/packed-classifier.ts';
import { TOPIC_NAMES } from '../../src/domain/routing/topics.ts';
import { TOPIC_WEIGHTS } from '../../src/letters/route-letter.ts';
import { evaluateRouting, makeLearnRouting } from '../../src/letters/routing.command.ts';
import { UsageError } from '../../src/platform/console.ts';
import { toolsByName } from '../../src/platform/tools-by-name.ts';
import { makeWords } from '../../src/platform/words.ts';
import { LETTERS_OF_UNITS } from '../domain/routing/letters-of-units.ts';

const TOPIC_OF: Readonly<Record<string, string>> = {
  sanitation: TOPIC_NAMES.environment,
  education: TOPIC_NAMES.education,
  buses: TOPIC_NAMES.transport,
};
const row = ({ title, body, name }: (typeof LETTERS_OF_UNITS)[number], topic = TOPIC_OF[name]) =>
  JSON.stringify({ title, body, text: `${title}\n${body}`, topic });
/** As letters without a title come: only their text is there. */
const untitled = ({ title, body, name }: (typeof LETTERS_OF_UNITS)[number]) =>
  JSON.stringify({ title: null, body: null, text: `${title}${body}`, topic: TOPIC_OF[name] });

describe('npm run learn, npm run evaluate › routing', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-routing-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const weights = () => join(folder, 'topic.weights.json');
  const run = async (...args: string[]) => {
    const results: string[] = [];
    const notes: string[] = [];
    const tools = toolsByName({
      evaluate: toolsByName({ routing: evaluateRouting }),
      learn: toolsByName({ routing: makeLearnRouting(weights()) }),
    });
    const code = await tools({
      args,
      say: makeWords({ rootDir: process.cwd(), strict: true }).in('en'),
      zone: 'Asia/Shanghai',
      console: {
        isTerminal: false,
        result: (text) => void results.push(text),
        note: (line) => void notes.push(line),
        progress: () => assert.fail('nothing is in progress'),
      },
    });
    return { code, results, notes };
  };

  it('learnt on one file, scored on the other › one JSON line', async () => {
    const train = file(
      'train.jsonl',
      LETTERS_OF_UNITS.map((letter) => row(letter)),
    );
    const test = file('test.jsonl', LETTERS_OF_UNITS.map(untitled));
    const { code, results, notes } = await run('evaluate', 'routing', train, test);
    assert.deepEqual([code, results.length, notes], [0, 1, []]);
    assert.doesNotMatch(results[0] ?? '', /\n/);
    assert.deepEqual(JSON.parse(results[0] ?? ''), { accuracy: 1, macroF1: 1, top2: 1 });
  });

  it('topics of any name › can be scored', async () => {
    const path = file(
      'own.jsonl',
      LETTERS_OF_UNITS.map((letter) => row(letter, letter.name)),
    );
    assert.equal(JSON.parse((await run('evaluate', 'routing', path, path)).results[0] ?? '').accuracy, 1);
  });

  it('learnt from a folder › says mean and spread, and writes weights that know such letters', async () => {
    const rows = LETTERS_OF_UNITS.flatMap((letter) => [row(letter), untitled(letter)]);
    file('topics.jsonl', rows);
    const { code, results, notes } = await run('learn', 'routing', folder);
    assert.equal(code, 0);
    assert.equal(notes.length, 6);
    assert.match(notes[0] ?? '', /^Order 1: accuracy \d\.\d{4}, macro-F1 \d\.\d{4}/);
    const said = JSON.parse(results[0] ?? '');
    assert.equal(said.letters, 24);
    assert.match(said.version, /^topics-\d{4}-\d{2}-\d{2}$/);
    assert.deepEqual(Object.keys(said.macroF1), ['mean', 'spread']);
    const learnt = unpackClassifier(JSON.parse(readFileSync(weights(), 'utf8')));
    assert.equal(learnt.version, said.version);
    assert.equal(classify(hashLetter({ title: '', body: '公交司机不停站。' }), learnt)[0]?.name, 'transport');
  });

  const WRONG: readonly [why: string, args: () => string[], sentence: RegExp][] = [
    ['no such tool', () => ['evaluate', 'weather'], /There are: routing/],
    ['one file too few', () => ['evaluate', 'routing', file('a.jsonl', ['{}'])], /to be named here: 2/],
    ['no such file', () => ['learn', 'routing', join(folder, 'nowhere')], /no file .*topics\.jsonl/],
    [
      'a row without a topic',
      () => {
        const path = file('b.jsonl', [
          row({ title: '路灯', body: '不亮', name: 'buses' }),
          '{"text":"路灯"}',
        ]);
        return ['evaluate', 'routing', path, path];
      },
      /b\.jsonl, line 2: no letter with a topic/,
    ],
    [
      'a topic the program has no words for',
      () => {
        file('topics.jsonl', [row({ title: '路灯', body: '不亮', name: '' }, '天气')]);
        return ['learn', 'routing', folder];
      },
      /"天气" is none of the topics/,
    ],
    [
      'too few letters',
      () => {
        file(
          'topics.jsonl',
          LETTERS_OF_UNITS.slice(0, 3).map((letter) => row(letter)),
        );
        return ['learn', 'routing', folder];
      },
      /fewer than 20 letters/,
    ],
  ];
  for (const [why, args, sentence] of WRONG) {
    it(`${why} › says so, and writes nothing`, async () => {
      rmSync(weights(), { force: true });
      await assert.rejects(run(...args()), (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, sentence);
        return true;
      });
      assert.ok(!existsSync(weights()));
    });
  }
});

describe('the shipped weights of the topics', () => {
  const shipped = unpackClassifier(JSON.parse(readFileSync(TOPIC_WEIGHTS, 'utf8')));

  it('know the program’s topics', () => {
    const names = shipped.classes.map(({ name }) => name);
    assert.deepEqual(names, Object.keys(TOPIC_NAMES).toSorted());
  });

  const LETTERS = [
    ['小区污水直排小河', '楼下的污水直接排到小河里，夏天又黑又臭，请环保部门查处排污的工厂。', 'environment'],
    ['养老保险怎样转移', '我在外地工作十年，社保和养老保险想转回来，退休年龄快到了。', 'labour'],
    ['班主任补课收费', '学校老师周末补课，每个学生收费两百元，请教育局管一管。', 'education'],
    ['医院挂号太难', '县医院专家号挂不上，医生态度也不好，病人等了一天。', 'health'],
  ] as const;
  for (const [title, body, topic] of LETTERS)
    it(`${title} › ${topic}`, () =>
      assert.equal(classify(hashLetter({ title, body }), shipped)[0]?.name, topic));

  it('a letter in English › is not guessed at', () => {
    assert.deepEqual(
      classify(hashLetter({ title: 'Street lights', body: 'They are out again, please repair.' }), shipped),
      [],
    );
  });
});
