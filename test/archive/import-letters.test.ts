import iconv from 'iconv-lite';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCommand } from '../../src/archive/import.command.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { wallOf } from '../support/builders.ts';
import { runCommand, type Said } from '../support/run-command.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const ROW = {
  id: '17',
  user: '李小满',
  title: '路灯不亮',
  body: '文昌路的路灯已经一周不亮了，请来看看。',
  date: '2005-03-01T09:30:15',
};
const REPLY = { reply: '李小满您好，路灯已修复。', reply_date: '2005-03-03 16:00', unit: '交通局' };

describe('npm run import', () => {
  let town: TestTown;
  let folder: string;
  let serial = 0;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
    folder = mkdtempSync(join(tmpdir(), 'huiyin-import-'));
  });
  after(async () => {
    await town.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (content: string | Buffer, extension = 'jsonl'): string => {
    serial += 1;
    const path = join(folder, `letters-${serial}.${extension}`);
    writeFileSync(path, content);
    return path;
  };
  const lines = (...rows: readonly unknown[]): string =>
    rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  /** Imports under a source of its own, unless the arguments name one. */
  const run = (path: string, ...args: readonly string[]): Promise<Said> => {
    serial += 1;
    const source = args.includes('--source') ? [] : ['--source', `box-${serial}`];
    return runCommand(importCommand, [path, ...source, ...args], town);
  };
  const taken = async (source: string, ...ids: readonly string[]): Promise<Matter[]> => {
    const found = await town.services.matters.importedFrom(source, ids);
    return ids.flatMap((id) => found.find((matter) => matter.origin?.externalId === id) ?? []);
  };
  const rejectedOf = (path: string): { line: number; reason: string; row: string }[] =>
    readFileSync(`${path}.rejected`, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const facts = async (source: string) =>
    (await town.services.facts.receivedBetween('1900-01-01', '2030-01-01')).filter(
      (fact) => fact.source === source,
    );

  it('a letter with its reply › keeps its words, dates and unit, and gets a number of its own year', async () => {
    const said = await run(file(lines({ ...ROW, ...REPLY, published: true })), '--source', 'whole');

    assert.equal(said.code, 0, said.notes.join('\n'));
    const [matter] = await taken('whole', '17');
    assert.ok(matter);
    assert.match(matter.number, /^2005-\d{6}-\d$/);
    assert.deepEqual(
      [matter.state, matter.lead, matter.letter.kind, matter.letter.channel],
      ['archived', 'roads', 'consult', 'import'],
    );
    assert.equal(matter.letter.receivedAt.toISOString(), '2005-03-01T01:30:15.000Z');
    assert.equal(wallOf(matter.answer?.answeredAt), '2005-03-03 16:00');
    assert.equal(matter.letter.writer.name, '李小满');
    const [fact] = await facts('whole');
    assert.deepEqual(
      [fact?.unit, fact?.daysToAnswer, fact?.isOnTime, fact?.isPublished],
      ['roads', 2, true, true],
    );
    const open = await town.services.publicLetters.byNumber(matter.number);
    assert.equal(open?.answer, '███您好，路灯已修复。');
    assert.equal(open.signedAs, '');
  });

  it('sends nothing and wakes no clock', async () => {
    await run(file(lines({ ...ROW, mail: 'li@mail.example', phone: '13800001234', ...REPLY })));
    await town.sweeps.advanceClocks(town.at.now());
    await town.sweeps.announceLeftovers(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
    assert.deepEqual([town.sent.mail, town.sent.sms], [[], []]);
    assert.equal((await town.services.notices.countByState()).size, 0);
  });

  it('twice › doubles nothing, and mends what a run that broke off left out', async () => {
    const path = file(lines(ROW, { ...ROW, ...REPLY, id: '18', published: '是' }));
    await run(path, '--source', 'twice');
    await town.services.facts.clear();
    await town.services.publicLetters.clear();
    const said = await run(path, '--source', 'twice');

    assert.match(said.result, /2 rows read .* 0 letters imported, 2 were there before, 0 not taken/);
    assert.equal(said.code, 0);
    assert.equal((await facts('twice')).length, 2);
    const [, published] = await taken('twice', '17', '18');
    assert.ok(await town.services.publicLetters.byNumber(published?.number ?? ''));
  });

  it('two sources with the same ids › are two letters', async () => {
    const path = file(lines(ROW));
    await run(path, '--source', 'mailbox');
    await run(path, '--source', 'hotline');
    const [one] = await taken('mailbox', '17');
    const [other] = await taken('hotline', '17');
    assert.ok(one && other);
    assert.notEqual(one.number, other.number);
  });

  it('one id with other words › is not taken for the same letter', async () => {
    const path = file(lines(ROW, ROW, { ...ROW, body: '完全不同的另一封信，说的是积水。' }));
    const said = await run(path);
    assert.match(said.result, /1 letters imported, 1 were there before, 1 not taken/);
    assert.deepEqual(
      rejectedOf(path).map(({ line }) => line),
      [3],
    );
  });

  it('rows without an id › are known again by their words', async () => {
    const { id: _, ...row } = ROW;
    const path = file(lines(row, { ...row, body: '另一封没有编号的来信，说积水。' }));
    assert.match((await run(path, '--source', 'nameless')).result, /2 letters imported/);
    assert.match((await run(path, '--source', 'nameless')).result, /0 letters imported, 2 were there/);
  });

  it('a dry run › writes nothing at all, and says what would be', async () => {
    const path = file(lines(ROW, ROW, { ...ROW, id: '19', body: '' }));
    const said = await run(path, '--source', 'dry', '--dry-run');
    assert.match(said.result, /1 letters would be imported, 1 are there already, 1 would not be taken/);
    assert.deepEqual(await taken('dry', '17'), []);
    assert.deepEqual(await facts('dry'), []);
    assert.equal(existsSync(`${path}.rejected`), false);
  });

  describe('bad rows', () => {
    const DAMAGED = [
      [{ ...ROW, body: ' ' }, 'no body'],
      [{ ...ROW, body: undefined }, 'no body'],
      [{ ...ROW, date: '' }, 'no date'],
      [{ ...ROW, date: '2005-02-30' }, 'date is not a date'],
      [{ ...ROW, date: 'last spring' }, 'date is not a date'],
      [{ ...ROW, date: '2045-02-03' }, 'date lies in the future'],
      [{ ...ROW, body: 'x'.repeat(20_001) }, 'body is longer than 20000 characters'],
      [{ ...ROW, title: 'x'.repeat(301) }, 'title is longer than 300 characters'],
      [{ ...ROW, body: { $where: 'sleep(1)' } }, 'body is not text'],
      [{ ...ROW, id: ['17'] }, 'id is not text'],
      [{ ...ROW, ...REPLY, reply_date: '2005-02-28' }, 'the reply is older than the letter'],
      [{ ...ROW, reply: REPLY.reply }, 'a reply without a reply_date'],
      [{ ...ROW, reply_date: '2005-03-03' }, 'a reply_date without a reply'],
      [{ ...ROW, outcome: 'lost' }, 'outcome is none of answered, refused, withdrawn, repeat'],
      [{ ...ROW, outcome: 'constructor' }, 'outcome is none of answered, refused, withdrawn, repeat'],
      [{ ...ROW, outcome: 'answered' }, 'outcome says answered, but there is no reply'],
      ['{"id": "17", "body": ', 'not a JSON object'],
      ['[1, 2]', 'a list or a single value where an object is expected'],
      ['42', 'a list or a single value where an object is expected'],
      ['null', 'a list or a single value where an object is expected'],
    ] as const;

    it('are kept word for word, each with its line and reason, beside the good ones', async () => {
      const path = file(lines({ ...ROW, id: 'good' }, ...DAMAGED.map(([row]) => row)));
      const said = await run(path, '--source', 'mixed');

      assert.equal(said.code, 0);
      assert.match(said.result, new RegExp(`1 letters imported, 0 .* ${DAMAGED.length} not taken`));
      assert.deepEqual(
        rejectedOf(path),
        DAMAGED.map(([row, reason], i) => ({ line: i + 2, reason, row: lines(row) })),
      );
    });

    it('only bad ones › nothing is imported, exit code 2', async () => {
      const path = file(lines(...DAMAGED.map(([row]) => row)));
      const said = await run(path);
      assert.equal(said.code, 2);
      assert.equal(rejectedOf(path).length, DAMAGED.length);
      assert.match(said.result, /2 × no body \(line 1, 2\)/);
    });

    it('a report of an earlier run › is taken away when all is well', async () => {
      const path = file(lines(ROW, '{'));
      await run(path);
      assert.equal(existsSync(`${path}.rejected`), true);
      writeFileSync(path, lines(ROW));
      await run(path);
      assert.equal(existsSync(`${path}.rejected`), false);
    });

    it('--report › names where they are kept', async () => {
      const report = join(folder, 'of-my-own.txt');
      const path = file('{\n');
      await run(path, '--report', report);
      assert.match(readFileSync(report, 'utf8'), /^\{"line":1,"reason":"not a JSON object","row":"\{"\}\n$/);
      assert.equal(existsSync(`${path}.rejected`), false);
    });

    it('hostile keys › change nothing but themselves', async () => {
      const path = file(
        `{"__proto__": {"published": true}, "constructor": "x", "$where": "1", "a.b": 1, ${JSON.stringify({ ...ROW, ...REPLY }).slice(1)}`,
      );
      const said = await run(path, '--source', '__proto__');
      assert.equal(said.code, 0, said.notes.join());
      const [matter] = await taken('__proto__', '17');
      assert.equal(matter?.publication, null);
      assert.equal(({} as { published?: boolean }).published, undefined);
      const figures = await town.services.getTownFigures('2005-03-01', '2005-03-01');
      assert.equal(Object.getOwnPropertyDescriptor(figures.imported, '__proto__')?.value.received, 1);
    });
  });

  describe('forms of rows', () => {
    const DATES = [
      ['2019-04-24T15:40:04', '2019-04-24 15:40'],
      ['2019-04-24 15:40:04', '2019-04-24 15:40'],
      ['2019/4/24 15:40', '2019-04-24 15:40'],
      ['2019-04-24', '2019-04-24 00:00'],
      ['2019年4月24日', '2019-04-24 00:00'],
      ['2019年4月24日 9时05分', '2019-04-24 09:05'],
      ['2019.4.24 7:05', '2019-04-24 07:05'],
      ['２０１９－０４－２４', '2019-04-24 00:00'],
      ['2019-04-24T15:40:04Z', '2019-04-24 23:40'],
      ['2019-04-24T15:40:04.123+01:00', '2019-04-24 22:40'],
      // Shanghai kept summer time in 1988.
      ['1988-07-01 12:00', '1988-07-01 11:00'],
    ] as const;
    it('dates of many shapes › are the instants they say, in the town’s zone', async () => {
      const path = file(lines(...DATES.map(([date], i) => ({ ...ROW, id: `d${i}`, date }))));
      await run(path, '--source', 'dates');
      const found = await taken('dates', ...DATES.map((_, i) => `d${i}`));
      assert.deepEqual(
        found.map(({ letter }) => wallOf(letter.receivedAt)),
        DATES.map(([, expected]) => expected),
      );
    });

    it('a reply of the letter’s own day without an hour › came after the letter', async () => {
      await run(file(lines({ ...ROW, ...REPLY, reply_date: '2005/3/1' })), '--source', 'same-day');
      const [matter] = await taken('same-day', '17');
      assert.deepEqual(matter?.answer?.answeredAt, matter?.letter.receivedAt);
    });

    it('without a title › the beginning of the body stands in', async () => {
      const { title: _, ...row } = ROW;
      await run(file(lines({ ...row, body: `${'𠮷'.repeat(40)}。` })), '--source', 'untitled');
      const [matter] = await taken('untitled', '17');
      assert.equal(matter?.letter.title, '𠮷'.repeat(30));
    });

    it('kinds and outcomes › are understood in Chinese too, and counted for what they are', async () => {
      const path = file(
        lines(
          { ...ROW, id: '1', kind: '投诉类' },
          { ...ROW, id: '2', kind: '举报', ...REPLY, published: true },
          { ...ROW, id: '3', kind: '城乡建设', outcome: '重复' },
          { ...ROW, id: '4', outcome: 'refused', reply: '请向法院起诉。', reply_date: '2005-03-02' },
          { ...ROW, id: '5', outcome: 'withdrawn', kind: 'constructor' },
          { ...ROW, id: '6', outcome: '已答复', ...REPLY, published: '公开' },
        ),
      );
      const said = await run(path, '--source', 'outcomes');
      const found = await taken('outcomes', '1', '2', '3', '4', '5', '6');
      assert.deepEqual(
        found.map(({ letter, resolution, refusal }) => [letter.kind, resolution, refusal?.ground ?? null]),
        [
          ['complaint', null, null],
          ['report', 'explained', null],
          ['consult', 'refused', 'answered'],
          ['consult', 'refused', 'other-organ'],
          ['consult', 'withdrawn', null],
          ['consult', 'explained', null],
        ],
      );
      assert.equal(found[3]?.refusal?.text, '请向法院起诉。');
      assert.match(said.result, /2 have a reply, 1 were answered publicly/);
      const { imported } = await town.services.getTownFigures('2005-03-01', '2005-03-01');
      const { received, valid, answered, published } = imported['outcomes'] ?? {};
      assert.deepEqual([received, valid, answered, published], [6, 3, 2, 1]);
    });

    it('an unknown unit › stays as it is written; --unit stands in where none is', async () => {
      const path = file(
        lines({ ...ROW, id: '1', unit: '电话办' }, { ...ROW, id: '2' }, { ...ROW, id: '3', unit: 'water' }),
      );
      await run(path, '--source', 'units', '--unit', '信箱办');
      const found = await taken('units', '1', '2', '3');
      assert.deepEqual(
        found.map(({ lead }) => lead),
        ['电话办', 'mailbox-office', 'water'],
      );
    });
  });

  describe('CSV', () => {
    const CSV = [
      '编号,姓名,标题,来信内容,来信时间,回复内容,回复时间,承办单位,是否公开,浏览量',
      '1,张三,"停水","第一行',
      '第二行，他说""停水""了",2005-03-01 08:00,已恢复,2005-03-02 09:00,水务局,是,5',
      '',
      '2,李四,㐀字和𠮷字,㐀𠮷镕堃的名字打不出来,2005/3/2,,,,否,6',
    ];
    const check = async (source: string): Promise<void> => {
      const [first, second] = await taken(source, '1', '2');
      assert.equal(first?.letter.body, '第一行\n第二行，他说"停水"了');
      assert.deepEqual([first.lead, first.publication?.isPublished], ['water', true]);
      assert.equal(second?.letter.body, '㐀𠮷镕堃的名字打不出来');
      assert.equal(second.answer, null);
    };
    const FILES = [
      ['utf8', Buffer.from(CSV.join('\n')), 'UTF-8'],
      ['bom', Buffer.from(`\uFEFF${CSV.join('\r\n')}\r\n`), 'UTF-8 with a mark and CRLF'],
      ['gb', iconv.encode(CSV.join('\r\n'), 'gb18030'), 'GB18030'],
      ['excel', iconv.encode(CSV.join('\r\n').replaceAll(',', '\t'), 'utf16le', { addBOM: true }), 'UTF-16'],
      ['semicolon', Buffer.from(CSV.join('\n').replaceAll(',', ';')), 'semicolons'],
    ] as const;
    for (const [source, content, what] of FILES) {
      it(`${what} › Chinese column names, quotes and line ends in cells, rare characters`, async () => {
        const said = await run(file(content, 'csv'), '--source', source);
        assert.match(said.result, /2 letters imported, 0 were there before, 0 not taken/);
        assert.match(said.result, /nothing was done with: 浏览量/);
        await check(source);
      });
    }

    it('--encoding › decides', async () => {
      const path = file(iconv.encode(CSV.join('\n'), 'gb18030'), 'csv');
      assert.equal((await run(path, '--source', 'said', '--encoding', 'GB18030')).code, 0);
      await check('said');
      assert.equal((await run(path, '--encoding', 'utf-8')).code, 2);
      assert.equal((await run(path, '--encoding', 'klingon')).code, 2);
    });

    it('bytes that are damaged › cost their row only', async () => {
      const good = Array.from({ length: 50 }, (_, i) => `${i},路灯坏了请修理,2005-03-01`);
      const bytes = Buffer.concat([
        Buffer.from(`id,body,date\n${good.join('\n')}\n98,坏`),
        Buffer.from([0xe5, 0x9d]),
        Buffer.from('了,2005-03-01\n99,好的,2005-03-02\n'),
      ]);
      const path = file(bytes, 'csv');
      const said = await run(path);
      assert.match(said.result, /51 letters imported, 0 were there before, 1 not taken/);
      assert.deepEqual(
        rejectedOf(path).map(({ line, reason }) => [line, reason.slice(0, 31)]),
        [[52, 'some characters are damaged: th']],
      );
    });

    it('a quotation mark that is never closed, and cells too many › cost their rows only', async () => {
      const path = file(
        [
          'id,body,date',
          '1,"never closed,2005-03-01',
          '2,5" pipe leaks,2005-03-01',
          '3,"fine, said ""he""",2005-03-01',
          '4,one,two,three',
          '5,fine,2005-03-01,,',
          '6,short',
          '7,"two',
          'lines",2005-03-01',
          '8,"open to the end,2005-03-01',
        ].join('\n'),
        'csv',
      );
      await run(path, '--source', 'quotes');
      assert.deepEqual(
        (await taken('quotes', '2', '3', '5', '7')).map(({ letter }) => letter.body),
        ['5" pipe leaks', 'fine, said "he"', 'fine', 'two\nlines'],
      );
      assert.deepEqual(
        rejectedOf(path).map(({ line, reason }) => [line, reason]),
        [
          [2, 'a quotation mark is opened and not closed'],
          [5, '4 cells under 3 columns'],
          [7, '2 cells under 3 columns'],
          [10, 'a quotation mark is opened and not closed'],
        ],
      );
    });

    it('--columns › names what the file calls otherwise', async () => {
      const path = file('Nr;Wortlaut;Eingang\n1;Die Laterne ist kaputt.;2005-03-01', 'csv');
      const unclear = await run(path);
      assert.equal(unclear.code, 2);
      assert.match(unclear.notes.join('\n'), /body, date.*Nr, Wortlaut, Eingang/);
      const said = await run(path, '--source', 'named', '--columns', 'Nr=id,Wortlaut=body,Eingang=date');
      assert.equal(said.code, 0);
      assert.equal((await taken('named', '1'))[0]?.letter.language, 'en');
      assert.match((await run(path, '--columns', 'Nr=nonsense')).notes.join(), /"Nr=nonsense" is not/);
      assert.match((await run(path, '--columns', 'Text=body')).notes.join(), /has no column "Text"/);
    });
  });

  it('a JSON array › is read as its objects', async () => {
    const rows = [ROW, { ...ROW, id: '18', body: '含有 ] } , " 和 \\ 的来信内容' }, 7];
    const path = file(JSON.stringify(rows, null, 2), 'json');
    await run(path, '--source', 'array');
    assert.equal(
      (await taken('array', '17', '18'))[1]?.letter.body,
      rows[1] && '含有 ] } , " 和 \\ 的来信内容',
    );
    assert.deepEqual(rejectedOf(path), [
      { line: 16, reason: 'a list or a single value where an object is expected', row: '7' },
    ]);
  });

  it('a line longer than any row › is rejected and does not fill the memory', async () => {
    const path = file(lines(ROW, `{"id": "x", "body": "${'x'.repeat(1_200_000)}"}`, { ...ROW, id: '18' }));
    const said = await run(path);
    assert.match(said.result, /2 letters imported, 0 were there before, 1 not taken/);
    assert.equal(rejectedOf(path)[0]?.row.length, 1_000_000);
  });

  it('what cannot be read › is said, with exit code 2', async () => {
    mkdirSync(join(folder, 'a-folder.jsonl'), { recursive: true });
    const CALLS = [
      [[join(folder, 'not-there.csv'), '--source', 'x'], /There is no file/],
      [[join(folder, 'a-folder.jsonl'), '--source', 'x'], /is not a file/],
      [[file(''), '--source', 'x'], /is empty/],
      [['--source', 'x'], /Name one file/],
      [[file(lines(ROW))], /--source is missing/],
      [[file(lines(ROW)), '--source', 'own'], /cannot be used/],
      [[file(lines(ROW)), '--source', 'x', '--unit', 'nowhere'], /no unit "nowhere"/],
      [[file(lines(ROW)), '--source', 'x', '--frob'], /Unknown option '--frob'/],
      [[file('\n\n', 'csv'), '--source', 'x'], /^$/],
    ] as const;
    for (const [args, sentence] of CALLS) {
      const said = await runCommand(importCommand, args, town);
      assert.equal(said.code, 2, args.join(' '));
      assert.match(said.notes.filter((note) => !note.startsWith('Reading')).join('\n'), sentence);
    }
  });

  it('speaks Chinese to a Chinese operator', async () => {
    const path = file(lines(ROW, { ...ROW, id: '2', body: '' }));
    const said = await runCommand(importCommand, [path, '--source', '中文'], town, 'zh-CN');
    assert.match(said.result, /导入信件 1 件，原已导入 0 件，未收 1 行/);
    assert.match(said.result, /1 行：缺少内容（第 2 行）/);
    assert.match(said.progress.at(-1) ?? '', /已读 2 行/);
  });
});
