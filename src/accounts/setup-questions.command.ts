import type { FieldError } from '../domain/domain-error.ts';
import { UsageError, type Console } from '../platform/console.ts';
import { describeFields } from '../platform/http/form-errors.ts';
import type { Translate } from '../platform/words.ts';
import { setupForm, type SetupAnswers } from './setup-forms.ts';
import { InputClosed, type Input } from './terminal-input.command.ts';

interface Asking {
  readonly input: Input;
  readonly say: Translate;
  readonly console: Console;
}

/** In the order in which they are asked for. */
const QUESTIONS = [
  'town-zh',
  'town-en',
  'mailbox-zh',
  'mailbox-en',
  'admin',
  'admin-name',
  'password',
] as const satisfies readonly (keyof SetupAnswers)[];

type Given = { readonly [Key in keyof SetupAnswers]?: string };

/** What was given, and what a person at the terminal is asked for. @throws UsageError that names every wrong option. */
export async function complete(given: Given, { input, say, console }: Asking): Promise<SetupAnswers> {
  const answers: Record<string, string> = {
    'mailbox-zh': '区长信箱',
    'mailbox-en': 'Mayor’s Mailbox',
    ...(given.admin === undefined ? {} : { 'admin-name': given.admin }),
    ...given,
  };
  if (input.isTerminal) {
    for (const key of QUESTIONS)
      if (given[key] === undefined) {
        answers[key] = await askFor(key, answers, { input, say, console }).catch((error: unknown) => {
          if (error instanceof InputClosed) throw new UsageError(say('commands:setup.cancelled'));
          throw error;
        });
      }
  }
  const known = Object.fromEntries(QUESTIONS.map((key) => [key, answers[key]]));
  const { value, error } = setupForm.validate(known, { abortEarly: false });
  if (!error) return value;
  throw new UsageError(
    sayFields(
      error.details.map(({ path, type, context }) => asField(path, type, context)),
      say,
    ),
  );
}

async function askFor(
  key: keyof SetupAnswers,
  answers: Readonly<Record<string, string>>,
  { input, say, console }: Asking,
): Promise<string> {
  const fallback = key === 'admin-name' ? (answers['admin-name'] ?? answers['admin']) : answers[key];
  const question = say(`commands:setup.${key}.question`) + (fallback ? ` [${fallback}]` : '');
  for (;;) {
    const typed = await (key === 'password' ? input.askSecret(`${question}: `) : input.ask(`${question}: `));
    const answer = typed.trim() === '' && fallback ? fallback : typed;
    const { value, error } = setupForm.extract(key).validate(answer);
    if (!error) return String(value);
    const wrong = error.details.map(({ type, context }) => asField([key], type, context));
    console.note(sayFields(wrong, say));
  }
}

function asField(
  path: readonly (string | number)[],
  rule: string,
  context?: { readonly [key: string]: unknown },
): FieldError {
  const limit = context?.['limit'];
  return { field: path.join('.'), rule, ...(typeof limit === 'number' ? { params: { limit } } : {}) };
}

const sayFields = (fields: readonly FieldError[], say: Translate): string =>
  describeFields(fields, say, 'commands:setup')
    .map(({ field, message }) => `--${field === 'password' ? 'password-stdin' : field}: ${message}`)
    .join('\n');
