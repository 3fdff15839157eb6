import type { Server } from 'socket.io';
import type { Log } from '../platform/log.ts';
import type { GetTownBoard } from './town-board.ts';

/** How often an open board looks for something new: well within the second that is promised, and one small read. */
const LOOK_EVERY_MS = 300;
/** A fact and the public letter beside it are written side by side: the other may be a moment later. */
const LOOKS_AFTER_CHANGE = 3;

export interface LiveBoard {
  attach(io: Server): void;
  /** Looks no more; the store may close. */
  detach(): void;
}

/**
 * Pushes the whole small board whenever something it shows was put, by this process, another one or a command, and once to whoever
 * connects, so that a lost line heals by itself. Nobody looks at it: nothing is read.
 */
export function makeLiveBoard(deps: {
  getTownBoard: GetTownBoard;
  /** What the board is made from: when each last changed. */
  changes: readonly { lastPutAt(): Promise<Date | null> }[];
  log: Log;
}): LiveBoard {
  let timer: NodeJS.Timeout | null = null;
  let isLooking = false;
  let seenAt = '';
  let looksLeft = 0;
  let shown = '';

  const look = async (io: Server): Promise<void> => {
    const board = io.of('/board');
    if (isLooking || board.sockets.size === 0) return;
    isLooking = true;
    try {
      const stamps = await Promise.all(deps.changes.map((each) => each.lastPutAt()));
      const putAt = stamps.map((stamp) => stamp?.getTime() ?? 0).join();
      if (putAt !== seenAt) looksLeft = LOOKS_AFTER_CHANGE;
      seenAt = putAt;
      if (looksLeft === 0) return;
      looksLeft -= 1;
      const now = await deps.getTownBoard();
      const { asOf: _, ...told } = now;
      if (JSON.stringify(told) === shown) return;
      shown = JSON.stringify(told);
      board.emit('board', now);
    } catch (error) {
      deps.log.warn({ err: error }, 'board.not-pushed');
    } finally {
      isLooking = false;
    }
  };

  return {
    attach(io) {
      io.of('/board').on('connection', (socket) => {
        void deps.getTownBoard().then((board) => socket.emit('board', board));
      });
      timer = setInterval(() => void look(io), LOOK_EVERY_MS);
      timer.unref();
    },
    detach() {
      if (timer) clearInterval(timer);
    },
  };
}
