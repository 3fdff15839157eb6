import { accuracyOf, type Accuracy } from '../domain/repeats/accuracy.ts';
import type { Fold } from '../domain/repeats/compared-letter.ts';
import { crossValidate } from '../domain/repeats/cross-validation.ts';
import type { Labelled } from '../domain/repeats/labelled.ts';
import { learnScript } from '../domain/repeats/learn-weights.ts';
import { FEATURES, type Script } from '../domain/repeats/pair-features.ts';
import type { Clock } from '../platform/clock.ts';
import type { CommandCall, Console } from '../platform/console.ts';
import { readOptions } from '../platform/options.command.ts';
import type { Translate } from '../platform/words.ts';
import { folderOf } from './evaluate.command.ts';
import { labelLetters, labelTitles } from './label-letters.ts';
import { readLabelledFolder } from './labelled-folder.command.ts';
import { readWeights, weightsPath, writeWeights } from './weights-file.command.ts';

interface Place {
  readonly rootDir: string;
  readonly fold: Fold;
  readonly clock: Clock;
}

const FOLDS = 5;
const SEEDS = [1, 2, 3, 4, 5];

/** `npm run learn -- repeats DIR`: cross-validates, then learns from the whole folder and writes the weights file. */
export const makeLearnRepeats =
  ({ rootDir, fold, clock }: Place) =>
  async ({ args, say, console }: CommandCall): Promise<number> => {
    const { positionals } = readOptions(args, {}, say);
    const folder = await readLabelledFolder(folderOf(positionals, say), say);
    const letters = labelLetters(folder, fold);
    sayCrossValidation('han', letters, { say, console });
    const titles = labelTitles(folder.titlePairs, fold);
    if (titles.pairs.length > 0) sayCrossValidation('latin', titles, { say, console });
    await writeWeights(rootDir, {
      version: clock.now().toISOString().slice(0, 10),
      features: { han: namesOf('han'), latin: namesOf('latin') },
      han: learnScript(letters, 'han'),
      latin: titles.pairs.length > 0 ? learnScript(titles, 'latin') : (await readWeights(rootDir)).latin,
    });
    console.result(say('commands:learn.written', { path: weightsPath(rootDir) }));
    return 0;
  };

const namesOf = (script: Script): string[] => FEATURES[script].map(({ name }) => name);

const FIGURES: readonly (readonly [name: string, of: (accuracy: Accuracy) => number])[] = [
  ['pairs f1', ({ pairs }) => pairs.f1],
  ['pairs precision', ({ pairs }) => pairs.precision],
  ['pairs recall', ({ pairs }) => pairs.recall],
  ['recall paraphrase', ({ pairs }) => pairs.recallParaphrase],
  ['false joins, same object', ({ pairs }) => pairs.falseJoinsSameObject],
  ['recall there', ({ pairs }) => pairs.strictRecall],
  ['top 5', ({ top5 }) => top5],
  ['alert f1', ({ alert }) => alert.f1],
];

function sayCrossValidation(
  script: Script,
  labelled: Labelled,
  { say, console }: { readonly say: Translate; readonly console: Console },
): void {
  const runs = SEEDS.map((seed) => {
    console.progress(say('commands:learn.progress', { script, seed }));
    return accuracyOf(crossValidate(labelled, script, FOLDS, seed));
  });
  console.result(say('commands:learn.crossValidated', { script, folds: FOLDS, seeds: SEEDS.length }));
  const shown = labelled.queries.length > 0 ? FIGURES : FIGURES.slice(0, 3);
  for (const [name, of] of shown) {
    const values = runs.map(of);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    console.result(`  ${name.padEnd(26)} ${mean.toFixed(3)} ± ${spread.toFixed(3)}`);
  }
}
