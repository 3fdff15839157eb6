import { accuracyOf, type Accuracy } from '../domain/repeats/accuracy.ts';
import type { Fold } from '../domain/repeats/compared-letter.ts';
import { crossValidate } from '../domain/repeats/cross-validation.ts';
import type { Labelled } from '../domain/repeats/labelled.ts';
import type { Script } from '../domain/repeats/pair-features.ts';
import { UsageError, type CommandCall } from '../platform/console.ts';
import { readOptions } from '../platform/options.command.ts';
import type { Translate } from '../platform/words.ts';
import { labelLetters, labelTitles } from './label-letters.ts';
import { readLabelledFolder } from './labelled-folder.command.ts';
import { readWeights } from './weights-file.command.ts';

interface Place {
  readonly rootDir: string;
  readonly fold: Fold;
}

const OPTIONS = { folds: { type: 'string' }, seed: { type: 'string' } } as const;

/**
 * `npm run -s evaluate -- repeats DIR [--folds N [--seed N]]`: one line of JSON. With the shipped weights; with --folds,
 * with weights learnt from the folder itself, each label judged by those learnt without its object.
 */
export const makeEvaluateRepeats =
  ({ rootDir, fold }: Place) =>
  async ({ args, say, console }: CommandCall): Promise<number> => {
    const { values, positionals } = readOptions(args, OPTIONS, say);
    const folder = await readLabelledFolder(folderOf(positionals, say), say);
    const folds = values.folds === undefined ? null : countOf(values.folds, 2, say);
    const seed = values.seed === undefined ? 1 : countOf(values.seed, 0, say);
    const weights = await readWeights(rootDir);
    const judgedBy = (labelled: Labelled, script: Script): Accuracy =>
      accuracyOf(
        folds === null
          ? [{ ...labelled, weights: weights[script] }]
          : crossValidate(labelled, script, folds, seed),
      );
    const { pairs, top5, alert } = judgedBy(labelLetters(folder, fold), 'han');
    const english =
      folder.titlePairs.length === 0
        ? {}
        : { english: judgedBy(labelTitles(folder.titlePairs, fold), 'latin').pairs };
    console.result(JSON.stringify({ pairs, top5, alert, ...english }, rounded));
    return 0;
  };

export function folderOf(positionals: readonly string[], say: Translate): string {
  const [dir, ...others] = positionals;
  if (dir === undefined) throw new UsageError(say('commands:whichFolder'));
  if (others.length > 0) throw new UsageError(say('commands:unexpected', { what: others.join(' ') }));
  return dir;
}

function countOf(typed: string, least: number, say: Translate): number {
  const count = Number(typed);
  if (!/^\d+$/.test(typed) || count < least) throw new UsageError(say('commands:badCount', { typed, least }));
  return count;
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(4)) : value;
