import type { Matter, MatterEvent } from '../domain/matters/matter.ts';
import type { Log } from '../platform/log.ts';
import type { MatterStore } from './matter-store.ts';

/** Someone who wants to hear of changes. Must bear hearing of the same one twice. */
export type MatterListener = (matter: Matter, events: readonly MatterEvent[]) => Promise<void>;

export type Announce = (matter: Matter, events: readonly MatterEvent[]) => Promise<void>;

/** Tells every listener of what was written, after it was written. What fails here is told again by a sweep. */
export function makeAnnounce(deps: {
  listeners: readonly MatterListener[];
  matters: Pick<MatterStore, 'markAnnounced'>;
  log: Log;
}): Announce {
  return async (matter, events) => {
    try {
      // Side by side: their writes share one commit.
      await Promise.all(deps.listeners.map((listener) => listener(matter, events)));
      const first = events[0]?.seq ?? matter.version;
      await deps.matters.markAnnounced(matter.id, first, matter.version);
    } catch (error) {
      deps.log.warn({ err: error, matter: matter.id }, 'matter.announce-later');
    }
  };
}

/** How long a change may stay untold before the sweep takes it for lost. */
const GRACE_MS = 10_000;

/** Tells what a crash left untold. Returns how many matters. */
export function makeAnnounceLeftovers(deps: { matters: MatterStore; announce: Announce }) {
  return async (now: Date): Promise<number> => {
    const left = await deps.matters.unannounced(new Date(now.getTime() - GRACE_MS), 500);
    for (const { matter, announcedSeq } of left) {
      await deps.announce(
        matter,
        matter.history.filter((event) => event.seq > announcedSeq),
      );
    }
    return left.length;
  };
}
