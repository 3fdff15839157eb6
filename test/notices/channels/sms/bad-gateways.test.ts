import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { MessageRefused } from '../../../../src/notices/channels/channel.ts';
import { PATIENCE_MS } from '../../../../src/notices/channels/sms/call-gateway.ts';
import { smsGateway } from '../../../../src/notices/channels/sms/sms-gateway.ts';
import { answeringGateway, served } from './http-gateway.ts';
import { ADDRESSES, listening, PHONE, SMS, TEMPLATES } from './sample-message.ts';

/** How each gateway over HTTP is addressed, and SMPP, which gets the same bytes. */
const URLS: Readonly<Record<string, (host: string) => string>> = {
  Kannel: (host) => `kannel+http://u:pass-word@${host}?from=1`,
  Aliyun: (host) => `aliyun+http://u:pass-word@${host}?sign=x`,
  Tencent: (host) => `tencent+http://u:pass-word@${host}?app=1&sign=x`,
  云MAS: (host) => `mas+http://u:pass-word@${host}?group=g&sign=x`,
  Twilio: (host) => `twilio+http://u:pass-word@${host}?from=1`,
  generic: (host) => `http://u:pass-word@${host}/`,
  SMPP: (host) => `smpp://u:pass-word@${host}?from=1`,
};

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** What a broken gateway does with a connection once something was asked. */
const FAULTS: Readonly<Record<string, (socket: Socket) => void>> = {
  'never answers': () => {},
  'hangs up at once': (socket) => socket.destroy(),
  'closes in the middle of its answer': (socket) => socket.end(`${HEAD}content-length: 500\r\n\r\n{"Code"`),
  'answers in no protocol': (socket) => socket.end('\x00\x01\xff garbage \r\n\r\n'),
  'says 500': (socket) =>
    socket.end('HTTP/1.1 500 Broken\r\ncontent-length: 4\r\nconnection: close\r\n\r\nSorr'),
  'says 503 with words about the number': (socket) =>
    socket.end(`HTTP/1.1 503 Busy\r\nconnection: close\r\n\r\n${PHONE} ${SMS.text}`),
  'sends its answer drop by drop': (socket) => {
    socket.write(`${HEAD}content-length: 5000\r\n\r\n`);
    drip(socket, 'x', 20);
  },
  'sends its headers drop by drop': (socket) => drip(socket, 'X', 20),
  'never stops answering': (socket) => {
    socket.write(`${HEAD}\r\n`);
    const pour = (): void => {
      while (!socket.destroyed && socket.write('x'.repeat(16_384)));
    };
    socket.on('drain', pour);
    pour();
  },
  'sends the caller elsewhere': (socket) =>
    socket.end(
      'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
    ),
};

function drip(socket: Socket, drop: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(drop), everyMs);
  socket.on('close', () => clearInterval(timer));
}

const IMPATIENCE_MS = 400;

describe('SMS gateways that are broken', () => {
  const open = (url: string, patienceMs?: number) =>
    smsGateway({
      url,
      token: null,
      templates: TEMPLATES,
      addresses: ADDRESSES,
      listener: listening(),
      log: { info: () => {}, warn: () => {} },
      ...(patienceMs === undefined ? {} : { patienceMs }),
    }).channel;

  for (const [fault, act] of Object.entries(FAULTS)) {
    describe(fault, () => {
      let server: Server;
      let host = '';
      const sockets = new Set<Socket>();
      before(async () => {
        server = createServer((socket) => {
          sockets.add(socket);
          socket.on('error', () => {});
          socket.once('data', () => act(socket));
        });
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      });
      after(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });

      for (const [name, url] of Object.entries(URLS)) {
        it(`${name} › the send ends in time, to be tried again, and says nothing of number, text or password`, async () => {
          const channel = open(url(host), IMPATIENCE_MS);
          const began = performance.now();
          await assert.rejects(channel.send(SMS), (error: Error) => {
            assert.ok(!(error instanceof MessageRefused), 'given up');
            const told = `${error.message} ${error.stack} ${String(error.cause)}`;
            for (const secret of [PHONE, '已有答复', 'pass-word']) assert.ok(!told.includes(secret), told);
            return true;
          });
          assert.ok(performance.now() - began < IMPATIENCE_MS + 1500, `${performance.now() - began} ms`);
          await channel.close?.();
        });
      }
    });
  }

  it('a gateway that sends the caller on › is not followed: nobody else is to see number, text and password', async () => {
    const other = await answeringGateway(() => ({ status: 200, body: '{}' }));
    const sender = await served(
      createHttpServer((_req, res) => {
        res.writeHead(307, { location: `http://${other.host}/` }).end();
      }),
    );
    for (const [name, url] of Object.entries(URLS))
      if (name !== 'SMPP') await assert.rejects(open(url(sender.host), 2000).send(SMS), name);
    assert.deepEqual(other.asked, []);
    sender.close();
    other.close();
  });

  it('an answer without end › is not read to the end of anybody’s patience', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => FAULTS['never stops answering']?.(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const [name, url] of Object.entries(URLS))
      if (name !== 'SMPP')
        await assert.rejects(open(url(host), 5000).send(SMS), /its answer has no end/, name);
    server.close();
  });

  it('nobody waits longer than ten seconds by default', async function () {
    this.timeout(15_000);
    this.slow(PATIENCE_MS * 2);
    const silent = createHttpServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const began = performance.now();
    await Promise.all(
      Object.values(URLS).map(async (url) => {
        const channel = open(url(host));
        await assert.rejects(channel.send(SMS));
        await channel.close?.();
      }),
    );
    const took = performance.now() - began;
    silent.closeAllConnections();
    silent.close();
    assert.ok(took > 9000 && took < 12_000, `${took} ms`);
  });
});
