import type { DirectoryStore } from '../directory/directory-store.ts';
import type { Person, Town, Unit } from '../domain/directory/directory.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { mayRead, type Actor } from '../domain/permissions/permissions.ts';
import { cardAddress } from '../domain/supervision/card-number.ts';
import type { Card } from '../domain/supervision/card.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { CardStore } from './card-store.ts';
import { makeFindCard } from './perform-card-action.ts';

/** A document with everything that belongs on its page. */
export interface CardFile {
  readonly card: Card;
  readonly town: Town | null;
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
  /** What it is about; its letter's writer may be named in what was typed here. */
  readonly matter: Matter | null;
  /** Whether this reader may open that one's page as well. */
  readonly mayOpenMatter: boolean;
  readonly now: Date;
}

/** A document's page, gathered. Reading one about a secret letter leaves its line in the log. */
export function makeOpenCard(deps: {
  cards: Pick<CardStore, 'byNumber'>;
  matters: Pick<MatterStore, 'byId'>;
  directory: Pick<DirectoryStore, 'town' | 'units' | 'person'>;
  clock: Clock;
  log: Log;
}) {
  const findCard = makeFindCard(deps);
  return async (address: string, actor: Actor): Promise<CardFile> => {
    const card = await findCard(address, actor);
    if (card.isSecret) deps.log.info({ actor: actor.id, card: cardAddress(card) }, 'secret-card.read');
    const matter = await deps.matters.byId(card.matterId);
    const ids = [...new Set(card.history.map(({ by }) => by.id))];
    const people = await Promise.all(ids.map((id) => deps.directory.person(id)));
    return {
      card,
      town: await deps.directory.town(),
      units: await deps.directory.units(),
      people: people.filter((person) => person !== null),
      matter,
      mayOpenMatter: matter !== null && mayRead(actor, matter),
      now: deps.clock.now(),
    };
  };
}

export type OpenCard = ReturnType<typeof makeOpenCard>;
