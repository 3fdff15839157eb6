import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { keyFromAddress } from '../../src/notices/channels/sms/reading.ts';
import { keyOfMessageId } from '../../src/notices/mail-keys.ts';
import { aMailServer, headerOf, portOf } from './mail-server.ts';

/** What a broken gateway does with a connection. */
export type Fault = (socket: Socket) => void;

/** A gateway that is broken until it is mended, and what it has taken, in order: the ledger's keys, and for whom. */
export interface BrokenGateway {
  readonly url: string;
  readonly taken: readonly { readonly key: string; readonly to: string }[];
  /** How many connections it was asked on while it was broken. */
  asked(): number;
  mend(): void;
  close(): Promise<void>;
}

/** A port whose connections go to `fault` until it is mended, then to `good`. */
async function brokenPort(fault: Fault, good: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  let isBroken = true;
  let asked = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    if (!isBroken) {
      good(socket);
      return;
    }
    asked += 1;
    fault(socket);
  });
  return {
    port: await portOf(server),
    asked: () => asked,
    mend() {
      isBroken = false;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface SmsDriver {
  readonly name: string;
  url(port: number): string;
  read(req: IncomingMessage, body: string): { key: string; to: string };
  readonly yes: readonly [status: number, body: string];
}

/** The ways of asking that differ: JSON with an answer in JSON, headers with a bare status, a signed query. */
export const SMS_DRIVERS: readonly SmsDriver[] = [
  {
    name: 'generic',
    url: (port) => `http://127.0.0.1:${port}/sms`,
    read(_req, body) {
      const { key, to } = JSON.parse(body);
      return { key, to };
    },
    yes: [200, '{"id":"g-1"}'],
  },
  {
    name: 'Kannel',
    url: (port) => `kannel+http://huiyin:pass-word@127.0.0.1:${port}?from=1069`,
    read({ headers }) {
      const dlr = new URL(String(headers['x-kannel-dlr-url']));
      return {
        key: keyFromAddress(dlr.searchParams.get('key') ?? '') ?? '',
        to: String(headers['x-kannel-to']),
      };
    },
    yes: [202, '0: Accepted for delivery'],
  },
  {
    name: 'Aliyun',
    url: (port) => `aliyun+http://id:pass-word@127.0.0.1:${port}?sign=x`,
    read({ url }) {
      const asked = new URL(url ?? '', 'http://here.invalid').searchParams;
      return { key: asked.get('OutId') ?? '', to: asked.get('PhoneNumbers') ?? '' };
    },
    yes: [200, '{"Code":"OK"}'],
  },
];

/** `losesAnswers`: broken, it takes each message, but the line breaks in the middle of its yes. */
export async function brokenSmsGateway(
  driver: SmsDriver,
  fault: Fault | 'losesAnswers',
): Promise<BrokenGateway> {
  const taken: { key: string; to: string }[] = [];
  let isMended = false;
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    taken.push(driver.read(req, await text(req)));
    const [status, body] = driver.yes;
    if (isMended) res.writeHead(status, { connection: 'close' }).end(body);
    else {
      res.writeHead(status, { 'content-length': body.length + 100 });
      res.write(body.slice(0, 3), () => req.socket.destroy());
    }
  };
  const http = createHttpServer((req, res) => void answer(req, res));
  const good = (socket: Socket): void => void http.emit('connection', socket);
  const broken: Fault =
    fault === 'losesAnswers' ? good : (socket) => void socket.once('data', () => fault(socket));
  const port = await brokenPort(broken, good);
  return {
    ...port,
    url: driver.url(port.port),
    taken,
    mend() {
      isMended = true;
      port.mend();
    },
  };
}

export async function brokenMailServer(fault: Fault): Promise<BrokenGateway> {
  const mailServer = await aMailServer();
  const inner = Number(new URL(mailServer.url).port);
  const good = (socket: Socket): void => {
    const line = connect(inner, '127.0.0.1');
    line.on('error', () => socket.destroy());
    socket.pipe(line).pipe(socket);
  };
  const port = await brokenPort(fault, good);
  return {
    ...port,
    url: `smtp://127.0.0.1:${port.port}`,
    get taken() {
      return mailServer.received.map(({ to, raw }) => ({ key: keyOfMail(raw), to: to.join() }));
    },
    async close() {
      await port.close();
      await mailServer.close();
    },
  };
}

export const keyOfMail = (raw: string): string =>
  keyOfMessageId(headerOf(raw, 'Message-ID') ?? '', 'town.example') ?? '';

/** A mail server as a script: what it says to each command, by its first word; `undefined`: 250. */
export const smtpScript =
  (greeting: string, says: Readonly<Record<string, string | ((socket: Socket) => void)>> = {}): Fault =>
  (socket) => {
    let isData = false;
    let unread = '';
    socket.write(`${greeting}\r\n`);
    socket.on('data', (chunk: Buffer) => {
      unread += chunk.toString('latin1');
      for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
        const line = unread.slice(0, end);
        unread = unread.slice(end + 2);
        const word = isData ? (line === '.' ? '.' : 'line') : (/^\w+/.exec(line)?.[0] ?? '').toUpperCase();
        if (word === 'DATA') isData = true;
        if (word === '.') isData = false;
        const said = says[word] ?? (word === 'line' ? '' : word === 'DATA' ? '354 go on' : '250 ok');
        if (typeof said === 'function') said(socket);
        else if (said !== '') socket.write(`${said}\r\n`);
      }
    });
  };

export function drip(socket: Socket, drop: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(drop), everyMs);
  socket.on('close', () => clearInterval(timer));
}
