import type { Server } from 'socket.io';
import type { Log } from '../platform/log.ts';
import type { LinkedLetterStore } from './linked-letter-store.ts';

/** How often an open page has us look: well within the second that is promised, and one small read. */
const LOOK_EVERY_MS = 300;

export interface LiveHotMatters {
  attach(io: Server): void;
  /** Looks no more; the store may close. */
  detach(): void;
}

/**
 * Tells open pages of hot matters that something changed, and not what: each fetches its own page again, with its own
 * rights. Whoever is not signed in is told nothing. Nobody listens: nothing is read.
 */
export function makeLiveHotMatters(deps: {
  linkedLetters: Pick<LinkedLetterStore, 'lastPutAt'>;
  log: Log;
}): LiveHotMatters {
  let timer: NodeJS.Timeout | null = null;
  let isLooking = false;
  let seenAt = -1;

  const look = async (io: Server): Promise<void> => {
    const pages = io.of('/hot');
    if (isLooking || pages.sockets.size === 0) return;
    isLooking = true;
    try {
      const putAt = (await deps.linkedLetters.lastPutAt())?.getTime() ?? 0;
      if (putAt !== seenAt) pages.emit('changed');
      seenAt = putAt;
    } catch (error) {
      deps.log.warn({ err: error }, 'hot.not-told');
    } finally {
      isLooking = false;
    }
  };

  return {
    attach(io) {
      io.of('/hot').use((socket, next) => {
        next(isSignedIn(socket.request) ? undefined : new Error('sign in'));
      });
      timer = setInterval(() => void look(io), LOOK_EVERY_MS);
      timer.unref();
    },
    detach() {
      if (timer) clearInterval(timer);
    },
  };
}

/** The session's middleware has put it there, as it does for pages. */
const isSignedIn = (request: object): boolean =>
  'session' in request &&
  typeof request.session === 'object' &&
  request.session !== null &&
  'userId' in request.session &&
  typeof request.session.userId === 'string';
