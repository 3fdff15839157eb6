import { DomainError } from '../domain-error.ts';
import { isSecret } from '../letters/letter.ts';
import type { Actor } from '../permissions/permissions.ts';
import { knownSpans, redact, suggestRedactions, type RedactionSpan } from '../publication/redaction.ts';
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
 * besides.
 */
export function redactionsFor(
  matter: Matter,
  officePhones: readonly string[] = [],
  passages: readonly string[] = [],
): Redactions {
  const { letter, answer } = matter;
  const known = [
    ...passages.map((words) => ({ words, kind: 'other' as const })),
    { words: letter.writer.name, kind: 'name' as const },
    { words: letter.writer.phone, kind: 'phone' as const },
    { words: letter.writer.mail, kind: 'mail' as const },
    { words: letter.writer.address, kind: 'address' as const },
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

/** The answer as the other writers of a set get it: without what it says about the one to whom it was written. */
export function answerForOthers(primary: Matter, officePhones: readonly string[]): string {
  const { answer, publication } = primary;
  if (!answer) return '';
  // What the office hid by hand in the public copy stays hidden here too.
  const spans = publication?.isPublished ? publication.answer : redactionsFor(primary, officePhones).answer;
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
