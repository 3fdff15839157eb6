import assert from 'node:assert/strict';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/platform/config.ts';
import { makeLog } from '../../src/platform/log.ts';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import type { Server } from 'socket.io';
import supertest from 'supertest';
import { makeRealtime } from '../../src/platform/realtime.ts';
import { act, aLetterIn, anAnswered, anAssigned, WRITER } from '../support/letters.ts';
import { seen } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

interface Pushed {
  readonly today: { readonly received: number; readonly answered: number };
  readonly open: { readonly total: number };
  readonly latest: readonly { readonly title: string }[];
}

const PRIVATE = [WRITER.name, WRITER.phone, WRITER.mail, WRITER.address, '收受礼品', '文昌路路面破损'];

describe('live board', () => {
  let town: TestTown;
  let http: HttpServer;
  let realtime: Server;
  let address: string;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
    http = createServer(town.app);
    realtime = makeRealtime(http, town.session);
    town.liveBoard.attach(realtime);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const at = http.address();
    assert.ok(at !== null && typeof at === 'object');
    address = `http://127.0.0.1:${at.port}`;
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await realtime.close();
    await town.end();
  });

  /** A page that is open: every board it was sent, with the moment it came. */
  const openPage = async () => {
    const boards: { at: number; board: Pushed; raw: string }[] = [];
    const socket = io(`${address}/board`, { transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    socket.on('board', (board: Pushed) => {
      boards.push({ at: performance.now(), board, raw: JSON.stringify(board) });
    });
    const next = async (holds: (board: Pushed) => boolean, withinMs: number) => {
      const until = performance.now() + withinMs;
      for (;;) {
        const found = boards.find(({ board }) => holds(board));
        if (found) return found;
        assert.ok(performance.now() < until, `no such board within ${withinMs} ms; ${boards.length} came`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await next(() => true, 3000);
    return { socket, boards, next };
  };

  it('a letter that comes in › shows on an open page within a second', async () => {
    const page = await openPage();
    const before = performance.now();

    await aLetterIn(town);

    const { at, board } = await page.next(({ today }) => today.received === 1, 1000);
    assert.ok(at - before < 1000);
    assert.equal(board.open.total, 1);
  });

  it('an answer › shows to everyone who looks, and a published one by its title', async () => {
    const pages = [await openPage(), await openPage()];
    const { id } = await anAnswered(town, { title: '学苑街路灯不亮' });
    for (const page of pages) await page.next(({ today }) => today.answered === 1, 1000);

    await act(town, 'dispatcher', id, 'publish');

    for (const page of pages) {
      await page.next(({ latest }) => latest[0]?.title === '学苑街路灯不亮', 1000);
    }
  });

  it('a burst of letters › is a few messages, and the last one has them all', async () => {
    const page = await openPage();
    for (let i = 0; i < 20; i += 1) await aLetterIn(town);

    await page.next(({ today }) => today.received === 20, 1500);
    assert.ok(page.boards.length < 15, `${page.boards.length} messages for 20 letters`);
  });

  it('a letter that another process or a command takes in › shows as well', async () => {
    const other = await compose({
      config: readConfig({}),
      mongodbUri: town.uri,
      rootDir: process.cwd(),
      clock: town.at,
      log: makeLog('silent'),
    });
    const page = await openPage();
    await aLetterIn({ ...town, services: other.services });
    await page.next(({ today }) => today.received === 1, 1000);
    await other.close();
  });

  it('whatever happens › no private word leaves the server', async () => {
    const page = await openPage();
    await aLetterIn(town, { kind: 'report', wish: 'private', title: '反映某局长收受礼品' });
    await anAssigned(town, 'roads');
    await anAnswered(town, { wish: 'private' });
    const { id } = await anAnswered(town, { title: '请回电13800001234，李小满' });
    await act(town, 'dispatcher', id, 'publish');

    const { board } = await page.next(({ latest }) => latest.length === 1, 2000);
    assert.equal(board.latest[0]?.title, '请回电███，███');
    const said = page.boards.map(({ raw }) => raw).join('\n') + (await supertest(address).get('/board')).text;
    for (const word of PRIVATE) assert.ok(!said.includes(word), word);
  });

  it('a page whose line broke › has the present board as soon as it is back', async () => {
    const page = await openPage();
    page.socket.disconnect();
    await aLetterIn(town);
    page.boards.length = 0;

    page.socket.connect();

    await page.next(({ today }) => today.received === 1, 2000);
  });

  it('what a browser sends › is not listened to', async () => {
    const page = await openPage();
    page.socket.emit('board', { today: { received: 99 } });
    page.socket.emit('assign', { id: 'm1' });
    await aLetterIn(town);
    await page.next(({ today }) => today.received === 1, 1000);
    assert.ok(page.boards.every(({ board }) => board.today.received < 99));
  });

  it('the page › without scripts › has every number, and the same as a table', async () => {
    await aLetterIn(town);
    await anAssigned(town, 'roads');
    const { id } = await anAnswered(town, { title: '学苑街路灯不亮' });
    await act(town, 'dispatcher', id, 'publish');

    const { status, text } = await supertest(address).get('/board').set('Accept-Language', 'en');

    assert.equal(status, 200);
    assert.match(seen(text), /Received today 3 Answered today 1 Open matters 2/);
    assert.match(seen(text), /2026-09-24 3 1/);
    assert.match(seen(text), /Assigned 1 .*Signed for 0/);
    assert.match(seen(text), /学苑街路灯不亮 Roads Bureau · 2026-09-24/);
    assert.match(seen(text), /On time 100\.0 % 1 \/ 1/);
  });

  it('an empty town › counts nothing as nothing, not as 0 %', async () => {
    const { text } = await supertest(address).get('/board').set('Accept-Language', 'zh-CN');
    assert.match(seen(text), /按时办理率 – 0 \/ 0/);
    assert.match(seen(text), /还没有公开答复/);
  });

  it('script and client › come from this server, and the page’s rules let them speak to it', async () => {
    const page = await supertest(address).get('/board');
    const script = /src="(\/assets\/board\.js[^"]*)"/.exec(page.text)?.[1];
    assert.ok(script);
    assert.equal((await supertest(address).get(script)).status, 200);
    const client = await supertest(address).get('/socket.io/socket.io.esm.min.js');
    assert.equal(client.status, 200);
    assert.match(String(client.headers['content-type']), /javascript/);
    const policy = String(page.headers['content-security-policy']);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /connect-src 'self' ws:\/\/huiyin\.example/);
  });
});
