import type { Connection } from 'mongoose';
import type { DirectoryStore } from './directory/directory-store.ts';
import type { LadderRung } from './domain/clocks/ladder.ts';
import type { MatterStore } from './matters/matter-store.ts';
import { makeChangeMessageWish } from './notices/change-message-wish.ts';
import { makeCompose, type Say } from './notices/compose-message.ts';
import { mongoMessageWishStore } from './notices/message-wish-store.mongo.ts';
import type { NoticeStore } from './notices/notice-store.ts';
import { makeStillWanted } from './notices/still-wanted.ts';
import { makeTellPeople } from './notices/tell-people.ts';
import type { Clock } from './platform/clock.ts';
import type { keyedHashes } from './platform/keyed-hashes.ts';

/** The part of the composition that plans messages and words them, as the writers wish to have them. */
export function composeMessages(deps: {
  connection: Connection;
  matters: MatterStore;
  directory: DirectoryStore;
  notices: NoticeStore;
  secrets: ReturnType<typeof keyedHashes>;
  say: Say;
  baseUrl: string;
  clock: Clock;
  zone: string;
  ladder: readonly LadderRung[];
}) {
  const messageWishes = mongoMessageWishStore(deps.connection);
  const shared = { ...deps, keys: deps.secrets, wishes: messageWishes };
  return {
    tellPeople: makeTellPeople(shared),
    /** For the outbox: the words of a notice, and whether it is still to be sent. */
    sending: { compose: makeCompose(shared), stillWanted: makeStillWanted(shared) },
    services: { messageWishes, changeMessageWish: makeChangeMessageWish(shared) },
  };
}
