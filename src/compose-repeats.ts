import type { Connection } from 'mongoose';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryStore } from './directory/directory-store.ts';
import { makeJudge } from './domain/repeats/judge.ts';
import type { MatterStore } from './matters/matter-store.ts';
import type { Clock } from './platform/clock.ts';
import { fold } from './platform/fold.ts';
import { randomIds } from './platform/ids.ts';
import type { Log } from './platform/log.ts';
import type { PublicLetterStore } from './publication/public-letter-store.ts';
import { mongoPublicNoticeStore } from './publication/public-notice-store.mongo.ts';
import { makePublishNotice } from './publication/publish-notice.ts';
import { makeFindNotices } from './repeats/find-notices.ts';
import { makeCompareLetters, makeFindRepeats } from './repeats/find-repeats.ts';
import { makeFinding } from './repeats/finding.ts';
import { mongoGramCountsStore } from './repeats/gram-counts-store.mongo.ts';
import { makeGrouping } from './repeats/grouping.ts';
import { makeLiveHotMatters } from './repeats/hot.socket.ts';
import { mongoLetterGramsStore } from './repeats/letter-grams-store.mongo.ts';
import { mongoLinkedLetterStore } from './repeats/linked-letter-store.mongo.ts';
import { makeNameHotMatters } from './repeats/name-hot-matters.ts';

/** The half of the composition that finds, judges and groups letters, and tells everyone of what many write about. */
export function composeRepeats(deps: {
  connection: Connection;
  rootDir: string;
  matters: MatterStore;
  publicLetters: PublicLetterStore;
  directory: DirectoryStore;
  personHash: (key: string) => string;
  clock: Clock;
  zone: string;
  elapsed: () => number;
  log: Log;
}) {
  const { connection, rootDir, matters, publicLetters, directory, clock } = deps;
  const shared = { ...deps, fold };
  const linkedLetters = mongoLinkedLetterStore(connection);
  const publicNotices = mongoPublicNoticeStore(connection);
  const finding = makeFinding({
    ...shared,
    letters: mongoLetterGramsStore(connection),
    counts: mongoGramCountsStore(connection),
  });
  const { earlierLetters } = finding;
  const weights = JSON.parse(
    readFileSync(join(rootDir, 'src', 'repeats', 'same-matter.weights.json'), 'utf8'),
  );
  const getJudge = async () => makeJudge({ weights, frequencies: await earlierLetters.frequencies() });
  const grouping = makeGrouping({ ...shared, linkedLetters, earlierLetters, getJudge });
  const { findHotMatters } = grouping;
  return {
    finding,
    grouping,
    compareLetters: makeCompareLetters({ getJudge, fold }),
    nameHotMatters: makeNameHotMatters({ findHotMatters, publicLetters, publicNotices }),
    /** What a board that shows hot matters has to look at. */
    changes: [linkedLetters, publicNotices],
    liveHotMatters: makeLiveHotMatters({ linkedLetters, log: deps.log }),
    services: {
      fold,
      earlierLetters,
      rebuildLetterGrams: finding.rebuildLetterGrams,
      rebuildLinkedLetters: grouping.rebuildLinkedLetters,
      findRepeats: makeFindRepeats({ ...shared, earlierLetters, getJudge }),
      findHotMatters,
      publicNotices,
      publishNotice: makePublishNotice({ publicNotices, matters, directory, clock, ids: randomIds }),
      findNotices: makeFindNotices({ publicNotices, getJudge, fold }),
    },
  };
}
