import { squeeze } from './answer-fingerprint.ts';

/** What can be wrong with an answer before a person has looked twice. */
export type ReplyGuard = 'tooShort' | 'onlyPassedOn' | 'strangeNumbers' | 'littleInCommon' | 'usedElsewhere';

/** "Passed on" is not an answer: this guard cannot be confirmed away. */
export const BLOCKING: readonly ReplyGuard[] = ['onlyPassedOn'];

const SHORTEST = 30;
/** A clause shorter than this says nothing of substance by itself. */
const SHORTEST_CLAUSE = 8;
/** Share of the answer's character pairs that also stand in the letter. Answers to the point have well above this. */
const LEAST_IN_COMMON = 0.02;
const PASSED_ON =
  /(已|将)?(转交|转送|转给|转达|转至|转由|转请|转办|批转|移交)|已转(?![为成变好])|passed (it )?on to|forwarded to|transferred to/i;

/** Guards that fire for `answer` to `letter`; `isUsedElsewhere`: another matter was answered in the same words. */
export function replyGuards(
  answer: string,
  letter: { readonly title: string; readonly body: string; readonly place: string; readonly number: string },
  isUsedElsewhere = false,
): ReplyGuard[] {
  const text = answer.trim();
  const letterText = `${letter.title} ${letter.body} ${letter.place} ${letter.number}`;
  const fired: ReplyGuard[] = [];
  if (text.length < SHORTEST) fired.push('tooShort');
  if (isOnlyPassedOn(text)) fired.push('onlyPassedOn');
  if (strangeNumbers(text, letterText).length > 0) fired.push('strangeNumbers');
  if (text.length >= SHORTEST && shareInCommon(text, letterText) < LEAST_IN_COMMON)
    fired.push('littleInCommon');
  if (isUsedElsewhere) fired.push('usedElsewhere');
  return fired;
}

function isOnlyPassedOn(text: string): boolean {
  // By clause: one sentence may both hand a part on and say what was done.
  const said = text.split(/[。！？!?，,；;\n]|\.\s/).filter((clause) => clause.trim().length > 0);
  const more = said.filter(
    (clause) => !PASSED_ON.test(clause) && !isCourtesy(clause) && clause.trim().length >= SHORTEST_CLAUSE,
  );
  return said.some((clause) => PASSED_ON.test(clause)) && more.length === 0;
}

/** Greeting, thanks, or the letter's own matter said back. */
const isCourtesy = (clause: string): boolean =>
  /^(市民|网友|同志|您好|你好|尊敬|感谢|谢谢|特此|dear|hello|thank|yours|sincerely)/i.test(clause.trim()) ||
  /[您你]所?(反映|来信|提出|咨询|投诉)|your (letter|complaint|question|matter)/i.test(clause);

/** Names of lots, buildings, plates or letters that the answer mentions and the letter does not. */
function strangeNumbers(answer: string, letter: string): string[] {
  const inLetter = new Set(letter.match(/\d{4,}/g) ?? []);
  // Years, dates and telephone numbers belong in answers; long identifiers of another case do not.
  const inAnswer = answer.match(/(?<![\d-])\d{4}-\d{6}-\d(?![\d-])|[\u4e00-\u9fff][A-Z][·]?\d{4,}/g) ?? [];
  return inAnswer.filter((found) => !letter.includes(found) && !inLetter.has(found));
}

function shareInCommon(answer: string, letter: string): number {
  const ours = pairs(answer);
  const theirs = pairs(letter);
  if (ours.size === 0) return 0;
  let common = 0;
  for (const pair of ours) if (theirs.has(pair)) common += 1;
  return common / ours.size;
}

function pairs(text: string): Set<string> {
  const plain = squeeze(text);
  const found = new Set<string>();
  for (let i = 0; i + 1 < plain.length; i += 1) found.add(plain.slice(i, i + 2));
  return found;
}
