import type { Server } from 'socket.io';
import type { MatterListener } from '../matters/announce.ts';
import type { Log } from '../platform/log.ts';
import type { GetTownBoard } from './town-board.ts';

/** A burst of events is one message: the board is drawn anew at most this often. */
const PAUSE_MS = 250;

export interface LiveBoard {
  readonly listener: MatterListener;
  attach(io: Server): void;
}

/** Pushes the whole small board after changes, and once to whoever connects, so that a lost line heals by itself. */
export function makeLiveBoard({ getTownBoard, log }: { getTownBoard: GetTownBoard; log: Log }): LiveBoard {
  let server: Server | null = null;
  let timer: NodeJS.Timeout | null = null;

  const push = async (): Promise<void> => {
    timer = null;
    try {
      server?.of('/board').emit('board', await getTownBoard());
    } catch (error) {
      log.warn({ err: error }, 'board.not-pushed');
    }
  };

  return {
    listener: async () => {
      if (server && !timer) timer = setTimeout(() => void push(), PAUSE_MS).unref();
    },
    attach(io) {
      server = io;
      io.of('/board').on('connection', (socket) => {
        void getTownBoard().then((board) => socket.emit('board', board));
      });
    },
  };
}
