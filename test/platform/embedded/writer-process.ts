import { mongo } from 'mongoose';
import { openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.js';

/**
 * A process that owns the store and writes until it is killed; each acknowledged number is printed.
 * Arguments: the data directory and the first number.
 */
const [, , dataDir = '', first = '0'] = process.argv;
const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
const client = await mongo.MongoClient.connect(store.uri);
const collection = client.db().collection<{ _id: number; even: boolean }>('numbers');
await collection.createIndex({ even: 1 });
console.log('ready');
let next = Number(first);
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (;;) {
      next += 1;
      const number = next;
      await collection.insertOne({ _id: number, even: number % 2 === 0 });
      console.log(number);
    }
  }),
);
