import { loadDemonstration } from '../fixtures/load-town.ts';
import { ConfigError, type Config } from './platform/config.ts';
import { openEmbeddedStore } from './platform/embedded/embedded-store.ts';
import { assertCanListen } from './platform/http/listen.ts';
import type { Log } from './platform/log.ts';
import { connectMongo } from './platform/mongo/connect.ts';
import { isUnfinishedMove } from './platform/store-tools/move-record.ts';

export interface TownStore {
  readonly uri: string;
  close(): Promise<void>;
}

/**
 * The store of a town that can be served: a real MongoDB that was set up, or the embedded store, which is given the
 * demonstration town when it is empty.
 */
export async function openTownStore(
  config: Config,
  context: { rootDir: string; log: Log },
): Promise<TownStore> {
  if (config.mongodbUri) {
    const content = await contentOf(config.mongodbUri);
    if (content === 'unfinished move') throw unfinishedMove('The database of MONGODB_URI');
    if (content === 'town') return { uri: config.mongodbUri, close: async () => {} };
    throw new ConfigError('MONGODB_URI names a database without a town. Make one with: npm run setup');
  }
  const store = await openEmbeddedStore({ dataDir: config.dataDir, whenRunning: 'refuse' });
  const content = await contentOf(store.uri);
  if (content === 'unfinished move') {
    await store.close();
    throw unfinishedMove(config.dataDir);
  }
  if (content === 'letters without a town') {
    await store.close();
    throw new ConfigError(
      `${config.dataDir} holds imported letters but no town yet. Make one with: npm run setup`,
    );
  }
  if (content !== 'town') {
    await assertCanListen(config);
    if (content === 'unfinished demonstration') await empty(store.uri);
    await demonstrate(config, store.uri, context);
  }
  return store;
}

const unfinishedMove = (where: string): ConfigError =>
  new ConfigError(
    `${where} holds a part of a town: a move into it was not finished. Run npm run move again.`,
  );

type Content = 'nothing' | 'town' | 'unfinished move' | 'letters without a town' | 'unfinished demonstration';

async function contentOf(uri: string): Promise<Content> {
  const connection = await connectMongo(uri);
  try {
    if (connection.db && (await isUnfinishedMove(connection.db))) return 'unfinished move';
    const settings = connection.collection<{ _id: string }>('settings');
    if (await settings.findOne({ _id: 'town' })) return 'town';
    if (await settings.findOne({ _id: DEMONSTRATION })) return 'unfinished demonstration';
    // Imported before there was a town: somebody's work, which no demonstration may be put upon.
    return (await connection.collection('matters').findOne({})) ? 'letters without a town' : 'nothing';
  } finally {
    await connection.close();
  }
}

/** Marks a store whose demonstration town is being made: a start that was interrupted begins it anew. */
const DEMONSTRATION = 'demonstration';

async function empty(uri: string): Promise<void> {
  const connection = await connectMongo(uri);
  await connection.dropDatabase();
  await connection.close();
}

async function demonstrate(
  config: Config,
  uri: string,
  { rootDir, log }: { rootDir: string; log: Log },
): Promise<void> {
  const connection = await connectMongo(uri);
  await connection
    .collection<{ _id: string }>('settings')
    .updateOne({ _id: DEMONSTRATION }, { $set: { value: true } }, { upsert: true });
  await connection.close();
  console.error('An empty store: making the demonstration town, a year of letters …');
  await loadDemonstration(
    { config, mongodbUri: uri, rootDir, log },
    { until: new Date(), progress: makeProgress() },
  );
}

/** Rewrites one line on a terminal; elsewhere a line now and then. */
function makeProgress(): (done: number, of: number) => void {
  let shown = 0;
  return (done, of) => {
    const line = `  ${done} of ${of} acts`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === of ? '\n' : ''}`);
    else if (done === of || done - shown >= 500) {
      shown = done;
      console.error(line);
    }
  };
}
