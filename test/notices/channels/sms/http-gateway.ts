import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpGateway {
  /** host:port of the loopback. */
  readonly host: string;
  readonly asked: Asked[];
  close(): void;
}

/** A gateway that answers what it is told to. */
export async function answeringGateway(
  answer: (asked: Asked) => { status: number; body: string },
): Promise<HttpGateway> {
  const asked: Asked[] = [];
  const reply = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const one = { method: req.method ?? '', url: req.url ?? '', headers: req.headers, body: await text(req) };
    asked.push(one);
    const { status, body } = answer(one);
    res.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
  return { asked, ...(await served(createServer((req, res) => void reply(req, res)))) };
}

export async function served(server: Server): Promise<{ host: string; close(): void }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
