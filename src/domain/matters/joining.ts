import type { TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import { isSecret, type Letter } from '../letters/letter.ts';
import { isSamePerson } from '../letters/same-person.ts';
import type { Actor } from '../permissions/permissions.ts';
import type { Judgement } from '../repeats/judgement.ts';
import { repeatKind } from '../repeats/repeat-kind.ts';
import { clockAfter } from './clock-acts.ts';
import { ANSWERED_STATES } from './lifecycle.ts';
import type { Change, Matter } from './matter.ts';
import { append, assertAllowed, transition } from './transition.ts';

/** 归并: letters on one matter become a set around a primary, one level deep; each keeps number, text, person and dates. */

/** Why two matters cannot become one set; each has a sentence of its own. */
export const JOIN_OBSTACLES = [
  'itself',
  'secret',
  'private',
  'joinedItself',
  'bothAnswered',
  'newRound',
  'imported',
  'over',
] as const;
export type JoinObstacle = (typeof JOIN_OBSTACLES)[number];

export const isAnswered = ({ state, answer }: Pick<Matter, 'state' | 'answer'>): boolean =>
  answer !== null && ANSWERED_STATES.includes(state);

/** What forbids joining `matter` to `primary` and what is joined to that, whoever asks; null: nothing does. */
export function joinObstacle(
  matter: Matter,
  primary: Matter,
  others: readonly Matter[] = [],
): JoinObstacle | null {
  if (primary.id === matter.id || primary.joinedTo === matter.id) return 'itself';
  if (isSecret(matter.letter) || isSecret(primary.letter)) return 'secret';
  // Whoever asked for secrecy is in no set whose answer may be published, nor the other way round.
  if (isPrivate(matter.letter) !== isPrivate(primary.letter)) return 'private';
  if (primary.joinedTo !== null) return 'joinedItself';
  if (primary.origin !== null || matter.origin !== null) return 'imported';
  if (isAnswered(matter) && isAnswered(primary)) return 'bothAnswered';
  if (primary.state === 'notAccepted' || primary.resolution === 'withdrawn') return 'over';
  if (startsNewRound(matter, [primary, ...others])) return 'newRound';
  return null;
}

const isPrivate = ({ wish }: Letter): boolean => wish === 'private';

/** Written after the answer by somebody who got it: the answer did not settle it, so the matter has to be opened anew first. */
export function startsNewRound({ letter }: Matter, set: readonly [Matter, ...Matter[]]): boolean {
  const [{ answer }] = set;
  if (!answer || !isAnswered(set[0]) || letter.receivedAt < answer.answeredAt) return false;
  return set.some((one) => isSamePerson(letter.writer, one.letter.writer));
}

/** `set`: the primary first, then what is joined to it already. `evidence`: what was thought of the two, when it was asked. */
export function join(
  matter: Matter,
  set: readonly [Matter, ...Matter[]],
  evidence: Judgement | null,
  actor: Actor,
  now: Date,
): Change {
  const [primary, ...others] = set;
  const because = joinObstacle(matter, primary, others);
  if (because)
    throw new DomainError('JOIN_NOT_POSSIBLE', {
      params: { number: because === 'itself' ? matter.number : primary.number, because },
    });
  assertAllowed(matter, 'join', actor);
  return transition(
    matter,
    'join',
    actor,
    now,
    { joinedTo: primary.id, heldOut: matter.heldOut.filter(({ other }) => other !== primary.id) },
    { other: primary.number, repeat: repeatKind(matter, set), ...(evidence && { evidence }) },
  );
}

/** 拆分: back to where it was when it was joined, with the clock it had then. What was sent stays sent. */
export const separate = (matter: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'separate', actor, now, {
    joinedTo: null,
    sharedAnswer: null,
    rating: null,
    clock: matter.sharedAnswer?.clock ?? matter.clock,
  });

/** The primary was itself joined to another: the whole set goes along, one level deep as before. */
export const follow = (matter: Matter, primary: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'follow', actor, now, { joinedTo: primary.id }, { other: primary.number });

/** 单独办理: a person looked at both and says that they are two matters; it is not suggested again. */
export function holdOut(
  matter: Matter,
  other: Pick<Matter, 'id' | 'number'>,
  evidence: Judgement | null,
  actor: Actor,
  now: Date,
): Change {
  assertAllowed(matter, 'holdOut', actor);
  if (other.id === matter.id)
    throw new DomainError('JOIN_NOT_POSSIBLE', { params: { number: matter.number, because: 'itself' } });
  const heldOut = [
    ...matter.heldOut.filter((each) => each.other !== other.id),
    { other: other.id, number: other.number, by: actor.id, at: now },
  ];
  return transition(
    matter,
    'holdOut',
    actor,
    now,
    { heldOut },
    { other: other.number, ...(evidence && { evidence }) },
  );
}

/**
 * 一并答复: the primary's answer is this letter's answer too. The letter's own clock stops with the evidence of it: whether
 * the answer came by the hour on which this letter was due. Null when it was told already.
 */
export function shareAnswer(
  matter: Matter,
  primary: Matter,
  actor: Actor,
  now: Date,
  town: TownTime,
): Change | null {
  const { answer } = primary;
  if (!answer || matter.joinedTo !== primary.id || !isAnswered(primary)) return null;
  const told = matter.sharedAnswer;
  if (told?.primary === primary.id && told.round === answer.round) return null;
  const joinedAt = matter.history.findLast(({ what }) => what === 'join')?.at ?? now;
  // A letter joined to a matter that was answered already has its answer from then on.
  const answeredAt = answer.answeredAt > joinedAt ? answer.answeredAt : joinedAt;
  const clock = told?.clock ?? matter.clock;
  const sharedAnswer = {
    primary: primary.id,
    number: primary.number,
    round: answer.round,
    unit: answer.unit,
    resolution: answer.resolution,
    answeredAt,
    isOnTime: answeredAt <= clock.reply.dueAt,
    clock,
  };
  return transition(
    matter,
    'shareAnswer',
    actor,
    now,
    { sharedAnswer, rating: null, clock: clockAfter('shareAnswer', clock, { at: now }, town) },
    { other: primary.number, round: answer.round, resolution: answer.resolution },
  );
}

/**
 * What a writer said on a joined letter, brought to the matter where it is handled, whatever state that is in. Null when
 * it is there already.
 */
export function passOnNote(
  primary: Matter,
  from: Pick<Matter, 'number'>,
  note: { readonly seq: number; readonly text?: string },
  actor: Actor,
  now: Date,
): Change | null {
  const isThere = primary.history.some(
    ({ what, other, otherSeq }) => what === 'addNote' && other === from.number && otherSeq === note.seq,
  );
  if (isThere) return null;
  const told = { text: note.text ?? '', other: from.number, otherSeq: note.seq };
  return append(primary, 'addNote', actor, now, primary.state, {}, told);
}
