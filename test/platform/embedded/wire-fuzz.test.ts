import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { mongo } from 'mongoose';
import { temporaryDirectory, type Row } from './store-under-test.js';

const { deserialize, serialize, Long, ObjectId } = mongo.BSON;

const messages = 10_000;
const connections = 16;
/** A megabyte a message would be gigabytes; what the runtime keeps for itself is tens. */
const mostGrowth = 150 * 1024 * 1024;

/** Repeatable chance (mulberry32): a failure can be run again. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Commands worth spoiling: none of them, spoilt or not, is meant to touch the collection `kept`. */
const commands: readonly mongo.Document[] = [
  { ping: 1, $db: 'admin' },
  { hello: 1, $db: 'admin' },
  { find: 'c', filter: { a: { $gt: 1 }, $or: [{ b: 'x' }, { c: [1, 2, { d: null }] }] }, limit: 5, $db: 'f' },
  { insert: 'c', documents: [{ _id: new ObjectId(), a: 1.5, b: 'text', c: [true, new Date(0)] }], $db: 'f' },
  {
    update: 'c',
    updates: [{ q: { a: 1 }, u: { $set: { 'b.$[e].x': 1 } }, arrayFilters: [{ e: 1 }], upsert: true }],
    $db: 'f',
  },
  { delete: 'c', deletes: [{ q: { a: 1 }, limit: 1 }], $db: 'f' },
  {
    aggregate: 'c',
    pipeline: [{ $match: { a: 1 } }, { $group: { _id: '$b', n: { $sum: 1 } } }],
    cursor: {},
    $db: 'f',
  },
  { findAndModify: 'c', query: { a: 1 }, update: { $inc: { a: 1 } }, $db: 'f' },
  { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a_1' }], $db: 'f' },
  { getMore: Long.fromNumber(7), collection: 'c', $db: 'f' },
];

function wellFormed(command: mongo.Document): Buffer {
  const body = serialize(command);
  const bytes = Buffer.alloc(21 + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(7, 4);
  bytes.writeInt32LE(2013, 12);
  bytes.set(body, 21);
  return bytes;
}

const corpus = commands.map(wellFormed);

/** One message of which something is wrong, most of the time. */
function spoilt(random: () => number): Buffer {
  const below = (n: number): number => Math.floor(random() * n);
  const bytes = Buffer.from(corpus[below(corpus.length)] ?? Buffer.alloc(0));
  const flip = (from: number): void => {
    for (let n = 1 + below(4); n > 0; n -= 1) bytes[from + below(bytes.length - from)] = below(256);
  };
  switch (below(7)) {
    case 0: // cut short, and the client hangs up or goes on with the next
      return bytes.subarray(0, below(bytes.length));
    case 1: // any byte, the header included
      flip(0);
      return bytes;
    case 2: // bytes of the body only: the frame stays right
      flip(16);
      return bytes;
    case 3: // a wrong length
      bytes.writeInt32LE(below(2) ? below(1 << 30) - (1 << 29) : below(64), 0);
      return bytes;
    case 4: // a wrong length of a document inside
      bytes.writeInt32LE(below(1 << 16) - 100, 21);
      return bytes;
    case 5: {
      // cut short, but by a header that admits it
      const cut = Buffer.from(bytes.subarray(0, 17 + below(bytes.length - 17)));
      cut.writeInt32LE(cut.length, 0);
      return cut;
    }
    default: {
      // noise
      const noise = Buffer.from(Array.from({ length: 1 + below(200) }, () => below(256)));
      if (below(2) && noise.length >= 4) noise.writeInt32LE(noise.length, 0);
      return noise;
    }
  }
}

interface Held {
  readonly rss: number;
  readonly files: number;
}

describe('the wire under noise', () => {
  let child: ChildProcess;
  let dataDir: string;
  let uri: string;

  before(async () => {
    dataDir = await temporaryDirectory();
    const path = fileURLToPath(new URL('./store-process.js', import.meta.url));
    child = fork(path, [dataDir], { execArgv: ['--expose-gc'] });
    const [{ uri: told }] = (await once(child, 'message')) as [{ uri: string }];
    uri = told;
  });

  after(async () => {
    child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  const held = async (): Promise<Held> => {
    child.send('held');
    const [answer] = (await once(child, 'message')) as [Held];
    return answer;
  };

  const connect = async (): Promise<Socket> => {
    const host = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '');
    const port = /^127\.0\.0\.1:(\d+)$/.exec(host)?.[1];
    const socket = port ? createConnection(Number(port), '127.0.0.1') : createConnection(host);
    socket.on('error', () => undefined); // the store hangs up on nonsense, sometimes while we write
    socket.resume();
    await once(socket, 'connect');
    return socket;
  };

  /** What the store itself did not expect: a fault of ours, even when it is answered. */
  const internal = new Set<string>();
  const fates = { answered: 0, hungUp: 0, unfinished: 0 };

  /** What becomes of one message: an answer, a closed connection, or waiting for the rest of it. */
  const fateOf = (socket: Socket, message: Buffer): Promise<keyof typeof fates> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => settle('unfinished'), 10);
      const answered = (bytes: Buffer): void => {
        const reply = bytes.readInt32LE(0) === bytes.length ? deserialize(bytes.subarray(21)) : {};
        if (reply['code'] === 1) internal.add(String(reply['errmsg']));
        settle('answered');
      };
      const hungUp = (): void => settle('hungUp');
      const settle = (fate: keyof typeof fates): void => {
        clearTimeout(timer);
        socket.off('data', answered).off('close', hungUp);
        resolve(fate);
      };
      socket.once('data', answered).once('close', hungUp);
      socket.write(message);
    });

  /** One client that sends its share, and connects anew whenever it is hung up on or a message stays unfinished. */
  async function badClient(seed: number, share: number): Promise<void> {
    const random = chance(seed);
    let socket = await connect();
    for (let sent = 0; sent < share; sent += 1) {
      const fate = await fateOf(socket, spoilt(random));
      fates[fate] += 1;
      if (fate === 'answered') continue;
      socket.destroy();
      socket = await connect();
    }
    socket.destroy();
  }

  it(`${messages} spoilt messages neither end it nor make it grow, and a good client is served`, async function fuzz() {
    this.timeout(60_000);
    const client = await mongo.MongoClient.connect(uri);
    const kept = client.db().collection<Row>('kept');
    await kept.insertMany(Array.from({ length: 100 }, (_, n) => ({ _id: n })));
    await badClient(1, 500);
    await pause(100);
    const before = await held();
    await Promise.all(
      Array.from({ length: connections }, (_, n) => badClient(n + 2, messages / connections)),
    );
    assert.equal(await kept.countDocuments(), 100, 'a good client is served, and finds what it wrote');
    await client.db('f').collection('c').find().toArray();
    let after = await held();
    for (let tries = 0; tries < 40 && after.files > before.files + 2; tries += 1) {
      await pause(50);
      after = await held();
    }
    assert.equal(child.exitCode, null);
    assert.deepEqual([...internal], []);
    for (const [fate, count] of Object.entries(fates)) assert.ok(count > 500, `${fate}: ${count}`);
    assert.ok(after.files <= before.files + 2, `open files: ${before.files}, then ${after.files}`);
    assert.ok(after.rss - before.rss < mostGrowth, `bytes: ${before.rss}, then ${after.rss}`);
    await client.close();
  });
});
