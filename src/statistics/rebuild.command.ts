import { UsageError, type Command } from '../platform/console.ts';
import { readOptions } from '../platform/options.command.ts';
import type { RebuildReadModels } from './rebuild-read-models.ts';

const MATTERS_A_LINE = 5000;

/** `npm run rebuild`, after a backup was restored. */
export const rebuildCommand: Command<{ readonly rebuildReadModels: RebuildReadModels }> = async ({
  args,
  say,
  console,
}) => {
  const { positionals } = readOptions(args, {}, say);
  if (positionals.length > 0)
    throw new UsageError(say('commands:unexpected', { what: positionals.join(' ') }));
  return async ({ rebuildReadModels }) => {
    let saidAt = 0;
    const rebuilt = await rebuildReadModels(({ matters }) => {
      if (!console.isTerminal && matters - saidAt < MATTERS_A_LINE) return;
      saidAt = matters;
      console.progress(say('commands:rebuild.progress', { matters }));
    });
    console.result(say('commands:rebuild.done', { ...rebuilt }));
    return 0;
  };
};
