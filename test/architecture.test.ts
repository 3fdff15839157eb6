import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix } from 'node:path';

/** The arrows of the house: who may reach whom, and which packages. The first row that fits a path names its layer. */
interface Layer {
  readonly name: string;
  readonly is: RegExp;
  readonly reaches: RegExp;
  readonly packages: RegExp;
  /** Further layers, within the file's own module. */
  readonly reachesOwn?: RegExp;
  /** Files that may be named with `import type` only. */
  readonly typesOf?: RegExp;
}

const ANY = /./;
const NONE = /^$/;
const MODULES = [
  'letters',
  'matters',
  'repeats',
  'petitions',
  'publication',
  'directory',
  'notices',
  'statistics',
  'clocks',
  'supervision',
  'dashboard',
  'accounts',
  'archive',
].join('|');

const LAYERS: readonly Layer[] = [
  {
    name: 'root',
    is: /^src\/(server|compose(-[a-z]+)?|app|command|open-town-store|welcome)\.ts$/,
    reaches: ANY,
    packages: ANY,
  },
  { name: 'domain', is: /^src\/domain\//, reaches: /^domain$/, packages: NONE },
  // What the database says, for stores: all of the platform they may name.
  {
    name: 'database',
    is: /^src\/platform\/mongo\/duplicate-key\.ts$/,
    reaches: NONE,
    packages: /^mongoose$/,
  },
  { name: 'platform', is: /^src\/platform\//, reaches: /^(platform|domain)$/, packages: ANY },
  {
    name: 'store',
    is: new RegExp(`^src/(${MODULES})/[^/]+\\.(mongo|schema)\\.ts$`),
    reaches: /^(domain|core|store|database)$/,
    packages: /^mongoose$/,
  },
  {
    name: 'mail',
    // Mail that comes in: a mailbox, and what a mail is made of.
    is: new RegExp(`^src/(${MODULES})/[^/]+\\.(imap|mime)\\.ts$`),
    reaches: /^(domain|core|platform)$/,
    reachesOwn: /^mail$/,
    packages: /^(node:.+|imapflow|mailparser|iconv-lite)$/,
  },
  {
    name: 'web',
    is: new RegExp(`^src/(${MODULES})/[^/]+\\.(routes|socket)\\.ts$`),
    reaches: /^(domain|core|forms|platform)$/,
    packages: /^(express|socket\.io|joi|multer)$/,
    // A module's router may be several files, each mounted by another.
    reachesOwn: /^web$/,
  },
  {
    name: 'forms',
    is: new RegExp(`^src/(${MODULES})/[^/]+-forms\\.ts$`),
    reaches: /^(domain|core|forms|platform)$/,
    packages: /^joi$/,
  },
  {
    name: 'command',
    is: new RegExp(`^src/(${MODULES})/[^/]+\\.command\\.ts$`),
    reaches: /^(domain|core|forms|platform)$/,
    reachesOwn: /^command$/,
    packages: /^(node:.+|csv-parse(\/.+)?|iconv-lite)$/,
  },
  {
    name: 'channel',
    // The port the channels share, channel.ts, is core.
    is: /^src\/notices\/channels\/(?!channel\.ts$)(sms\/)?[^/]+\.ts$/,
    reaches: /^(domain|core|channel|platform)$/,
    packages: /^(node:.+|nodemailer|joi|smpp)$/,
  },
  {
    name: 'job',
    is: /^jobs\//,
    reaches: /^(domain|core|job)$/,
    packages: NONE,
    typesOf: /^src\/platform\/scheduler\.ts$/,
  },
  {
    name: 'fixtures',
    is: /^fixtures\/[^/]+\.ts$/,
    reaches: /^(domain|core|forms|platform|root|fixtures)$/,
    packages: /^(joi|node:fs|node:path|node:async_hooks)$/,
  },
  // Use cases, ports, views: no package, and not Node's either.
  {
    name: 'core',
    is: new RegExp(`^src/(${MODULES})/([^/]+|channels/channel)\\.ts$`),
    reaches: /^(domain|core)$/,
    packages: NONE,
    typesOf: /^src\/platform\/(clock|ids|job-runs-store|log|words)\.ts$/,
  },
];

/** As the linter counts: without blank lines and comments. */
const MOST_LINES = 250;
const READS_THE_WORLD =
  /\bnew Date\(\s*\)|\bDate\(\s*\)|\bDate\.now\b|\bMath\.random\b|\bprocess\s*[.[]|\bset(Timeout|Interval|Immediate)\b|\bconsole\.|\bperformance\.|\bcrypto\.|\bglobalThis\b|\bfetch\(/;
const DEFAULT_EXPORT = /\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/;
const DUMPING_GROUND = /(^|[-./])(utils?|helpers?|managers?|common)([-./]|$)/;
const TEMPLATE_COMMENT = /<%\s*\/\*[\s\S]*?\*\/\s*%>/g;
const STATIC_IMPORT = /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s*)?(['"])([^'"]+)\2/g;
const DYNAMIC_IMPORT = /\bimport\s*\(\s*(?:(['"])([^'"]+)\1)?/g;

const layerOf = (file: string): Layer | undefined => LAYERS.find((layer) => layer.is.test(file));

/** Comments are for people; strings are left alone. */
const withoutComments = (text: string): string =>
  text.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1|\/\/.*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith('/') ? ' ' : found,
  );

interface Import {
  readonly target: string;
  readonly isType: boolean;
}

const importsOf = (code: string): Import[] => [
  ...[...code.matchAll(STATIC_IMPORT)].map((match) => ({
    target: match[3] ?? '',
    isType: match[1] !== undefined,
  })),
  ...[...code.matchAll(DYNAMIC_IMPORT)].map((match) => ({ target: match[2] ?? '(reckoned)', isType: false })),
];

/** What is wrong with one arrow, or null. */
function wrongArrow(file: string, layer: Layer, { target, isType }: Import): string | null {
  if (layer.name === 'root') return null;
  if (target === '(reckoned)')
    return layer.name === 'platform' ? null : `${layer.name} imports what nobody can read here`;
  if (!target.startsWith('.'))
    return layer.packages.test(target) ? null : `${layer.name} may not import ${target}`;
  const path = posix.join(posix.dirname(file), target);
  const to = layerOf(path);
  if (!to) return `${layer.name} reaches ${path}, which is in no layer`;
  if (isType && layer.typesOf?.test(path)) return null;
  const isOtherModule = posix.dirname(path) !== posix.dirname(file);
  if (!isOtherModule && layer.reachesOwn?.test(to.name)) return null;
  if (!layer.reaches.test(to.name)) return `${layer.name} may not reach ${to.name} (${path})`;
  return layer.name === 'store' && to.name === 'store' && isOtherModule
    ? `a store may not reach another module's store (${path})`
    : null;
}

function violations(file: string, text: string): string[] {
  const layer = layerOf(file);
  if (!layer) return [`${file} belongs to no layer`];
  const code = withoutComments(text);
  const found = importsOf(code).flatMap((one) => wrongArrow(file, layer, one) ?? []);
  if (layer.name === 'domain' && READS_THE_WORLD.test(code)) found.push('the domain reads the world');
  if (layer.name === 'core' && READS_THE_WORLD.test(code)) found.push('a use case reads the world');
  if (DEFAULT_EXPORT.test(code)) found.push('a default export');
  // Lines of code: a file is not made shorter by saying less about it.
  const lines = code.split('\n').filter((line) => line.trim() !== '').length;
  if (lines > MOST_LINES) found.push(`more than ${MOST_LINES} lines`);
  return found;
}

/** Rules for every file a person writes, tests and views included. */
function untidy(file: string, text: string): string[] {
  const found: string[] = [];
  const isCode = /\.(ts|mjs|js)$/.test(file);
  if (isCode && DUMPING_GROUND.test(file)) found.push('a dumping ground by its name');
  if (localPaths().some((path) => path.test(text))) found.push('a path of somebody’s own machine');
  if (file.endsWith('.test.ts') && /\b(describe|it|context|specify)\s*\.only\s*\(/.test(text))
    found.push('.only(');
  if (file.endsWith('.eta')) {
    for (const [, raw = ''] of text.replace(TEMPLATE_COMMENT, '').matchAll(/<%~\s*([\s\S]*?)%>/g)) {
      const isLayoutBody = file.startsWith('views/layout/') && /^it\.body\s*$/.test(raw);
      if (!isLayoutBody && !/^(layout|include|includeAsync)\(/.test(raw))
        found.push(`raw output: ${raw.trim()}`);
    }
  }
  return found;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Homes of people, and this very checkout wherever it is. */
function localPaths(): RegExp[] {
  const own = [process.cwd(), homedir()].filter((path) => path.length > 1);
  return [
    /(?<![\w./])\/(home|Users)\/\w/,
    /\b[A-Z]:\\\\?Users\b/,
    ...own.map((path) => new RegExp(`(?<![\\w./])${literally(path)}\\b`)),
  ];
}

/** Top-level entries the design names; dot-files are free. */
const TOP_LEVEL =
  /^(\..+|package(-lock)?\.json|tsconfig\.json|README\.md|LICENSE|src|jobs|views|fixtures|test|deploy)$/;
const strangers = (tracked: readonly string[]): string[] =>
  [...new Set(tracked.map((path) => path.split('/')[0] ?? ''))].filter((entry) => !TOP_LEVEL.test(entry));

const filesIn = (folder: string, ending: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
        .filter((file) => ending.test(file))
        .sort()
    : [];

const SOURCES = ['src', 'jobs', 'fixtures'].flatMap((folder) => filesIn(folder, /\.ts$/));
const ALL = [
  ...SOURCES,
  ...filesIn('test', /\.ts$/),
  ...filesIn('views', /\.(eta|js|css|json)$/),
  ...filesIn('src', /\.mjs$/),
];
const read = (file: string): string => readFileSync(file, 'utf8');

describe('architecture › sources', () => {
  it('there are › sources of every kind to look at', () => {
    const layers = new Set(SOURCES.map((file) => layerOf(file)?.name));
    for (const name of ['root', 'domain', 'platform', 'store', 'web', 'core'])
      assert.ok(layers.has(name), name);
  });

  for (const file of SOURCES) {
    it(`${file} › keeps to its layer`, () => assert.deepEqual(violations(file, read(file)), []));
  }

  it('every file › is tidy', () => {
    const found = ALL.flatMap((file) => untidy(file, read(file)).map((what) => `${file}: ${what}`));
    assert.deepEqual(found, []);
  });

  it('the repository › has no other top-level entry than the design names', function () {
    const git = spawnSync('git', ['ls-files'], { encoding: 'utf8' });
    if (git.status !== 0) this.skip();
    const tracked = git.stdout.split('\n').filter((path) => path.length > 0);
    assert.ok(tracked.length > 50);
    assert.deepEqual(strangers(tracked), []);
  });
});

describe('architecture › each rule can fail', () => {
  const caught: readonly [file: string, text: string, what: RegExp][] = [
    ['src/domain/letters/x.ts', "import { Schema } from 'mongoose';", /domain may not import mongoose/],
    ['src/domain/letters/x.ts', "import { readFileSync } from 'node:fs';", /domain may not import node:fs/],
    ['src/letters/x.ts', "import { ImapFlow } from 'imapflow';", /core may not import imapflow/],
    ['src/letters/x.ts', "import { imapInbox } from './mail-inbox.imap.ts';", /core may not reach mail/],
    ['src/letters/x.imap.ts', "import { form } from './letter-forms.ts';", /mail may not reach forms/],
    ['src/domain/letters/x.ts', "import 'mongoose';", /domain may not import mongoose/],
    ['src/domain/letters/x.ts', "import type { R } from '../../letters/letters.routes.ts';", /reach web/],
    ['src/domain/letters/x.ts', "import type { S } from '../../letters/letter-store.ts';", /reach core/],
    ['src/domain/letters/x.ts', "import type { Clock } from '../../platform/clock.ts';", /reach platform/],
    ['src/domain/letters/x.ts', 'const now = new Date();', /reads the world/],
    ['src/domain/letters/x.ts', 'const now = Date.now();', /reads the world/],
    ['src/domain/letters/x.ts', 'const luck = Math.random();', /reads the world/],
    ['src/domain/letters/x.ts', "const zone = process.env['TZ'];", /reads the world/],
    ['src/domain/letters/x.ts', 'setTimeout(run, 10);', /reads the world/],
    ['src/domain/letters/x.ts', "console.log('x');", /reads the world/],
    ['src/domain/letters/x.ts', "const x = 'http://x'; const now = new Date();", /reads the world/],
    ['src/domain/letters/x.ts', 'export default 1;', /default export/],
    ['src/domain/letters/x.ts', 'const x = 1; export { x as default };', /default export/],
    ['src/domain/letters/x.ts', 'x;\n'.repeat(251), /more than 250 lines/],
    [
      'src/platform/x.ts',
      "import { assign } from '../matters/assign-matter.ts';",
      /platform may not reach core/,
    ],
    [
      'src/letters/submit-letter.ts',
      "import { m } from './letter-store.mongo.ts';",
      /core may not reach store/,
    ],
    ['src/letters/x.mongo.ts', "import { l } from '../platform/log.ts';", /store may not reach platform/],
    [
      'src/letters/x.ts',
      "import { d } from '../platform/mongo/duplicate-key.ts';",
      /core may not reach database/,
    ],
    [
      'src/letters/x.routes.ts',
      "import { d } from '../platform/mongo/duplicate-key.ts';",
      /web may not reach database/,
    ],
    ['src/letters/submit-letter.ts', "import { r } from './letters.routes.ts';", /core may not reach web/],
    ['src/letters/submit-letter.ts', "import { f } from './letter-forms.ts';", /core may not reach forms/],
    [
      'src/letters/submit-letter.ts',
      "import { createHash } from 'node:crypto';",
      /core may not import node:crypto/,
    ],
    ['src/letters/submit-letter.ts', "import Joi from 'joi';", /core may not import joi/],
    [
      'src/letters/submit-letter.ts',
      "import { systemClock } from '../platform/clock.ts';",
      /core may not reach platform/,
    ],
    [
      'src/letters/submit-letter.ts',
      "import { type Clock } from '../platform/clock.ts';",
      /core may not reach platform/,
    ],
    [
      'src/letters/submit-letter.ts',
      "import type { Config } from '../platform/config.ts';",
      /core may not reach platform/,
    ],
    ['src/letters/submit-letter.ts', 'const now = new Date();', /a use case reads the world/],
    ['src/letters/letter.view.ts', "import { app } from '../app.ts';", /core may not reach root/],
    [
      'src/letters/letters.routes.ts',
      "export { m } from './letter-store.mongo.ts';",
      /web may not reach store/,
    ],
    [
      'src/letters/letters.routes.ts',
      "import { d } from '../matters/desk.routes.ts';",
      /web may not reach web/,
    ],
    [
      'src/letters/letters.routes.ts',
      "import { b } from '../dashboard/board.socket.ts';",
      /web may not reach web/,
    ],
    ['src/letters/letters.routes.ts', "import mongoose from 'mongoose';", /web may not import mongoose/],
    [
      'src/letters/letters.routes.ts',
      "import { readFileSync } from 'node:fs';",
      /web may not import node:fs/,
    ],
    [
      'src/dashboard/board.socket.ts',
      "import { c } from '../notices/channels/smtp-mail.ts';",
      /web may not reach channel/,
    ],
    [
      'src/letters/letter-store.mongo.ts',
      "import { Router } from 'express';",
      /store may not import express/,
    ],
    [
      'src/letters/letter-store.mongo.ts',
      "import { m } from '../matters/matter.schema.ts';",
      /another module's store/,
    ],
    [
      'src/letters/letter-store.mongo.ts',
      "import { c } from '../platform/config.ts';",
      /store may not reach platform/,
    ],
    ['src/letters/letter.schema.ts', "import Joi from 'joi';", /store may not import joi/],
    ['src/letters/letter-forms.ts', "import { Router } from 'express';", /forms may not import express/],
    [
      'src/letters/letter-forms.ts',
      "import { m } from './letter-store.mongo.ts';",
      /forms may not reach store/,
    ],
    [
      'src/archive/import.command.ts',
      "import { m } from '../letters/letter-store.mongo.ts';",
      /command may not reach store/,
    ],
    ['src/archive/import.command.ts', "import { Router } from 'express';", /command may not import express/],
    [
      'src/notices/channels/smtp-mail.ts',
      "import { m } from '../notice-store.mongo.ts';",
      /channel may not reach store/,
    ],
    [
      'src/notices/channels/smtp-mail.ts',
      "import { Agenda } from 'agenda';",
      /channel may not import agenda/,
    ],
    [
      'src/notices/channels/sms/kannel.ts',
      "import { m } from '../../notice-store.mongo.ts';",
      /channel may not reach store/,
    ],
    [
      'src/notices/gateways.routes.ts',
      "import { k } from './channels/sms/kannel.ts';",
      /web may not reach channel/,
    ],
    ['src/notices/channels/channel.ts', "import { t } from 'nodemailer';", /core may not import nodemailer/],
    ['jobs/remind.ts', "const a = await import('agenda');", /job may not import agenda/],
    [
      'jobs/remind.ts',
      "import { m } from '../src/matters/matter-store.mongo.ts';",
      /job may not reach store/,
    ],
    ['jobs/remind.ts', "import { start } from '../src/platform/scheduler.ts';", /job may not reach platform/],
    [
      'fixtures/load.ts',
      "import { m } from '../src/matters/matter-store.mongo.ts';",
      /fixtures may not reach store/,
    ],
    ['src/letters/submit-letter.ts', "import { x } from '../nowhere/x.ts';", /in no layer/],
    ['src/letters/submit-letter.ts', 'await import(somewhere);', /nobody can read/],
    [
      'src/letters/submit-letter.ts',
      "import {\n  a,\n  b,\n} from './letter-store.mongo.ts';",
      /reach store/,
    ],
    ['src/letters/submit-letter.ts', "export * from './letter-store.mongo.ts';", /reach store/],
    ['src/letters/submit-letter.ts', "type S = import('./letter-store.mongo.ts').S;", /reach store/],
    ['src/nowhere/x.ts', '', /belongs to no layer/],
    ['src/x.ts', '', /belongs to no layer/],
    ['src/letters/deep/er/x.ts', '', /belongs to no layer/],
  ];
  for (const [file, text, what] of caught) {
    it(`${file} › ${text.slice(0, 70).replaceAll('\n', ' ')} › is caught`, () => {
      const found = violations(file, text);
      assert.equal(found.length, 1, found.join('; '));
      assert.match(found[0] ?? '', what);
    });
  }

  const allowed: readonly [file: string, text: string][] = [
    ['src/domain/matters/x.ts', "import { isSecret } from '../letters/letter.ts';"],
    ['src/domain/matters/x.ts', 'const then = new Date(0); // not new Date()'],
    ['src/domain/matters/x.ts', '/** No Date.now here, no process. */'],
    ['src/domain/matters/x.ts', "// import { x } from 'mongoose';"],
    ['src/domain/matters/x.ts', 'x;\n\n// why\n'.repeat(250)],
    ['src/domain/matters/x.ts', `x;\n/*${'\n'.repeat(300)}*/`],
    ['src/matters/assign-matter.ts', "import type { Clock } from '../platform/clock.ts';"],
    ['src/matters/assign-matter.ts', "import { submitLetter } from '../letters/submit-letter.ts';"],
    ['src/matters/assign-matter.ts', "import type { MessageChannel } from '../notices/channels/channel.ts';"],
    ['src/matters/matter-store.mongo.ts', "import { schema } from './matter.schema.ts';"],
    ['src/matters/matter-store.mongo.ts', "import mongoose from 'mongoose';"],
    ['src/matters/desk.routes.ts', "import { form } from './desk-forms.ts';"],
    ['src/archive/import.command.ts', "import { parse } from 'csv-parse/sync';"],
    ['src/notices/channels/smtp-mail.ts', "import { createTransport } from 'nodemailer';"],
    ['src/notices/channels/sms/smpp-link.ts', "import smpp from 'smpp';"],
    ['src/letters/mail-inbox.imap.ts', "import { ImapFlow } from 'imapflow';"],
    ['src/letters/mail-inbox.imap.ts', "import { readMail } from './incoming-mail.mime.ts';"],
    ['jobs/index.ts', "import type { ScheduledJob } from '../src/platform/scheduler.ts';"],
    ['src/compose.ts', "import { routes } from './letters/letters.routes.ts';"],
  ];
  for (const [file, text] of allowed) {
    it(`${file} › ${text.slice(0, 70).replaceAll('\n', ' ')} › is allowed`, () => {
      assert.deepEqual(violations(file, text), []);
    });
  }

  const only = ['it', 'only(']; // apart, so that this file does not catch itself
  const home = ['', 'home', 'somebody', 'x'].join('/');
  const messy: readonly [file: string, text: string, what: RegExp][] = [
    ['src/utils/dates.ts', '', /dumping ground/],
    ['src/letters/letter-helpers.ts', '', /dumping ground/],
    ['src/letters/common.ts', '', /dumping ground/],
    ['src/matters/matter-manager.ts', '', /dumping ground/],
    ['test/domain/x.test.ts', `${only.join('.')}'x', () => {});`, /\.only/],
    ['test/domain/x.test.ts', `read('${home}');`, /own machine/],
    ['src/letters/x.ts', `const here = '${process.cwd()}/x';`, /own machine/],
    ['views/letters/show.eta', '<%~ it.letter.body %>', /raw output: it\.letter\.body/],
    ['views/letters/show.eta', '<%~ it.body %>', /raw output: it\.body/],
    ['views/layout/page.eta', '<%~ it.bodyOfTheLetter %>', /raw output/],
  ];
  for (const [file, text, what] of messy) {
    it(`${file} › ${text.replace(process.cwd(), '(here)') || 'by its name'} › is caught`, () => {
      const found = untidy(file, text);
      assert.equal(found.length, 1, found.join('; '));
      assert.match(found[0] ?? '', what);
    });
  }

  it('what is tidy › is left alone', () => {
    assert.deepEqual(untidy('views/locales/en/common.json', '{}'), []);
    assert.deepEqual(untidy('views/layout/page.eta', '<%~ it.body %><%~ include("x") %>'), []);
    assert.deepEqual(untidy('views/letters/show.eta', '<%= it.body %><%~ include("../x") %>'), []);
    assert.deepEqual(untidy('views/letters/show.eta', '<% /* never <%~ it.body %> here */ %>'), []);
    assert.deepEqual(untidy('src/letters/x.ts', "router.get('/letters/home/x')"), []);
  });

  it('a folder or file nobody planned › is caught at the top', () => {
    const tracked = ['src/server.ts', 'docs/x.md', 'notes.txt', '.ci/run', 'LICENSE', 'lib/a.ts', 'lib/b.ts'];
    assert.deepEqual(strangers(tracked), ['docs', 'notes.txt', 'lib']);
  });
});
