import { DomainError } from '../domain/domain-error.ts';
import type { Mailbox, Person, Unit } from '../domain/directory/directory.ts';
import { isSecret, type Writer } from '../domain/letters/letter.ts';
import { wishOf, type MessageWish } from '../domain/letters/reach.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { isAllowed } from '../domain/matters/transition.ts';
import { mayRead, type Actor } from '../domain/permissions/permissions.ts';
import type { ReplyGuard } from '../domain/replies/reply-guards.ts';
import { mayReadCard } from '../domain/supervision/card-readers.ts';
import type { Card } from '../domain/supervision/card.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { MessageWishStore } from '../notices/message-wish-store.ts';
import type { Notice } from '../notices/notice.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { CardStore } from '../supervision/card-store.ts';
import type { FindRepeats, LikelyRepeat } from './likely-repeats.ts';
import type { MatterStore } from './matter-store.ts';
import { othersInSet } from './others-in-set.ts';
import { guardsFor } from './perform-desk-action.ts';

/** A matter with everything that belongs on its page. */
export interface MatterFile {
  readonly matter: Matter;
  readonly units: readonly Unit[];
  /** Null: the town's first. */
  readonly mailbox: Mailbox | null;
  readonly people: readonly Person[];
  readonly guards: readonly ReplyGuard[];
  readonly notices: readonly Notice[];
  /** How its writer wishes to hear, as last said. */
  readonly wish: MessageWish;
  /** The matter this one was joined to, when its reader may open that one too. */
  readonly primary: Pick<Matter, 'id' | 'number'> | null;
  /** What is joined to this one, oldest first; whoever handles the matter reads all its letters. */
  readonly joined: readonly Matter[];
  /** Whoever else may be named on the page: the other writers of its set, and those whose notes were brought here. */
  readonly others: readonly Writer[];
  /** Earlier letters that may be about the same matter; looked for while it may still be joined. */
  readonly likely: readonly LikelyRepeat[];
  /** Cards and orders about it, as far as this reader may know of them. */
  readonly cards: readonly Card[];
  readonly now: Date;
}

interface Deps {
  readonly matters: MatterStore;
  readonly directory: Pick<DirectoryStore, 'town' | 'units' | 'person'>;
  readonly notices: Pick<NoticeStore, 'ofMatter'>;
  readonly messageWishes: Pick<MessageWishStore, 'of'>;
  readonly cards: Pick<CardStore, 'ofMatter'>;
  readonly findRepeats: FindRepeats;
  readonly clock: Clock;
  readonly log: Log;
}

/** @throws DomainError NOT_FOUND, the same for what is not there and what this person may not know of. */
export function makeReadMatter({ matters, log }: Pick<Deps, 'matters' | 'log'>) {
  return async (id: string, actor: Actor): Promise<Matter> => {
    const matter = await matters.byId(id);
    if (!matter || !mayRead(actor, matter)) throw new DomainError('NOT_FOUND');
    if (isSecret(matter.letter)) log.info({ actor: actor.id, number: matter.number }, 'secret-letter.read');
    return matter;
  };
}

/** A matter's page, gathered. Reading a secret letter leaves its line in the log. */
export function makeOpenMatterFile(deps: Deps) {
  const readMatter = makeReadMatter(deps);
  return async (id: string, actor: Actor): Promise<MatterFile> => {
    const matter = await readMatter(id, actor);
    const primary = matter.joinedTo === null ? null : await deps.matters.byId(matter.joinedTo);
    const people = await Promise.all(peopleIn(matter).map((person) => deps.directory.person(person)));
    return {
      matter,
      units: await deps.directory.units(),
      mailbox: await mailboxOf(matter, deps.directory),
      people: people.filter((person) => person !== null),
      guards: await guardsFor(matter, deps.matters),
      notices: await deps.notices.ofMatter(matter.id),
      wish: wishOf(matter.letter, await deps.messageWishes.of(matter.id)),
      primary: primary && mayRead(actor, primary) ? primary : null,
      joined: await deps.matters.joinedTo(matter.id),
      others: await othersNamed(matter, deps.matters),
      likely: isAllowed(matter, 'join', actor) ? await deps.findRepeats(matter, actor) : [],
      cards: (await deps.cards.ofMatter(matter.id)).filter((card) => mayReadCard(actor, card)),
      now: deps.clock.now(),
    };
  };
}

/** The mailbox a letter was put into, when it was not the town's first. */
async function mailboxOf(
  { letter }: Matter,
  directory: Pick<DirectoryStore, 'town'>,
): Promise<Mailbox | null> {
  if (letter.mailbox === undefined) return null;
  const town = await directory.town();
  return town?.mailboxes?.find(({ id }) => id === letter.mailbox) ?? null;
}

export type OpenMatterFile = ReturnType<typeof makeOpenMatterFile>;

async function othersNamed(
  matter: Matter,
  matters: Pick<MatterStore, 'byId' | 'byNumber' | 'joinedTo'>,
): Promise<Writer[]> {
  const inSet = await othersInSet(matters, matter);
  // A note stays where it was brought, even when its letter has left the set.
  const from = matter.history.flatMap(({ what, other }) => (what === 'addNote' && other ? [other] : []));
  const gone = [...new Set(from)].filter((number) => !inSet.some((each) => each.number === number));
  const left = await Promise.all(gone.map((number) => matters.byNumber(number)));
  return [...inSet, ...left].flatMap((each) => (each ? [each.letter.writer] : []));
}

/** Everybody a page names. */
function peopleIn({ handler, rounds, answer, publication, history }: Matter): string[] {
  const ids = [
    handler,
    answer?.approvedBy,
    publication?.decidedBy,
    ...rounds.flatMap((round) => [round.draftedBy, round.decision?.by]),
    ...history.map(({ by }) => by.id),
  ];
  return [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
}
