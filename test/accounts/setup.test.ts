import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSetupCommand } from '../../src/accounts/setup.command.ts';
import type { Input } from '../../src/accounts/terminal-input.command.ts';
import { importCommand } from '../../src/archive/import.command.ts';
import { compose, type Huiyin } from '../../src/compose.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { randomIds } from '../../src/platform/ids.ts';
import { makeLog } from '../../src/platform/log.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { testStoreUri } from '../support/one-store.ts';
import { runCommand, type Said } from '../support/run-command.ts';

const NAMES = '--town-zh,北岸区,--town-en,North Shore,--admin,Admin,--admin-name,周一鸣'.split(',');
const PASSWORD = 'long enough to keep';

/** Nobody at the terminal; one line on standard input. */
const piped = (line: string): Input => ({
  isTerminal: false,
  ask: async () => assert.fail('nobody can be asked'),
  askSecret: async () => assert.fail('nobody can be asked'),
  firstLine: async () => line,
});

describe('npm run setup', () => {
  let folder: string;
  let huiyin: Huiyin;
  let uri: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-setup-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    uri = testStoreUri(`s${randomIds.next().replaceAll('-', '')}`);
    huiyin = await compose({
      config: readConfig({}),
      mongodbUri: uri,
      rootDir: process.cwd(),
      clock: systemClock,
      log: makeLog('silent'),
      strictWords: true,
    });
  });
  afterEach(async () => {
    await huiyin.close();
    const connection = await connectMongo(uri);
    await connection.dropDatabase();
    await connection.close();
  });

  const setup = (input: Input, ...args: readonly string[]): Promise<Said> =>
    runCommand(makeSetupCommand(input), args, huiyin);
  const file = (name: string, content: string | object): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('by options › makes a real town, its office and an administrator who can sign in', async () => {
    const said = await setup(piped(PASSWORD), ...NAMES, '--password-stdin');

    assert.equal(said.code, 0, said.notes.join('\n'));
    const { directory, signIn } = huiyin.services;
    const town = await directory.town();
    assert.deepEqual(town?.name, { zh: '北岸区', en: 'North Shore' });
    assert.deepEqual(town.mailbox.zh, '区长信箱');
    assert.equal(town.isDemonstration, false);
    const [office] = await directory.units();
    assert.deepEqual(
      [office?.id, office?.kind, office?.name.zh],
      ['mailbox-office', 'office', '区长信箱办公室'],
    );
    const admin = await signIn('admin', PASSWORD);
    assert.deepEqual([admin.role, admin.unit, admin.name.zh], ['administrator', 'mailbox-office', '周一鸣']);
    assert.match(said.result, /North Shore is set up: units 1, people 1, routing rules 0/);
    assert.doesNotMatch(`${said.result}${said.notes.join()}`, new RegExp(PASSWORD));
  });

  it('with files › units, people and rules of both shapes', async () => {
    const units = file(
      'units.csv',
      'id,name_zh,name_en,kind,duties_zh,phone\nroads,交通局,Roads,bureau,修路,0574-86780000\nwater,水务局,Water,bureau,,\n',
    );
    const people = file('people.json', [
      {
        username: 'li',
        name: { zh: '李工', en: 'Li' },
        post: { zh: '科员', en: 'Officer' },
        role: 'handler',
        unit: 'roads',
      },
      {
        username: 'wang',
        name: { zh: '王主任', en: 'Wang' },
        role: 'dispatcher',
        unit: 'mailbox-office',
        password: PASSWORD,
      },
    ]);
    const rules = file('rules.csv', 'id,any,unless,unit\npotholes,路面|坑|pothole,游泳,roads\n');
    const said = await setup(
      piped(PASSWORD),
      ...NAMES,
      '--password-stdin',
      '--units',
      units,
      '--people',
      people,
      '--rules',
      rules,
    );

    assert.equal(said.code, 0, said.notes.join('\n'));
    assert.match(said.result, /units 3, people 3, routing rules 1/);
    assert.match(said.result, /1 of the people have no password/);
    const { directory, signIn } = huiyin.services;
    assert.equal((await signIn('wang', PASSWORD)).role, 'dispatcher');
    await assert.rejects(signIn('li', ''), { code: 'WRONG_CODE' });
    assert.deepEqual(await directory.routingRules(), [
      { id: 'potholes', any: ['路面', '坑', 'pothole'], unless: ['游泳'], unit: 'roads' },
    ]);
    assert.deepEqual(
      (await directory.units()).map(({ id, duties }) => [id, duties.zh]),
      [
        ['mailbox-office', ''],
        ['roads', '修路'],
        ['water', ''],
      ],
    );
  });

  it('wrong files › every error is named by row and field, and nothing is made', async () => {
    const WRONG = [
      [
        'units',
        'units.csv',
        'id,name_zh,name_en,kind\nRoads!,交通局,Roads,bureau\nwater,,Water,castle\n',
        [
          /units\.csv, line 2, id: /,
          /units\.csv, line 3, name\.zh: Name in Chinese: please fill this in/,
          /units\.csv, line 3, kind: /,
        ],
      ],
      [
        'units',
        'twice.csv',
        'id,name_zh,name_en,kind\na1,甲,A,bureau\na1,乙,B,bureau\n',
        [/line 3, id: Another unit has this code/],
      ],
      ['units', 'typo.csv', 'id,name_zh,name_en,kind,fone\na1,甲,A,bureau,1\n', [/line 2, fone: /]],
      [
        'people',
        'people.jsonl',
        '{"username":"li","name":{"zh":"李","en":"Li"},"role":"mayor","unit":"roads"}\n',
        [/line 1, role: /],
      ],
      [
        'people',
        'stranger.jsonl',
        '{"username":"admin","name":{"zh":"李","en":"Li"},"role":"head","unit":"x"}\n',
        [/line 1, unit: Please choose a unit/, /line 1, username: Somebody else has this user name/],
      ],
      [
        'people',
        'short.jsonl',
        '{"username":"li","name":{"zh":"李","en":"Li"},"role":"head","unit":"mailbox-office","password":"short"}\n',
        [/line 1, password: .*at least 10/],
      ],
      [
        'rules',
        'rules.json',
        '[\n{"id": "ok", "any": ["x"], "unit": "mailbox-office"},\n{"id": "a", "any": [], "unit": "moon"}]',
        [/line 3, any: /],
      ],
      ['rules', 'moon.json', '[{"id": "a", "any": ["x"], "unit": "moon"}]', [/line 1, unit: /]],
      ['rules', 'broken.json', '[{"id": ', [/line 1: this row cannot be read/]],
      ['units', 'empty.csv', '', [/is empty/]],
    ] as const;
    for (const [option, name, content, sentences] of WRONG) {
      const path = file(name, content);
      const said = await setup(piped(PASSWORD), ...NAMES, '--password-stdin', `--${option}`, path);
      assert.equal(said.code, 2, name);
      for (const sentence of sentences) assert.match(said.notes.join('\n'), sentence, name);
    }
    assert.equal(await huiyin.services.directory.town(), null);
    assert.deepEqual(await huiyin.services.directory.units(), []);
  });

  it('options that are missing or wrong, and nobody to ask › each is named', async () => {
    const said = await setup(
      piped('too short'),
      '--town-zh',
      '北岸区',
      '--admin',
      'no spaces please',
      '--password-stdin',
    );
    assert.equal(said.code, 2);
    const sentences = said.notes.join('\n');
    for (const option of ['--town-en', '--admin', '--password-stdin'])
      assert.match(sentences, new RegExp(`^${option}: `, 'm'));
    assert.doesNotMatch(sentences, /--town-zh/);
  });

  it('on a terminal › asks one by one, again when an answer is wrong', async () => {
    const answers = ['北岸区', '', 'North Shore', '', '', 'admin', ''];
    const asked: string[] = [];
    const secrets = ['short', PASSWORD];
    const input: Input = {
      isTerminal: true,
      ask: async (question) => {
        asked.push(question);
        return answers.shift() ?? assert.fail('asked too often');
      },
      askSecret: async (question) => {
        asked.push(question);
        return secrets.shift() ?? assert.fail('asked too often');
      },
      firstLine: async () => assert.fail('nothing is piped'),
    };
    const said = await setup(input);
    assert.equal(said.code, 0, said.notes.join('\n'));
    assert.equal(asked.filter((question) => question.startsWith('Name of the town, in English')).length, 2);
    assert.equal(asked.filter((question) => question.startsWith('Their password')).length, 2);
    assert.ok(asked.includes('Name of the mailbox, in Chinese [区长信箱]: '));
    assert.equal((await huiyin.services.signIn('admin', PASSWORD)).name.zh, 'admin');
  });

  it('where there is a town › refuses, and says how to have another', async () => {
    await setup(piped(PASSWORD), ...NAMES, '--password-stdin');
    const said = await setup(piped(PASSWORD), ...NAMES, '--password-stdin');
    assert.equal(said.code, 2);
    assert.match(
      said.notes.join(),
      /There is a town here already: North Shore.*DATA_DIR=my-town npm run setup/,
    );

    const { directory } = huiyin.services;
    const town = await directory.town();
    assert.ok(town);
    await directory.saveTown({ ...town, isDemonstration: true });
    const demonstration = await setup(piped(PASSWORD), ...NAMES, '--password-stdin');
    assert.match(
      demonstration.notes.join(),
      /The demonstration town North Shore is here; it lives in data\//,
    );
    assert.equal((await directory.people()).length, 1);
  });

  it('where there is no town yet › letters can be taken in first', async () => {
    const letters = file('letters.csv', 'body,date\n路灯不亮,2005-03-01\n');
    const imported = await runCommand(importCommand, [letters, '--source', 'x'], huiyin);
    assert.equal(imported.code, 0);
    assert.match(imported.notes.join(), /There is no town in this store yet/);
    assert.equal((await setup(piped(PASSWORD), ...NAMES, '--password-stdin')).code, 0);
  });

  it('where something was begun and not finished › refuses', async () => {
    await huiyin.services.directory.saveUnit({
      id: 'x1',
      name: { zh: '甲', en: 'A' },
      kind: 'bureau',
      duties: { zh: '', en: '' },
      phone: '',
      address: { zh: '', en: '' },
    });
    const said = await setup(piped(PASSWORD), ...NAMES, '--password-stdin');
    assert.equal(said.code, 2);
    assert.match(said.notes.join(), /begun in this store and not finished/);
    const letters = file('letters.csv', 'body,date\n路灯不亮,2005-03-01\n');
    const imported = await runCommand(importCommand, [letters, '--source', 'x'], huiyin);
    assert.equal(imported.code, 2);
    assert.match(imported.notes.join(), /not finished, and letters put beside it could be lost/);
  });
});
