import { answerHad } from '../domain/matters/citizen-acts.ts';
import { isAnswered, joinObstacle } from '../domain/matters/joining.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { isAllowed } from '../domain/matters/transition.ts';
import type { LikelyRepeat } from '../matters/likely-repeats.ts';
import { wordsFor, type UnitNames } from '../matters/wording.ts';
import type { Actor } from '../domain/permissions/permissions.ts';

/** The letter on the desk beside those that may be about the same matter, each with the reasons. */
export function repeatsView(
  matter: Matter,
  likely: readonly LikelyRepeat[],
  reader: { actor: Actor; unitNames: UnitNames },
) {
  const { actor } = reader;
  return {
    address: addressOf(matter),
    version: matter.version,
    number: matter.number,
    letter: letterView(matter, actor),
    mayJoin: isAllowed(matter, 'join', actor),
    mayHoldOut: isAllowed(matter, 'holdOut', actor),
    heldOut: matter.heldOut.map(({ other, number, at }) => ({
      number,
      at,
      href: `/desk/${encodeURIComponent(other)}`,
    })),
    candidates: likely.map((each) => candidateView(matter, each, reader)),
  };
}

function candidateView(
  matter: Matter,
  { letter, primary, others, judgement, isSamePerson, daysApart }: LikelyRepeat,
  { actor, unitNames }: { actor: Actor; unitNames: UnitNames },
) {
  const answer = answerHad(primary);
  const obstacle = joinObstacle(matter, primary, others);
  return {
    ...letterView(letter, actor),
    number: letter.number,
    href: addressOf(letter),
    state: letter.state,
    isBefore: letter.letter.receivedAt <= matter.letter.receivedAt,
    unit: primary.lead === null ? null : (unitNames.get(primary.lead) ?? primary.lead),
    answer:
      answer && 'text' in answer
        ? { text: wordsFor(actor, primary.letter.writer)(answer.text), at: answer.answeredAt }
        : null,
    primary: primary.id === letter.id ? null : { number: primary.number, href: addressOf(primary) },
    target: primary.number,
    // Whoever joins it now has the answer at once.
    isAnswered: isAnswered(primary),
    // Joining to a matter whose answer this person has already had opens it anew, which is done with it.
    isNewRound: obstacle === 'newRound',
    obstacle: obstacle === 'newRound' && isAllowed(primary, 'reopen', actor) ? null : obstacle,
    verdict: judgement.verdict,
    score: judgement.score,
    veto: judgement.veto,
    reasons: judgement.reasons.map(({ kind, words }) => ({ kind, words: [...words] })),
    isSamePerson,
    daysApart,
  };
}

function letterView({ letter }: Matter, actor: Actor) {
  const words = wordsFor(actor, letter.writer);
  return {
    title: words(letter.title),
    body: words(letter.body),
    place: words(letter.place),
    language: letter.language,
    channel: letter.channel,
    receivedAt: letter.receivedAt,
  };
}

const addressOf = ({ id }: Matter): string => `/desk/${encodeURIComponent(id)}`;
