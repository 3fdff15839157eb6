import type { TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import type { Actor } from '../permissions/permissions.ts';
import { answerFingerprint } from '../replies/answer-fingerprint.ts';
import { BLOCKING, type ReplyGuard } from '../replies/reply-guards.ts';
import { hasDrafted, withDraft, withLastRound, type ReplyRound } from '../replies/reply-rounds.ts';
import { clockAfter } from './clock-acts.ts';
import type { Change, Matter } from './matter.ts';
import type { Resolution } from './resolution.ts';
import { assertAllowed, transition } from './transition.ts';

/** 答复审签: draft, review, approval. */

export function draft(
  matter: Matter,
  input: { text: string; resolution: Resolution },
  actor: Actor,
  now: Date,
): Change {
  const rounds = withDraft(matter.rounds, { ...input, by: actor.id, at: now });
  const patch = { rounds, handler: matter.handler ?? actor.id };
  return transition(matter, 'draft', actor, now, patch, {
    round: rounds.length,
    resolution: input.resolution,
  });
}

/** `guards` are those that fired on the text; each must have been confirmed by the number's last digits, typed. */
export function submitForReview(
  matter: Matter,
  input: { guards: readonly ReplyGuard[]; confirmation: string },
  actor: Actor,
  now: Date,
): Change {
  assertAllowed(matter, 'submitForReview', actor);
  const round = lastRound(matter);
  heedGuards(matter, input);
  // What was sent back keeps its decision: sent in again unchanged, it is a round of its own.
  const open = round.decision
    ? withDraft(matter.rounds, {
        text: round.text,
        resolution: round.resolution,
        by: round.draftedBy,
        at: now,
      })
    : matter.rounds;
  const rounds = withLastRound(open, { submittedAt: now });
  const told = { round: rounds.length, ...confirmed(input.guards) };
  return transition(matter, 'submitForReview', actor, now, { rounds }, told);
}

export function sendBack(matter: Matter, comment: string, actor: Actor, now: Date): Change {
  const round = lastRound(matter);
  const decision = { by: actor.id, isApproved: false, comment, at: now };
  const rounds = withLastRound(matter.rounds, { decision });
  return transition(matter, 'sendBack', actor, now, { rounds }, { text: comment, round: round.round });
}

/** The answer leaves the house: four eyes, the guards heeded, the clock stopped with its evidence. */
export function approve(
  matter: Matter,
  input: { guards: readonly ReplyGuard[]; confirmation: string },
  actor: Actor,
  now: Date,
  town: TownTime,
): Change {
  assertAllowed(matter, 'approve', actor);
  const round = lastRound(matter);
  if (hasDrafted(matter.rounds, actor.id)) throw new DomainError('OWN_DRAFT');
  heedGuards(matter, input);
  const decision = { by: actor.id, isApproved: true, comment: '', at: now };
  const patch = {
    rounds: withLastRound(matter.rounds, { decision }),
    answer: {
      text: round.text,
      fingerprint: answerFingerprint(round.text),
      resolution: round.resolution,
      unit: matter.lead ?? '',
      round: round.round,
      approvedBy: actor.id,
      answeredAt: now,
      isOnTime: now <= matter.clock.reply.dueAt,
    },
    resolution: round.resolution,
    // What was decided about an earlier answer, and its redactions, do not fit this one.
    publication: null,
    clock: clockAfter('approve', matter.clock, { at: now }, town),
  };
  return transition(matter, 'approve', actor, now, patch, {
    round: round.round,
    ...confirmed(input.guards),
    resolution: round.resolution,
  });
}

/** The digits that must be typed when a guard fired: the last four of the letter's number. */
export const confirmationFor = (number: string): string => number.replace(/\D/g, '').slice(-4);

function heedGuards(matter: Matter, input: { guards: readonly ReplyGuard[]; confirmation: string }): void {
  if (input.guards.some((guard) => BLOCKING.includes(guard))) throw new DomainError('NOT_AN_ANSWER');
  if (input.guards.length > 0 && input.confirmation.trim() !== confirmationFor(matter.number)) {
    throw new DomainError('CONFIRMATION_NEEDED', { params: { guards: input.guards.join(',') } });
  }
}

function lastRound(matter: Matter): ReplyRound {
  const round = matter.rounds.at(-1);
  if (!round) throw new DomainError('ILLEGAL_ACTION', { params: { action: 'review', state: matter.state } });
  return round;
}

const confirmed = (guards: readonly ReplyGuard[]): { guards?: readonly string[] } =>
  guards.length > 0 ? { guards } : {};
