import { encodingOf } from '../platform/rows/text-file.ts';
import { rawRows } from '../platform/rows/read-rows.ts';
import type { Town, Unit } from '../domain/directory/directory.ts';
import { UsageError, type Command } from '../platform/console.ts';
import { describeFields } from '../platform/http/form-errors.ts';
import type { Ids } from '../platform/ids.ts';
import { readablePath, readOptions } from '../platform/options.command.ts';
import type { Translate } from '../platform/words.ts';
import type { NewPerson, SetUp, SetUpTown, TownPlan } from './set-up-town.ts';
import {
  planPeople,
  planRow,
  planRules,
  planUnits,
  type Planned,
  type PlanError,
  type PlanRow,
  type SetupAnswers,
} from './setup-forms.ts';
import { complete } from './setup-questions.command.ts';
import type { Input } from './terminal-input.command.ts';

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  'town-zh': TEXT,
  'town-en': TEXT,
  'mailbox-zh': TEXT,
  'mailbox-en': TEXT,
  admin: TEXT,
  'admin-name': TEXT,
  'password-stdin': { type: 'boolean' },
  units: TEXT,
  people: TEXT,
  rules: TEXT,
} as const;

/** The unit in which the mailbox's own people work; a file of units may describe it itself. */
const OFFICE = 'mailbox-office';

/** `npm run setup`: by options, or asked one by one on a terminal. */
export const makeSetupCommand =
  (input: Input): Command<{ readonly setUpTown: SetUpTown; readonly ids: Ids }> =>
  async ({ args, say, console }) => {
    const { values, positionals } = readOptions(args, OPTIONS, say);
    if (positionals.length > 0)
      throw new UsageError(say('commands:unexpected', { what: positionals.join(' ') }));
    const { units, people, rules, ...typed } = values;
    const files = {
      units: await readPlan(units, 'administration:unit', say),
      people: await readPlan(people, 'administration:person', say),
      rules: await readPlan(rules, 'administration:routing', say),
    };
    checked(planUnits(files.units.rows), files.units, say);

    return async ({ setUpTown, ids }) => {
      const refused = await setUpTown.look();
      if (refused) {
        console.note(sayRefusal(refused, say));
        return 2;
      }
      const password = typed['password-stdin'] ? { password: await input.firstLine() } : {};
      const answers = await complete({ ...typed, ...password }, { input, say, console });
      const plan = planOf(answers, files, ids, say);
      const done = await setUpTown.make(plan);
      if (done.outcome !== 'made') {
        console.note(sayRefusal(done, say));
        return 2;
      }
      for (const line of sayMade(plan, answers.admin, say)) console.result(line);
      return 0;
    };
  };

interface PlanFile {
  readonly path: string;
  readonly rows: readonly PlanRow[];
  /** Where the words for its fields lie. */
  readonly form: string;
}

function planOf(
  answers: SetupAnswers,
  files: Readonly<Record<'units' | 'people' | 'rules', PlanFile>>,
  ids: Ids,
  say: Translate,
): TownPlan {
  const units = withOffice(checked(planUnits(files.units.rows), files.units, say), answers);
  const known = { units, administrator: answers.admin };
  const people = checked(
    planPeople(files.people.rows, known, () => ids.next()),
    files.people,
    say,
  );
  const rules = checked(planRules(files.rules.rows, units), files.rules, say);
  return {
    town: townOf(answers),
    units,
    people: [firstAdministrator(answers, ids.next()), ...people],
    rules,
  };
}

function sayMade({ town, units, people, rules }: TownPlan, admin: string, say: Translate): string[] {
  const locked = people.filter(({ password }) => password === null).length;
  return [
    say('commands:setup.done', {
      town: say.lang === 'en' ? town.name.en : town.name.zh,
      units: units.length,
      people: people.length,
      rules: rules.length,
    }),
    ...(locked > 0 ? [say('commands:setup.locked', { locked })] : []),
    say('commands:setup.next', { admin }),
  ];
}

async function readPlan(path: string | undefined, form: string, say: Translate): Promise<PlanFile> {
  if (path === undefined) return { path: '', rows: [], form };
  await readablePath(path, say);
  const rows: PlanRow[] = [];
  const { encoding } = await encodingOf(path);
  for await (const row of rawRows({ path, encoding })) {
    if (!row.cells) throw new UsageError(say('commands:setup.unreadableRow', { path, line: row.line }));
    rows.push(planRow(row.line, row.cells));
  }
  if (rows.length === 0) throw new UsageError(say('commands:setup.nothingIn', { path }));
  return { path, rows, form };
}

/** The items of a file, all of them right. @throws UsageError that names every row and field that is not. */
function checked<T>({ items, errors }: Planned<T>, { path, form }: PlanFile, say: Translate): readonly T[] {
  if (errors.length === 0) return items;
  const sentence = (error: PlanError): string => {
    const { line, field } = error;
    const message = describeFields([error], say, form)[0]?.message ?? '';
    return say('commands:setup.wrongRow', { path, line, field, message });
  };
  throw new UsageError(
    errors
      .toSorted((a, b) => a.line - b.line)
      .map(sentence)
      .join('\n'),
  );
}

function withOffice(units: readonly Unit[], answers: SetupAnswers): readonly Unit[] {
  if (units.some(({ id }) => id === OFFICE)) return units;
  const none = { zh: '', en: '' };
  const name = { zh: `${answers['mailbox-zh']}办公室`, en: `${answers['mailbox-en']} Office` };
  return [{ id: OFFICE, name, kind: 'office', duties: none, phone: '', address: none }, ...units];
}

function firstAdministrator(answers: SetupAnswers, id: string): NewPerson {
  const name = { zh: answers['admin-name'], en: answers['admin-name'] };
  const post = { zh: '管理员', en: 'Administrator' };
  const person = {
    id,
    username: answers.admin,
    name,
    post,
    role: 'administrator',
    unit: OFFICE,
    phone: '',
    mail: '',
  } as const;
  return { person, password: answers.password };
}

const townOf = (answers: SetupAnswers): Town => ({
  name: { zh: answers['town-zh'], en: answers['town-en'] },
  mailbox: { zh: answers['mailbox-zh'], en: answers['mailbox-en'] },
  greeting: {
    zh: '有事请写信告诉我们，件件有回音，事事有着落。',
    en: 'Write to us: every letter gets an answer, every matter is settled.',
  },
  isDemonstration: false,
});

function sayRefusal(refused: SetUp, say: Translate): string {
  if (refused.outcome !== 'townExists') return say('commands:setup.notEmpty');
  const { zh, en } = refused.town.name;
  const key = refused.town.isDemonstration ? 'demonstrationExists' : 'townExists';
  return say(`commands:setup.${key}`, { town: say.lang === 'en' ? en : zh });
}
