import { existsSync } from 'node:fs';
import { mongo } from 'mongoose';
import { databaseFile } from '../embedded/data-directory.ts';
import { openEmbeddedStore } from '../embedded/embedded-store.ts';

/** One end of a move. */
export interface StoreEnd {
  /** For people: without user and password. */
  readonly name: string;
  readonly isEmbedded: boolean;
  readonly db: mongo.Db;
  close(): Promise<void>;
}

const embedded = /^embedded:(.+)$/s;

/** Whether a text names an end: `mongodb://…`, `mongodb+srv://…` or `embedded:DIRECTORY`. */
export const isEnd = (text: string): boolean => embedded.test(text) || /^mongodb(\+srv)?:\/\//.test(text);

/** The directory of an embedded end in which there is no store; null for every other end. */
export function missingStore(text: string): string | null {
  const dataDir = embedded.exec(text)?.[1];
  return dataDir !== undefined && !existsSync(databaseFile(dataDir)) ? dataDir : null;
}

/** @throws EmbeddedStoreBusy when a program runs on an embedded end. */
export async function openEnd(text: string): Promise<StoreEnd> {
  const dataDir = embedded.exec(text)?.[1];
  if (dataDir === undefined) {
    const client = await connect(text);
    const hosts = client.options.srvHost ?? client.options.hosts.map(String).join(',');
    const db = client.db();
    return { name: `${hosts}/${db.databaseName}`, isEmbedded: false, db, close: () => client.close() };
  }
  const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
  const client = await connect(store.uri);
  return {
    name: text,
    isEmbedded: true,
    db: client.db(),
    close: async () => {
      await client.close();
      await store.close();
    },
  };
}

const connect = (uri: string): Promise<mongo.MongoClient> =>
  mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 10_000 });
