import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { randomIds } from '../../src/platform/ids.ts';
import { testStoreUri } from './one-store.ts';

/** An empty database of its own on the store under test; `end` drops it. */
export async function openDatabase() {
  const uri = testStoreUri(`c${randomIds.next().replaceAll('-', '')}`);
  const connection = await connectMongo(uri);
  return {
    uri,
    connection,
    async end() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

export type TestDatabase = Awaited<ReturnType<typeof openDatabase>>;
