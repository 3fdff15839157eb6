import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { learnClassifier, type KnownLetter } from '../domain/routing/learn-classifier.ts';
import { packClassifier } from '../domain/routing/packed-classifier.ts';
import { crossValidate, scoreClassifier, type ClassifierScore } from '../domain/routing/score-classifier.ts';
import { TOPIC_NAMES, topicNamed } from '../domain/routing/topics.ts';
import { UsageError, type CommandCall } from '../platform/console.ts';
import { readOptions } from '../platform/options.command.ts';
import type { Tool } from '../platform/tools-by-name.ts';
import { readKnownLetters } from './known-letters.command.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
const FOLDS = 5;
const SEED = 1;
const FEWEST_LETTERS = 20;

/** `npm run -s evaluate -- routing TRAIN.jsonl TEST.jsonl`: learns on one, scores on the other, one JSON line. */
export const evaluateRouting: Tool = async (call) => {
  const [train = '', test = ''] = paths(call, 2);
  const learnt = learnClassifier(await readKnownLetters(train, call.say), { version: '', seed: SEED });
  const score = scoreClassifier(await readKnownLetters(test, call.say), learnt);
  call.console.result(JSON.stringify(score));
  return 0;
};

/** `npm run learn -- routing DIR`: says how well topics are told, then writes the weights that are shipped. */
export const makeLearnRouting =
  (weightsFile: string): Tool =>
  async (call) => {
    const { say, console } = call;
    const [folder = ''] = paths(call, 1);
    const path = join(folder, 'topics.jsonl');
    const letters = (await readKnownLetters(path, say)).map((letter) => ofTopic(letter, call));
    if (letters.length < FEWEST_LETTERS)
      throw new UsageError(say('commands:routing.tooFew', { path, fewest: FEWEST_LETTERS }));
    const scores = SEEDS.map((seed) => {
      const score = crossValidate(letters, FOLDS, { version: '', seed });
      console.note(say('commands:routing.seed', { seed, ...inWords(score) }));
      return score;
    });
    const version = `topics-${new Date().toISOString().slice(0, 10)}`;
    const packed = packClassifier(learnClassifier(letters, { version, seed: SEED }));
    await writeFile(weightsFile, `${JSON.stringify(packed)}\n`);
    console.result(JSON.stringify({ version, letters: letters.length, ...meanAndSpread(scores) }));
    return 0;
  };

function paths({ args, say }: CommandCall, count: number): string[] {
  const { positionals } = readOptions(args, {}, say);
  if (positionals.length !== count) throw new UsageError(say('commands:routing.howMany', { count }));
  return positionals;
}

/** The program's own topics only: pages have words for these. */
function ofTopic(letter: KnownLetter, { say }: CommandCall): KnownLetter {
  const name = topicNamed(letter.name);
  if (name) return { ...letter, name };
  const known = Object.values(TOPIC_NAMES).join('、');
  throw new UsageError(say('commands:routing.noSuchTopic', { topic: letter.name, known }));
}

const inWords = ({ accuracy, macroF1, top2 }: ClassifierScore) => ({
  accuracy: accuracy.toFixed(4),
  macroF1: macroF1.toFixed(4),
  top2: top2.toFixed(4),
});

function meanAndSpread(scores: readonly ClassifierScore[]) {
  const of = (figure: keyof ClassifierScore) => {
    const values = scores.map((score) => score[figure]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, spread: Math.sqrt(squares / (values.length - 1)) };
  };
  return { accuracy: of('accuracy'), macroF1: of('macroF1'), top2: of('top2') };
}
