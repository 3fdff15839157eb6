import type { Change, Matter, MatterEvent } from '../domain/matters/matter.ts';
import type { Log } from '../platform/log.ts';
import type { MatterStore } from './matter-store.ts';

/** What happened to one matter, and how it stands since. */
export interface News {
  readonly matter: Matter;
  readonly events: readonly MatterEvent[];
}

/** Someone who wants to hear of changes, of many at once where many happen at once. Must bear hearing of the same one twice. */
export type MatterListener = (news: readonly News[]) => Promise<void>;

export type Announce = (news: readonly News[]) => Promise<void>;

export const newsOf = ({ matter, event }: Change): News => ({ matter, events: [event] });

/** A listener that takes one matter at a time; of several, all at once. */
export const oneByOne =
  (listen: (matter: Matter, events: readonly MatterEvent[]) => Promise<void>): MatterListener =>
  async (news) => {
    await Promise.all(news.map(({ matter, events }) => listen(matter, events)));
  };

/** Tells every listener of what was written, after it was written. What fails here is told again by a sweep. */
export function makeAnnounce(deps: {
  listeners: readonly MatterListener[];
  matters: Pick<MatterStore, 'markAnnounced'>;
  log: Log;
}): Announce {
  const tell: Announce = async (news) => {
    // Side by side: their writes share one commit.
    await Promise.all(deps.listeners.map((listener) => listener(news)));
    await deps.matters.markAnnounced(
      news.map(({ matter, events }) => ({
        id: matter.id,
        first: events[0]?.seq ?? matter.version,
        last: matter.version,
      })),
    );
  };
  return async (news) => {
    if (news.length === 0) return;
    try {
      await tell(news);
    } catch (error) {
      // Of many, only what cannot be told shall wait.
      if (news.length > 1) for (const each of news) await tell([each]).catch(() => undefined);
      deps.log.warn({ err: error, matters: news.length }, 'matter.announce-later');
    }
  };
}

/** How long a change may stay untold before the sweep takes it for lost. */
const GRACE_MS = 10_000;

/** Tells what a crash left untold. Returns how many matters. */
export function makeAnnounceLeftovers(deps: { matters: MatterStore; announce: Announce }) {
  return async (now: Date): Promise<number> => {
    const left = await deps.matters.unannounced(new Date(now.getTime() - GRACE_MS), 500);
    await deps.announce(
      left.map(({ matter, announcedSeq }) => ({
        matter,
        events: matter.history.filter((event) => event.seq > announcedSeq),
      })),
    );
    return left.length;
  };
}
