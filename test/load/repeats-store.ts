import { fold } from '../../src/platform/fold.ts';
import { openEmbeddedStore } from '../../src/platform/embedded/embedded-store.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { mongoMatterStore } from '../../src/matters/matter-store.mongo.ts';
import { makeFinding } from '../../src/repeats/finding.ts';
import { mongoGramCountsStore } from '../../src/repeats/gram-counts-store.mongo.ts';
import { mongoLetterGramsStore } from '../../src/repeats/letter-grams-store.mongo.ts';

/** What finding needs of a town, on a MongoDB or on an embedded store of this process. */
export async function openRepeatsStore(uriOrDirectory: string) {
  const isUri = uriOrDirectory.startsWith('mongodb');
  const embedded = isUri ? null : await openEmbeddedStore({ dataDir: uriOrDirectory, whenRunning: 'refuse' });
  const connection = await connectMongo(embedded?.uri ?? uriOrDirectory);
  const matters = mongoMatterStore(connection);
  const finding = makeFinding({
    matters,
    letters: mongoLetterGramsStore(connection),
    counts: mongoGramCountsStore(connection),
    zone: 'Asia/Shanghai',
    fold,
    elapsed: () => performance.now(),
  });
  return {
    connection,
    matters,
    finding,
    async close() {
      await finding.earlierLetters.close();
      await connection.close();
      await embedded?.close();
    },
  };
}
