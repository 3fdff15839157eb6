import { readFileSync } from 'node:fs';
import { comparedLetter } from '../../src/domain/repeats/compared-letter.ts';
import { makeJudge } from '../../src/domain/repeats/judge.ts';
import type { SameMatterWeights } from '../../src/domain/repeats/same-matter-weights.ts';
import { fold } from '../../src/platform/fold.ts';
import { aMatter } from '../support/builders.ts';
import { generatedLetter } from './generated-letters.ts';
import { measure, rounded } from './measure.ts';
import { openRepeatsStore } from './repeats-store.ts';

/** A process of its own, as it starts in a town that has its letters: loads, answers, takes in. Says what each cost. */

const [place = '', size = '0'] = process.argv.slice(2);
const count = Number(size);
const QUESTIONS = 500;
const CANDIDATES = 30;

const say = (what: string, figures: object): void => console.log(JSON.stringify({ what, ...figures }));
const memory = (): { rssMB: number; mostMB: number } => ({
  rssMB: rounded(process.memoryUsage().rss / 1_048_576),
  mostMB: rounded(process.resourceUsage().maxRSS / 1024),
});

const town = await openRepeatsStore(place);
const { matters } = town;
const { earlierLetters, putLetterGrams } = town.finding;
say('memory before', memory());
const started = performance.now();
await earlierLetters.look();
say('load at start', { letters: count, seconds: rounded((performance.now() - started) / 1000), ...memory() });

const weights: SameMatterWeights = JSON.parse(readFileSync('src/repeats/same-matter.weights.json', 'utf8'));
const judge = makeJudge({ weights, frequencies: await earlierLetters.frequencies() });
/** A letter that is not in the town yet. */
const asked = (n: number) => comparedLetter(generatedLetter(count + n), fold);

let found = 0;
let likely = 0;
const similar = async (n: number, isPublicOnly: boolean) =>
  earlierLetters.similar({ letter: asked(n), isPublicOnly, limit: CANDIDATES });
const suggestion = async (n: number): Promise<void> => {
  const candidates = await similar(n, false);
  const letters = await matters.letters(candidates.map(({ id }) => id));
  const judged = judge(asked(n));
  const judgements = [...letters.values()].map((letter) => judged(comparedLetter(letter, fold)));
  found += candidates.length;
  likely += judgements.filter(({ verdict }) => verdict !== 'other').length;
};
const loading = async (n: number) =>
  matters.letters((await similar(n, false)).map(({ id }) => id)).then(() => undefined);

await measure(50, 1, (n) => suggestion(QUESTIONS + n));
say('found, all letters', await measure(QUESTIONS, 1, (n) => similar(n, false)));
say('found, public letters', await measure(QUESTIONS, 1, (n) => similar(n, true)));
say('found and loaded', await measure(QUESTIONS, 1, loading));
found = 0;
likely = 0;
const figures = await measure(QUESTIONS, 1, suggestion);
say('suggestion: found, loaded, judged', {
  ...figures,
  found: found / QUESTIONS,
  likely: likely / QUESTIONS,
});
say('added, one letter', await measure(200, 1, (n) => putLetterGrams([aMatter({ id: `new-${n}` })])));
const before = performance.now();
await earlierLetters.look();
say('read after 200 more', { ms: rounded(performance.now() - before) });
say('memory after', memory());
await town.close();
process.exit(0);
