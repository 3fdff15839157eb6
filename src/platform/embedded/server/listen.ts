import { createServer, type Server, type Socket } from 'node:net';
import { ServerError } from '../errors.js';
import type { Store } from '../storage/store.js';
import { Cursors } from './cursors.js';
import { dispatch, failure } from './dispatch.js';
import { Frames, MalformedMessage, readRequest, writeReply, type Request } from './wire.js';

export interface Listening {
  /** The port of a TCP listener; null for a socket in the file system. */
  readonly port: number | null;
  /** Ends idle cursors. */
  tidy(now: number): void;
  /** Stops accepting and drops every connection. */
  close(): Promise<void>;
}

/** Where to listen: a path, or a port of the loopback (0: a free one). */
export async function listen(store: Store, place: string | number): Promise<Listening> {
  const cursors = new Cursors();
  const sockets = new Set<Socket>();
  const connections = { current: 0, totalCreated: 0 };
  const server = createServer((socket) => {
    connections.totalCreated += 1;
    connections.current += 1;
    sockets.add(socket);
    socket.on('close', () => {
      connections.current -= 1;
      sockets.delete(socket);
    });
    serve(socket, { store, cursors, connections, connectionId: connections.totalCreated });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (typeof place === 'number') server.listen(place, '127.0.0.1', resolve);
    else server.listen(place, resolve);
  });
  return {
    port: portOf(server),
    tidy: (now) => cursors.killIdle(now),
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : null;
}

function serve(socket: Socket, served: Parameters<typeof dispatch>[1]): void {
  const frames = new Frames();
  socket.setNoDelay(true);
  // A client that goes away mid-sentence is no event here.
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of frames.push(chunk)) answer(socket, readRequest(message), served);
    } catch (error) {
      // What cannot be read as the protocol ends the connection: there is no telling where it continues.
      socket.destroy();
      if (!(error instanceof MalformedMessage) && !(error instanceof ServerError)) throw error;
    }
  });
}

function answer(socket: Socket, request: Request, served: Parameters<typeof dispatch>[1]): void {
  const reply = dispatch(request.command, served);
  // Reads wait as well: what they saw may not be on disk yet.
  served.store.database.whenSettled((lost) => {
    if (!request.wantsReply || socket.destroyed) return;
    socket.cork();
    for (const part of written(request, lost ? failure(lost) : reply)) socket.write(part);
    socket.uncork();
  });
}

function written(request: Request, reply: Parameters<typeof writeReply>[1]): Buffer[] {
  try {
    return writeReply(request, reply);
  } catch (error) {
    if (error instanceof ServerError) return writeReply(request, failure(error));
    throw error;
  }
}
