import { isDay } from '../domain/clocks/zoned-day.ts';
import { UsageError, type Command } from '../platform/console.ts';
import { readOptions } from '../platform/options.command.ts';
import type { Translate } from '../platform/words.ts';
import type { GetTownFigures } from './town-figures.ts';

const OPTIONS = { from: { type: 'string' }, to: { type: 'string' } } as const;

/** `npm run -s figures -- --from DATE --to DATE`: one JSON document on standard output. */
export const figuresCommand: Command<{ readonly getTownFigures: GetTownFigures }> = async ({
  args,
  say,
  console,
}) => {
  const { values, positionals } = readOptions(args, OPTIONS, say);
  if (positionals.length > 0)
    throw new UsageError(say('commands:unexpected', { what: positionals.join(' ') }));
  const from = readDay('--from', values.from, say);
  const to = readDay('--to', values.to, say);
  if (from > to) throw new UsageError(say('commands:figures.backwards', { from, to }));
  return async ({ getTownFigures }) => {
    console.result(JSON.stringify(await getTownFigures(from, to), null, 2));
    return 0;
  };
};

function readDay(option: string, typed: string | undefined, say: Translate): string {
  if (typed === undefined) throw new UsageError(say('commands:figures.missingDay', { option }));
  if (!isDay(typed)) throw new UsageError(say('commands:figures.badDay', { option, typed }));
  return typed;
}
