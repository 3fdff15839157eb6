import type { Matter } from '../domain/matters/matter.ts';
import { isAllowed } from '../domain/matters/transition.ts';
import { hasRight, mayRead, type Actor } from '../domain/permissions/permissions.ts';
import type { LikelyRepeat } from './likely-repeats.ts';
import { wordsFor } from './wording.ts';

/** All letters of a set, the primary first: who wrote, by which channel, when, and why they are together. */
export function setView(primary: Matter, joined: readonly Matter[], actor: Actor) {
  if (joined.length === 0) return null;
  const maySee = hasRight(actor, 'seeContactData');
  return {
    letters: [primary, ...joined].map((matter) => {
      const { letter } = matter;
      const words = wordsFor(actor, letter.writer);
      const join = matter.history.findLast(({ what }) => what === 'join');
      return {
        number: matter.number,
        href: `/desk/${encodeURIComponent(matter.id)}`,
        // A unit sees the letters of its set here; only the matter that it handles is open to it.
        mayOpen: matter.id !== primary.id && mayRead(actor, matter),
        isPrimary: matter.id === primary.id,
        title: words(letter.title),
        body: words(letter.body),
        language: letter.language,
        writer: maySee ? letter.writer.name : null,
        channel: letter.channel,
        receivedAt: letter.receivedAt,
        repeat: join?.repeat ?? null,
        joinedAt: matter.id === primary.id ? null : (join?.at ?? null),
        isBySelf: join?.by.role === 'clock',
        reasons: (join?.evidence?.reasons ?? []).map(({ kind, words: found }) => ({
          kind,
          words: [...found],
        })),
        answeredAt: matter.sharedAnswer?.answeredAt ?? null,
        overall: matter.rating?.overall ?? null,
        version: matter.version,
        maySeparate: isAllowed(matter, 'separate', actor),
      };
    }),
    // Everyone who gets the answer once it is approved.
    writers: joined.length + 1,
  };
}

const NAMED = 3;

/** The likeliest in a line each; all of them, side by side, have a page of their own. */
export function likelyView(matter: Matter, likely: readonly LikelyRepeat[], actor: Actor) {
  const worth = likely.filter(({ judgement }) => judgement.verdict !== 'other');
  return {
    href: `/desk/${encodeURIComponent(matter.id)}/repeats`,
    count: worth.length,
    first: worth.slice(0, NAMED).map(({ letter, judgement, isSamePerson, daysApart }) => ({
      number: letter.number,
      href: `/desk/${encodeURIComponent(letter.id)}`,
      title: wordsFor(actor, letter.letter.writer)(letter.letter.title),
      verdict: judgement.verdict,
      isSamePerson,
      daysApart,
      reasons: judgement.reasons.slice(0, 2).map(({ kind, words }) => ({ kind, words: [...words] })),
    })),
  };
}
