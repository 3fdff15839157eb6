import { UsageError, type Command } from '../platform/console.ts';
import { readOptions } from '../platform/options.command.ts';
import type { RebuildLetterGrams } from '../repeats/rebuild-letter-grams.ts';
import type { RebuildReadModels } from './rebuild-read-models.ts';

const MATTERS_A_LINE = 5000;

interface Rebuilders {
  readonly rebuildReadModels: RebuildReadModels;
  readonly rebuildLetterGrams: RebuildLetterGrams;
}

/** `npm run rebuild`, after a backup was restored; `npm run rebuild -- repeats`: only what letters are found by. */
export const rebuildCommand: Command<Rebuilders> = async ({ args, say, console }) => {
  const { positionals } = readOptions(args, {}, say);
  const [part = 'all', ...others] = positionals;
  const stray = part === 'all' || part === 'repeats' ? others : positionals;
  if (stray.length > 0) throw new UsageError(say('commands:unexpected', { what: stray.join(' ') }));
  const makeProgress = () => {
    let saidAt = 0;
    return (matters: number): void => {
      if (!console.isTerminal && matters - saidAt < MATTERS_A_LINE) return;
      saidAt = matters;
      console.progress(say('commands:rebuild.progress', { matters }));
    };
  };
  return async ({ rebuildReadModels, rebuildLetterGrams }) => {
    if (part === 'all') {
      const progress = makeProgress();
      const rebuilt = await rebuildReadModels(({ matters }) => progress(matters));
      console.result(say('commands:rebuild.done', { ...rebuilt }));
    }
    const matters = await rebuildLetterGrams(makeProgress());
    console.result(say('commands:rebuild.found', { matters }));
    return 0;
  };
};
