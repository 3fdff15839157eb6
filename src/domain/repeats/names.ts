import { PLAIN_ENGLISH } from './english-lexicon.ts';
import { EVERYDAY_WORDS } from './everyday-words.ts';
import { ISSUES } from './issue-lexicon.ts';
import { PARTICLES, PLAIN_WORDS } from './plain-words.ts';
import { gramsIn, isHan } from './weighed-grams.ts';

/** Words by their first character, the longest first. */
type Lexicon = ReadonlyMap<string, readonly string[]>;

function lexiconOf(words: Iterable<string>): Lexicon {
  const byStart = new Map<string, string[]>();
  for (const word of new Set(words)) {
    if (word.length < 2) continue;
    const others = byStart.get(word.charAt(0));
    if (others) others.push(word);
    else byStart.set(word.charAt(0), [word]);
  }
  for (const same of byStart.values()) same.sort((a, b) => b.length - a.length);
  return byStart;
}

const EVERYDAY = EVERYDAY_WORDS.split(/\s+/);
const PLAIN = lexiconOf([...PLAIN_WORDS, ...EVERYDAY]);
const KNOWN = lexiconOf([...PLAIN_WORDS, ...EVERYDAY, ...ISSUES.flatMap(([, words]) => words.split(' '))]);
const ENGLISH = new Set([...EVERYDAY, ...PLAIN_ENGLISH.trim().split(/\s+/)]);

/** Provinces, towns and districts stand before everything alike (they are compared as districts); dates and sums name nothing. */
const NO_NAME =
  /[a-z]\d*[省市区县]+|\p{Script=Han}{2,3}省|(?:19|20)?\d\d年|\d+月份?|[\d一二三四五六七八九十两几半]+(?:个?多?(?:小时|月|年|天|日|周)|[岁元万人名个次点分套户亩米吨])+/gu;
const SHORTEST = 2;

/** Runs of a text that no known word explains: names of places, estates, firms, schools, roads and lines. */
export function namesIn(text: string): string[] {
  return [...text.replace(NO_NAME, ' ').matchAll(/[\p{Script=Han}a-z0-9]+/gu)]
    .flatMap(([run]) => pieces(run, KNOWN))
    .filter((piece) => piece.length >= SHORTEST && /\p{Script=Han}/u.test(piece));
}

/** Grams of a title without the words any letter may hold: what it is about. */
export function subjectIn(title: string): string[] {
  return [...title.replace(NO_NAME, ' ').matchAll(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)].flatMap(([run]) =>
    isHan(run)
      ? pieces(run, PLAIN).flatMap(gramsIn)
      : gramsIn(run).filter((word) => word.length > 1 && !ENGLISH.has(word)),
  );
}

/** What is left of a run when the words of a lexicon, and particles, are cut out of it. */
function pieces(run: string, lexicon: Lexicon): string[] {
  const left: string[] = [];
  let piece = '';
  for (let at = 0; at < run.length;) {
    const cut = lengthOfWord(run, at, lexicon);
    if (cut === 0) piece += run.charAt(at);
    else {
      left.push(piece);
      piece = '';
    }
    at += Math.max(cut, 1);
  }
  return [...left, piece].filter((one) => one !== '');
}

function lengthOfWord(run: string, at: number, lexicon: Lexicon): number {
  const first = run.charAt(at);
  const word = lexicon.get(first)?.find((candidate) => run.startsWith(candidate, at));
  return word?.length ?? (PARTICLES.includes(first) ? 1 : 0);
}
