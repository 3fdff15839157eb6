import assert from 'node:assert/strict';
import { io, type Socket } from 'socket.io-client';
import { act, aLetterIn, anAnswered } from '../support/letters.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { TEST_PASSWORD } from '../support/test-town.ts';

/** It takes a third of a second; a slow machine is given more. */
const PATIENCE_MS = 5000;

const waitFor = async (isSo: () => boolean, what: string): Promise<void> => {
  const until = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    assert.ok(performance.now() < until, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('hot matters, live', () => {
  let town: ServedTown;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    town = await serveTestTown('2026-09-24T02:00:00Z');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await town.end();
  });

  const connect = (namespace: string, cookie: string): Socket => {
    const socket = io(`${town.address}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie },
    });
    sockets.push(socket);
    return socket;
  };
  const cookieOf = async (username: string): Promise<string> => {
    const answer = await fetch(`${town.address}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ username, password: TEST_PASSWORD }),
    });
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  };

  it('a page of somebody signed in › is told that something changed, and nothing else', async () => {
    const told: unknown[][] = [];
    const socket = connect('/hot', await cookieOf('dispatcher'));
    socket.on('changed', (...words: unknown[]) => told.push(words));
    await waitFor(() => socket.connected, 'connected');
    await aLetterIn(town);
    await waitFor(() => told.length > 0, 'told of a letter');
    const before = told.length;
    await town.sweeps.linkLetters(town.at.now());
    await waitFor(() => told.length > before, 'told of a link');
    assert.deepEqual([...new Set(told.map((words) => words.length))], [0]);
  });

  it('a page of nobody › is told nothing', async () => {
    let isRefused = false;
    const socket = connect('/hot', '');
    socket.on('connect_error', () => {
      isRefused = true;
    });
    await waitFor(() => isRefused, 'refused');
    assert.equal(socket.connected, false);
  });

  it('the board › shows a named group once its letters were linked', async () => {
    const writer = (n: number) => ({ name: `来信人${n}`, phone: `1390000000${n}`, mail: '', address: '' });
    const words = { title: '海鸥大桥护栏松动', body: '海鸥大桥东侧护栏松动，走过去很危险，请派人加固。' };
    const first = await anAnswered(town, { ...words, writer: writer(1) });
    await act(town, 'dispatcher', first.id, 'publish', { text: '' });
    for (const n of [2, 3]) await aLetterIn(town, { ...words, place: '海鸥大桥', writer: writer(n) });
    const boards: string[] = [];
    const socket = connect('/board', '');
    socket.on('board', (board: { hot: Record<string, unknown> }) =>
      boards.push(JSON.stringify(board.hot[30])),
    );
    await waitFor(() => boards.length > 0, 'a first board');
    assert.equal(boards[0], '[]');
    await town.services.earlierLetters.look();
    await town.sweeps.linkLetters(town.at.now());
    await waitFor(() => boards.some((hot) => hot.includes('海鸥大桥护栏松动')), 'the group');
    assert.ok(boards.every((hot) => !/来信人|1390000/.test(hot)));
  });
});
