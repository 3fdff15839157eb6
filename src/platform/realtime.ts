import type { Server as HttpServer } from 'node:http';
import type { RequestHandler } from 'express';
import { Server } from 'socket.io';

/** The server's half of the live pages. It only pushes: whatever a browser sends is not listened to. */
export function makeRealtime(http: HttpServer, session: RequestHandler): Server {
  const io = new Server(http, { serveClient: true, maxHttpBufferSize: 1024, cors: { origin: false } });
  io.engine.use(session);
  return io;
}
