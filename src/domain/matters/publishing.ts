import { DomainError } from '../domain-error.ts';
import { isSecret, type Writer } from '../letters/letter.ts';
import type { Actor } from '../permissions/permissions.ts';
import {
  knownSpans,
  particularsOf,
  redact,
  suggestRedactions,
  type RedactionSpan,
} from '../publication/redaction.ts';
import type { Change, Matter } from './matter.ts';
import { assertAllowed, transition } from './transition.ts';

export interface Redactions {
  readonly title: readonly RedactionSpan[];
  readonly body: readonly RedactionSpan[];
  readonly answer: readonly RedactionSpan[];
}

/**
 * What the public copy must not show: patterns, and the writer's own particulars wherever they stand. The units' own
 * telephones stay in an answer: they are public, and given so that people ring them. `passages`: what the office marks
 * besides; `others`: the other writers of the set, whom an answer may name too.
 */
export function redactionsFor(
  matter: Matter,
  officePhones: readonly string[] = [],
  passages: readonly string[] = [],
  others: readonly Writer[] = [],
): Redactions {
  const { letter, answer } = matter;
  const known = [
    ...passages.map((words) => ({ words, kind: 'other' as const })),
    ...particularsOf([letter.writer, ...others]),
  ];
  const text = answer?.text ?? '';
  const offices = new Set(officePhones.map(digitsOf));
  return {
    title: suggestRedactions(letter.title, known),
    body: suggestRedactions(letter.body, known),
    answer: suggestRedactions(text, known).filter(
      ({ start, end, kind }) => kind !== 'phone' || !offices.has(digitsOf(text.slice(start, end))),
    ),
  };
}

/**
 * The answer as the writer of `matter` gets it: without what it says about the writers of the `others`, the other letters
 * of its set.
 */
export function answerAsTold(
  matter: Matter,
  others: readonly Matter[],
  officePhones: readonly string[],
): string {
  const primary = matter.joinedTo === null ? matter : others.find(({ id }) => id === matter.joinedTo);
  if (!primary?.answer) return '';
  const { answer, publication } = primary;
  const writers = others.map(({ letter }) => letter.writer);
  const ofOthers = knownSpans(answer.text, particularsOf(writers));
  if (primary === matter) return redact(answer.text, ofOthers);
  // What the office hid by hand in the public copy stays hidden here too.
  const spans = publication?.isPublished
    ? [...publication.answer, ...ofOthers]
    : redactionsFor(primary, officePhones, [], writers).answer;
  return redact(answer.text, spans);
}

/** The office relies on a passage being hidden. @throws DomainError when one of them stands nowhere. */
export function assertFound({ letter, answer }: Matter, passages: readonly string[]): void {
  const texts = [letter.title, letter.body, answer?.text ?? ''];
  const isFound = (words: string): boolean =>
    texts.some((text) => knownSpans(text, [{ words, kind: 'other' }]).length > 0);
  if (!passages.every(isFound))
    throw new DomainError('INVALID_INPUT', { fields: [{ field: 'text', rule: 'passage.unknown' }] });
}

const digitsOf = (phone: string): string => phone.normalize('NFKC').replace(/\D/g, '');

/** 公开: only an answered matter whose writer agreed; a secret letter never. */
export function publish(matter: Matter, redactions: Redactions, actor: Actor, now: Date): Change {
  assertAllowed(matter, 'publish', actor);
  if (matter.letter.wish === 'private' || isSecret(matter.letter))
    throw new DomainError('NO_WISH_TO_PUBLISH');
  if (!matter.answer)
    throw new DomainError('ILLEGAL_ACTION', { params: { action: 'publish', state: matter.state } });
  const publication = { isPublished: true, decidedAt: now, decidedBy: actor.id, reason: '', ...redactions };
  return transition(matter, 'publish', actor, now, { publication });
}

/** Something to decide about: a published answer wherever its matter is, or an answer that stands. */
export const canWithhold = ({ state, publication }: Pick<Matter, 'state' | 'publication'>): boolean =>
  publication?.isPublished ?? (state === 'answered' || state === 'closed');

/** The office decides against publication, or takes a published answer down; the reason stays on file. */
export function withhold(matter: Matter, reason: string, actor: Actor, now: Date): Change {
  assertAllowed(matter, 'withhold', actor);
  if (!canWithhold(matter))
    throw new DomainError('ILLEGAL_ACTION', { params: { action: 'withhold', state: matter.state } });
  const publication = {
    isPublished: false,
    decidedAt: now,
    decidedBy: actor.id,
    reason,
    title: [],
    body: [],
    answer: [],
  };
  return transition(matter, 'withhold', actor, now, { publication }, { text: reason });
}
