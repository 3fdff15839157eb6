import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { mongo } from 'mongoose';
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.js';

const { deserialize, serialize } = mongo.BSON;

/** An OP_MSG with one body section; parts of it can be falsified. */
function message(command: mongo.Document, { flags = 0, kind = 0, opcode = 2013 } = {}): Buffer {
  const body = serialize(command);
  const bytes = Buffer.alloc(21 + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(7, 4);
  bytes.writeInt32LE(opcode, 12);
  bytes.writeUInt32LE(flags, 16);
  bytes[20] = kind;
  bytes.set(body, 21);
  return bytes;
}

const read = async (socket: Socket): Promise<mongo.Document> => {
  const [bytes]: Buffer[] = await once(socket, 'data');
  assert.ok(bytes);
  assert.equal(bytes.readInt32LE(8), 7, 'answers the request');
  return deserialize(bytes.subarray(21));
};

describe('the wire', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
  });

  after(() => tested.close());

  const connect = async (): Promise<Socket> => {
    const host = /^mongodb:\/\/([^/]+)\//.exec(tested.store.uri)?.[1] ?? '';
    const socket = createConnection(decodeURIComponent(host));
    await once(socket, 'connect');
    return socket;
  };

  it('answers a message that arrives byte by byte, and two that arrive at once', async () => {
    const socket = await connect();
    const ping = message({ ping: 1, $db: 'admin' });
    for (const byte of ping.subarray(0, 30)) socket.write(Buffer.of(byte));
    socket.write(ping.subarray(30));
    assert.equal((await read(socket))['ok'], 1);
    socket.write(Buffer.concat([ping, ping]));
    let received = 0;
    while (received < 2 * 38) received += (await once(socket, 'data'))[0].length;
    assert.equal(received, 2 * 38);
    socket.destroy();
  });

  it('greets as a standalone server, in the old form too', async () => {
    const socket = await connect();
    const body = serialize({ ismaster: 1, helloOk: true });
    const head = Buffer.alloc(20 + 'admin.$cmd'.length + 1 + 8);
    head.writeInt32LE(head.length + body.length, 0);
    head.writeInt32LE(2004, 12);
    head.write('admin.$cmd', 20);
    head.writeInt32LE(-1, head.length - 4);
    socket.write(Buffer.concat([head, body]));
    const [bytes]: Buffer[] = await once(socket, 'data');
    assert.ok(bytes);
    assert.equal(bytes.readInt32LE(12), 1, 'OP_REPLY');
    const hello = deserialize(bytes.subarray(36));
    assert.equal(hello['ismaster'], true);
    assert.equal(hello['setName'], undefined);
    assert.equal(hello['maxWireVersion'], 21);
    assert.equal(hello['maxBsonObjectSize'], 16 * 1024 * 1024);
    socket.destroy();
  });

  const good = message({ ping: 1, $db: 'admin' });
  const patched = (at: number, value: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes.writeInt32LE(value, at);
    return bytes;
  };
  const malformed: readonly [string, Buffer][] = [
    ['a length below the header', patched(0, 8)],
    ['a length beyond the limit', patched(0, 100_000_000)],
    ['an unknown opcode', message({ ping: 1 }, { opcode: 2012 })],
    ['an unknown section', message({ ping: 1 }, { kind: 3 })],
    ['a flag nobody knows', message({ ping: 1 }, { flags: 64 })],
    ['a checksum that is not there', message({ ping: 1 }, { flags: 1 })],
    ['a document longer than its message', patched(21, 5000)],
    ['a document of negative length', patched(21, -1)],
    ['a type nobody knows', Buffer.from(good).fill(0x77, 25, 26)],
    [
      'no body at all',
      (() => {
        const bytes = Buffer.from(good.subarray(0, 20));
        bytes.writeInt32LE(20, 0);
        return bytes;
      })(),
    ],
  ];

  for (const [name, bytes] of malformed) {
    it(`drops a connection that sends ${name}, and serves the others`, async () => {
      const socket = await connect();
      const closed = once(socket, 'close');
      socket.write(bytes);
      await closed;
      assert.equal((await tested.db.command({ ping: 1 }))['ok'], 1);
    });
  }

  it('fetches in batches and forgets what is killed', async () => {
    const collection = await tested.collectionOf(Array.from({ length: 250 }, (_, n) => ({ n })));
    const cursor = collection.find().batchSize(100);
    assert.equal((await cursor.toArray()).length, 250);
    const first = await tested.db.command({ find: collection.collectionName, batchSize: 10 });
    const { id } = first['cursor'];
    assert.equal(first['cursor'].firstBatch.length, 10);
    await tested.db.command({ killCursors: collection.collectionName, cursors: [id] });
    await assert.rejects(tested.db.command({ getMore: id, collection: collection.collectionName }), {
      code: 43,
    });
  });

  it('takes and gives batches of several megabytes', async () => {
    const text = 'x'.repeat(100_000);
    const collection = await tested.collectionOf(Array.from({ length: 300 }, (_, n) => ({ n, text })));
    assert.equal((await collection.find().sort({ n: 1 }).toArray()).length, 300);
  });
});
