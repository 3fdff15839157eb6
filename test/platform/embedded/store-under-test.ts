import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { openEmbeddedStore, type EmbeddedStore } from '../../../src/platform/embedded/embedded-store.js';

/** Fields as a test writes them. */
export type Fields = mongo.Document;

export interface Row extends mongo.Document {
  _id: string | number | mongo.ObjectId;
}

/** A store of its own for one test file, with a driver connected to it. */
export interface StoreUnderTest {
  readonly store: EmbeddedStore;
  readonly client: mongo.MongoClient;
  readonly db: mongo.Db;
  /** An empty collection holding the rows. */
  collectionOf(rows: readonly Fields[]): Promise<mongo.Collection<Row>>;
  close(): Promise<void>;
}

export const temporaryDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'store-'));

export async function openStoreUnderTest(options: mongo.MongoClientOptions = {}): Promise<StoreUnderTest> {
  const dataDir = await temporaryDirectory();
  const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
  const client = await mongo.MongoClient.connect(store.uri, options);
  const db = client.db();
  let made = 0;
  return {
    store,
    client,
    db,
    collectionOf: async (rows) => {
      made += 1;
      const collection = db.collection<Row>(`c${made}`);
      if (rows.length > 0)
        await collection.insertMany(rows.map((row) => ({ _id: new mongo.ObjectId(), ...row })));
      return collection;
    },
    close: async () => {
      await client.close();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The code of the error a promise ends with; null when it does not. */
export async function codeOf(promise: Promise<unknown>): Promise<number | string | null | undefined> {
  try {
    await promise;
    return null;
  } catch (error) {
    return error instanceof mongo.MongoServerError ? error.code : String(error);
  }
}
