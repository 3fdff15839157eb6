import type { Connection } from 'mongoose';
import type { GetTownTimes } from './clocks/get-town-times.ts';
import type { DirectoryStore } from './directory/directory-store.ts';
import { makeJudge } from './domain/repeats/judge.ts';
import type { PerformDeskAction } from './matters/perform-desk-action.ts';
import type { MatterStore } from './matters/matter-store.ts';
import type { Say } from './notices/compose-message.ts';
import type { NoticeStore } from './notices/notice-store.ts';
import type { Clock } from './platform/clock.ts';
import { fold } from './platform/fold.ts';
import { randomIds } from './platform/ids.ts';
import type { keyedHashes } from './platform/keyed-hashes.ts';
import type { Log } from './platform/log.ts';
import type { PublicLetterStore } from './publication/public-letter-store.ts';
import { mongoPublicNoticeStore } from './publication/public-notice-store.mongo.ts';
import { makePublishNotice } from './publication/publish-notice.ts';
import { makeComposeDigest } from './repeats/compose-digest.ts';
import { makeComposeForFollower } from './repeats/compose-for-follower.ts';
import { makeCountSavedLetter } from './repeats/count-saved-letter.ts';
import { makeFindAnswers } from './repeats/find-answers.ts';
import { makeFindNotices } from './repeats/find-notices.ts';
import { makeCompareLetters, makeFindRepeats } from './repeats/find-repeats.ts';
import { makeFinding } from './repeats/finding.ts';
import { makeFollowMatter } from './repeats/follow-matter.ts';
import { mongoFollowerStore } from './repeats/follower-store.mongo.ts';
import { mongoGramCountsStore } from './repeats/gram-counts-store.mongo.ts';
import { makeGrouping } from './repeats/grouping.ts';
import { makeLiveHotMatters } from './repeats/hot.socket.ts';
import { makeJoinGroup } from './repeats/join-group.ts';
import { mongoLetterGramsStore } from './repeats/letter-grams-store.mongo.ts';
import { mongoLinkedLetterStore } from './repeats/linked-letter-store.mongo.ts';
import { makeNameHotMatters } from './repeats/name-hot-matters.ts';
import { mongoSavedLetterStore } from './repeats/saved-letter-store.mongo.ts';
import { makeTellFollowers } from './repeats/tell-followers.ts';
import { readWeights } from './repeats/weights-file.command.ts';

export type FindsAnswers = Pick<Parameters<typeof makeFindAnswers>[0], 'earlierLetters' | 'getJudge'>;

/** The half of the composition that finds, judges and groups letters, and tells everyone of what many write about. */
export async function composeRepeats(deps: {
  connection: Connection;
  rootDir: string;
  matters: MatterStore;
  publicLetters: PublicLetterStore;
  directory: DirectoryStore;
  notices: NoticeStore;
  secrets: ReturnType<typeof keyedHashes>;
  say: Say;
  baseUrl: string;
  clock: Clock;
  zone: string;
  getTownTimes: GetTownTimes;
  elapsed: () => number;
  log: Log;
  /** What finds and judges earlier answers instead of the town's own search; for tests. */
  findsAnswers?: FindsAnswers | undefined;
}) {
  const { connection, rootDir, matters, publicLetters, directory, secrets, clock, zone } = deps;
  const followers = mongoFollowerStore(connection);
  const shared = { ...deps, fold, followers, keys: secrets };
  const savedLetters = mongoSavedLetterStore(connection);
  const linkedLetters = mongoLinkedLetterStore(connection);
  const publicNotices = mongoPublicNoticeStore(connection);
  const finding = makeFinding({
    ...shared,
    letters: mongoLetterGramsStore(connection),
    counts: mongoGramCountsStore(connection),
  });
  const { earlierLetters } = finding;
  const weights = await readWeights(rootDir);
  const getJudge = async () => makeJudge({ weights, frequencies: await earlierLetters.frequencies() });
  const grouping = makeGrouping({
    ...shared,
    linkedLetters,
    earlierLetters,
    getJudge,
    personHash: secrets.personHash,
  });
  const { findHotMatters } = grouping;
  return {
    putLetterGrams: finding.putLetterGrams,
    listeners: [finding.keepLetterGrams, grouping.keepLinkedLetters, makeTellFollowers(shared)],
    sweeps: { recountGrams: finding.recountGrams, linkLetters: grouping.linkLetters },
    composeForFollower: makeComposeForFollower({ ...shared, composeDigest: makeComposeDigest(shared) }),
    joinGroupBy: (performDeskAction: PerformDeskAction) => makeJoinGroup({ matters, performDeskAction }),
    compareLetters: makeCompareLetters({ getJudge, fold }),
    onBoard: {
      savedLetters,
      nameHotMatters: makeNameHotMatters({ findHotMatters, publicLetters, publicNotices }),
    },
    /** What a board that shows hot matters has to look at. */
    changes: [linkedLetters, publicNotices],
    liveHotMatters: makeLiveHotMatters({ linkedLetters, log: deps.log }),
    services: {
      followers,
      fold,
      earlierLetters,
      rebuildLetterGrams: finding.rebuildLetterGrams,
      rebuildLinkedLetters: grouping.rebuildLinkedLetters,
      findAnswers: makeFindAnswers({ ...shared, earlierLetters, getJudge, ...deps.findsAnswers }),
      savedLetters,
      countSavedLetter: makeCountSavedLetter({ savedLetters, clock, zone }),
      followMatter: makeFollowMatter(shared),
      findRepeats: makeFindRepeats({ ...shared, earlierLetters, getJudge }),
      findHotMatters,
      publicNotices,
      publishNotice: makePublishNotice({ publicNotices, matters, directory, clock, ids: randomIds }),
      findNotices: makeFindNotices({ publicNotices, getJudge, fold }),
    },
  };
}
