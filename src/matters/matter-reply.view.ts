import { isSecret } from '../domain/letters/letter.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { redactionsFor } from '../domain/matters/publishing.ts';
import { shortName } from '../domain/publication/public-letter.ts';
import { REDACTION_MARK, type RedactionKind, type RedactionSpan } from '../domain/publication/redaction.ts';
import type { MatterFile } from './open-matter-file.ts';
import type { Wording } from './wording.ts';

/** 审签: every round with its decision, latest first. */
export function roundsView({ rounds, answer }: Matter, wording: Wording) {
  return rounds.toReversed().map((round) => ({
    round: round.round,
    text: wording.text(round.text),
    resolution: round.resolution,
    draftedBy: wording.person(round.draftedBy),
    draftedAt: round.draftedAt,
    submittedAt: round.submittedAt,
    isAnswer: answer?.round === round.round && round.decision?.isApproved === true,
    decision: round.decision && {
      by: wording.person(round.decision.by),
      isApproved: round.decision.isApproved,
      comment: wording.text(round.decision.comment),
      at: round.decision.at,
    },
  }));
}

/** The copy everyone would read, in pieces: plain words, and marks with what they cover named by kind only. */
export function publicationView({ matter, units, others }: MatterFile, wording: Wording) {
  const { letter, answer, publication } = matter;
  if (!answer) return null;
  const spans = publication?.isPublished
    ? publication
    : redactionsFor(
        matter,
        units.map(({ phone }) => phone),
        [],
        others,
      );
  return {
    isPublished: publication?.isPublished ?? null,
    decidedAt: publication?.decidedAt ?? null,
    decidedBy: publication ? wording.person(publication.decidedBy) : null,
    reason: publication?.reason ?? '',
    mayBe: letter.wish !== 'private' && !isSecret(letter),
    signedAs: letter.wish === 'public' ? shortName(letter.writer.name) : '',
    title: pieces(letter.title, spans.title),
    body: pieces(letter.body, spans.body),
    answer: pieces(answer.text, spans.answer),
    marks: spans.title.length + spans.body.length + spans.answer.length,
    href: publication?.isPublished ? `/answers/${encodeURIComponent(matter.number)}` : null,
  };
}

export interface Piece {
  readonly text: string;
  readonly removed: RedactionKind | null;
}

function pieces(text: string, spans: readonly RedactionSpan[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { start, end, kind } of spans) {
    if (start > at) found.push({ text: text.slice(at, start), removed: null });
    found.push({ text: REDACTION_MARK, removed: kind });
    at = end;
  }
  return at < text.length ? [...found, { text: text.slice(at), removed: null }] : found;
}
