import { makeJobs } from '../jobs/index.ts';
import type { Sweeps } from '../jobs/sweeps.ts';
import { mongoCredentialStore } from './accounts/credential-store.mongo.ts';
import { makeSetUpTown } from './accounts/set-up-town.ts';
import { makeSignIn } from './accounts/sign-in.ts';
import { composeClocks } from './compose-clocks.ts';
import { composeIncoming } from './compose-incoming.ts';
import { composeLetters } from './compose-letters.ts';
import { composeNotices, type Channels } from './compose-notices.ts';
import { composeRepeats, type FindsAnswers } from './compose-repeats.ts';
import { composeSupervision } from './compose-supervision.ts';
import { composeWeb } from './compose-web.ts';
import { makeImportLetters } from './archive/import-letters.ts';
import { makeLiveBoard } from './dashboard/board.socket.ts';
import { makeTownBoard } from './dashboard/town-board.ts';
import { mongoDirectoryStore } from './directory/directory-store.mongo.ts';
import { rememberedDirectory } from './directory/remembered-directory.ts';
import { wordsOf } from './domain/letters/same-person.ts';
import { makeAdvanceClocks } from './matters/advance-clocks.ts';
import { makeAnnounce, makeAnnounceLeftovers } from './matters/announce.ts';
import { makeKeepSets } from './matters/keep-sets.ts';
import { makeChangeMatter } from './matters/change-matter.ts';
import { mongoMatterStore } from './matters/matter-store.mongo.ts';
import { makePerformDeskAction } from './matters/perform-desk-action.ts';
import type { Connection } from 'mongoose';
import type { Say } from './notices/compose-message.ts';
import { mongoNoticeStore } from './notices/notice-store.mongo.ts';
import { newSecret, type Config } from './platform/config.ts';
import { randomIds } from './platform/ids.ts';
import { keyedHashes } from './platform/keyed-hashes.ts';
import type { Log } from './platform/log.ts';
import { connectMongo, makeIndexes } from './platform/mongo/connect.ts';
import { installationSecret } from './platform/mongo/installation-secret.ts';
import { openClock, type ClockOfStore } from './platform/mongo/store-clock.ts';
import { scryptPasswords } from './platform/passwords.ts';
import { makeScheduler } from './platform/scheduler.ts';
import { makeWords } from './platform/words.ts';
import { mongoPublicLetterStore } from './publication/public-letter-store.mongo.ts';
import { makeKeepPublicLetters } from './publication/keep-public-letters.ts';
import { mongoFactStore } from './statistics/fact-store.mongo.ts';
import { makeKeepFacts } from './statistics/keep-facts.ts';
import { makeRebuildReadModels } from './statistics/rebuild-read-models.ts';
import { makeTownFigures } from './statistics/town-figures.ts';

/** What a composition is made from. `mongodbUri` is a real MongoDB or the embedded store: nothing here knows which. */
export interface Parts {
  readonly config: Config;
  readonly mongodbUri: string;
  readonly rootDir: string;
  readonly clock: ClockOfStore;
  readonly log: Log;
  /** Missing words and parameters throw instead of falling back. */
  readonly strictWords?: boolean;
  /** What finds and judges earlier answers instead of the town's own search; for tests. */
  readonly repeats?: FindsAnswers;
  /** Where messages go instead of the configured gateways; for tests. */
  readonly channels?: Channels;
}

const elapsed = (): number => performance.now();

/** The one place where every implementation is known. What fails half-way leaves no connection: a command would never end. */
export async function compose(parts: Parts) {
  const connection = await connectMongo(parts.mongodbUri);
  try {
    return await composeOn(connection, parts);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function composeOn(connection: Connection, parts: Parts) {
  const { config, log, rootDir } = parts;
  const clock = await openClock(parts.clock, connection);
  const secret = config.secret ?? (await installationSecret(connection, newSecret()));
  const secrets = keyedHashes(secret);
  const words = makeWords({ rootDir, strict: parts.strictWords ?? false });
  const zone = config.timeZone;

  const matters = mongoMatterStore(connection);
  const directory = rememberedDirectory(mongoDirectoryStore(connection), elapsed);
  const credentials = mongoCredentialStore(connection);
  const facts = mongoFactStore(connection);
  const publicLetters = mongoPublicLetterStore(connection);
  const notices = mongoNoticeStore(connection);
  const town = composeClocks({ connection, matters, directory, notices, secrets, clock, zone, elapsed });
  const { getTownTimes } = town;
  const speak: Say = (language, key, params) => words.in(language)(key, params);
  const shared = {
    connection,
    rootDir,
    matters,
    publicLetters,
    notices,
    directory,
    secrets,
    say: speak,
    baseUrl: config.baseUrl,
    clock,
    zone,
    getTownTimes,
    elapsed,
    log,
  };
  const repeats = await composeRepeats({ ...shared, findsAnswers: parts.repeats });
  const letters = composeLetters(shared);
  const messages = composeNotices({
    ...shared,
    config,
    composeForFollower: repeats.composeForFollower,
    takeInSms: (message) => incoming.takeInSms(message),
    channels: parts.channels,
  });
  const supervision = composeSupervision({
    ...shared,
    changeMatter: (...asked) => changeMatter(...asked),
  });
  await makeIndexes(connection);

  const getTownBoard = makeTownBoard({ facts, letters: publicLetters, ...repeats.onBoard, clock, zone });
  const liveBoard = makeLiveBoard({ getTownBoard, changes: [facts, ...repeats.changes], log });
  const announce = makeAnnounce({
    listeners: [
      makeKeepFacts({ facts, zone }),
      makeKeepPublicLetters({ letters: publicLetters, matters, zone }),
      ...repeats.listeners,
      ...supervision.listeners,
      messages.tellPeople,
      (news) => keepSets(news),
    ],
    matters,
    log,
  });

  const clocks = town.withAnnounce(announce);
  const changeMatter = makeChangeMatter({ matters, clock, getTownTimes, announce });
  const keepSets = makeKeepSets({
    matters,
    changeMatter,
    wordsHash: (letter) => secrets.wordsHash(wordsOf(letter)),
  });
  const letterServices = letters.servicesWith(announce);
  const incoming = composeIncoming({
    ...shared,
    ...letterServices,
    ...messages.services,
    config,
    mailLedger: letters.mailLedger,
    changeMatter,
    addresses: messages.replies,
    channels: messages.channels,
    isDemonstration: messages.isDemonstration,
    words,
  });
  const sweeps: Sweeps = {
    advanceClocks: makeAdvanceClocks({ matters, getTownTimes, announce }),
    announceLeftovers: makeAnnounceLeftovers({ matters, announce }),
    learnUnits: letters.learnUnits,
    ...messages.sweeps,
    ...incoming.sweeps,
    checkCalendar: clocks.checkCalendar,
    ...repeats.sweeps,
  };
  const scheduler = makeScheduler({ connection, jobs: makeJobs(sweeps), clock, log });
  const performDeskAction = makePerformDeskAction({
    matters,
    directory,
    changeMatter,
    compareLetters: repeats.compareLetters,
  });

  const services = {
    zone,
    getTownTimes,
    clock,
    log,
    ids: randomIds,
    secrets,
    passwords: scryptPasswords,
    matters,
    directory,
    credentials,
    facts,
    publicLetters,
    notices,
    scheduler,
    announce,
    changeMatter,
    ...letterServices,
    performDeskAction,
    joinGroup: repeats.joinGroupBy(performDeskAction),
    signIn: makeSignIn({ directory, credentials, passwords: scryptPasswords }),
    getTownFigures: makeTownFigures({ facts, savedLetters: repeats.services.savedLetters, clock }),
    getTownBoard,
    importLetters: makeImportLetters({
      matters,
      facts,
      publicLetters,
      putLetterGrams: repeats.putLetterGrams,
      directory,
      ids: randomIds,
      getTownTimes,
      zone,
    }),
    setUpTown: makeSetUpTown({ directory, credentials, passwords: scryptPasswords }),
    ...repeats.services,
    ...clocks.services,
    ...messages.services,
    ...supervision.services,
    rebuildReadModels: makeRebuildReadModels({ matters, facts, publicLetters, zone }),
  };

  const web = await composeWeb(services, { connection, config, rootDir, words, secret, clock, log });
  return {
    app: web.app,
    session: web.session,
    services,
    sweeps,
    liveBoard,
    liveHotMatters: repeats.liveHotMatters,
    words,
    readTownName: web.readTownName,
    openSmsLine: messages.openSmsLine,
    scheduler,
    async close() {
      liveBoard.detach();
      repeats.liveHotMatters.detach();
      await messages.close();
      await repeats.services.earlierLetters.close();
      await web.close();
      await connection.close();
    },
  };
}

export type Huiyin = Awaited<ReturnType<typeof compose>>;
