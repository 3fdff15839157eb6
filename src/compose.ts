import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { MongoStore } from 'connect-mongo';
import type { Express } from 'express';
import { makeJobs } from '../jobs/index.ts';
import type { Sweeps } from '../jobs/sweeps.ts';
import { mongoCredentialStore } from './accounts/credential-store.mongo.ts';
import { makeSetUpTown } from './accounts/set-up-town.ts';
import { makeSignIn } from './accounts/sign-in.ts';
import { makeApp } from './app.ts';
import { composeRepeats, type FindsAnswers } from './compose-repeats.ts';
import { composeSupervision } from './compose-supervision.ts';
import { makeImportLetters } from './archive/import-letters.ts';
import { makeLiveBoard } from './dashboard/board.socket.ts';
import { makeTownBoard } from './dashboard/town-board.ts';
import { mongoDirectoryStore } from './directory/directory-store.mongo.ts';
import { rememberedDirectory } from './directory/remembered-directory.ts';
import { LETTER_BOX } from './domain/clocks/clock-policy.ts';
import { workingCalendar } from './domain/clocks/working-calendar.ts';
import { unpackClassifier, type PackedClassifier } from './domain/routing/packed-classifier.ts';
import { mongoAttachmentStore } from './letters/attachment-store.mongo.ts';
import { mongoDraftStore } from './letters/draft-store.mongo.ts';
import { makeLearnUnits } from './letters/learn-units.ts';
import { mongoLearntUnitsStore } from './letters/learnt-units-store.mongo.ts';
import { rememberedLearntUnits } from './letters/remembered-learnt-units.ts';
import { makeRouteLetter, TOPIC_WEIGHTS } from './letters/route-letter.ts';
import { makeSubmitLetter } from './letters/submit-letter.ts';
import { makeTrackLetter } from './letters/track-letter.ts';
import { wordsOf } from './domain/letters/same-person.ts';
import { makeAdvanceClocks } from './matters/advance-clocks.ts';
import { makeAnnounce, makeAnnounceLeftovers } from './matters/announce.ts';
import { makeKeepSets } from './matters/keep-sets.ts';
import { makeChangeMatter } from './matters/change-matter.ts';
import { mongoMatterStore } from './matters/matter-store.mongo.ts';
import { makePerformDeskAction } from './matters/perform-desk-action.ts';
import { consoleChannel } from './notices/channels/console.ts';
import { httpSms } from './notices/channels/http-sms.ts';
import { notInDemonstration } from './notices/channels/not-in-demonstration.ts';
import { smtpMail } from './notices/channels/smtp-mail.ts';
import { makeCompose, type Say } from './notices/compose-message.ts';
import { makeDeliverNotices } from './notices/deliver-notices.ts';
import { mongoNoticeStore } from './notices/notice-store.mongo.ts';
import { makeTellPeople } from './notices/tell-people.ts';
import { chinaCalendarYears } from './platform/calendar/china-calendar.ts';
import type { Clock } from './platform/clock.ts';
import { newSecret, type Config } from './platform/config.ts';
import { makeWebPlatform } from './platform/http/web-platform.ts';
import { randomIds } from './platform/ids.ts';
import { keyedHashes } from './platform/keyed-hashes.ts';
import type { Log } from './platform/log.ts';
import { connectMongo, makeIndexes } from './platform/mongo/connect.ts';
import { installationSecret } from './platform/mongo/installation-secret.ts';
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
  readonly clock: Clock;
  readonly log: Log;
  /** Missing words and parameters throw instead of falling back. */
  readonly strictWords?: boolean;
  /** What finds and judges earlier answers instead of the town's own search; for tests. */
  readonly repeats?: FindsAnswers;
  /** Where messages go instead of the configured gateways; for tests. */
  readonly channels?: Parameters<typeof makeDeliverNotices>[0]['channels'];
}

const elapsed = (): number => performance.now();

/** The one place where every implementation is known. */
export async function compose(parts: Parts) {
  const { config, clock, log, rootDir } = parts;
  const connection = await connectMongo(parts.mongodbUri);
  const secret = config.secret ?? (await installationSecret(connection, newSecret()));
  const secrets = keyedHashes(secret);
  const words = makeWords({ rootDir, strict: parts.strictWords ?? false });
  const zone = config.timeZone;
  const town = { policy: LETTER_BOX, calendar: workingCalendar(zone, chinaCalendarYears()) };

  const matters = mongoMatterStore(connection);
  const directory = rememberedDirectory(mongoDirectoryStore(connection), elapsed);
  const credentials = mongoCredentialStore(connection);
  const drafts = mongoDraftStore(connection);
  const attachments = mongoAttachmentStore(connection);
  const facts = mongoFactStore(connection);
  const publicLetters = mongoPublicLetterStore(connection);
  const notices = mongoNoticeStore(connection);
  const speak: Say = (language, key, params) => words.in(language)(key, params);
  const repeats = await composeRepeats({
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
    elapsed,
    log,
    findsAnswers: parts.repeats,
  });
  const supervision = composeSupervision({ connection, matters, directory, town, clock, log });
  const learntUnits = mongoLearntUnitsStore(connection);
  await makeIndexes(connection);

  const getTownBoard = makeTownBoard({ facts, letters: publicLetters, ...repeats.onBoard, clock, zone });
  const liveBoard = makeLiveBoard({ getTownBoard, changes: [facts, ...repeats.changes], log });
  const announce = makeAnnounce({
    listeners: [
      makeKeepFacts({ facts, zone }),
      makeKeepPublicLetters({ letters: publicLetters, matters, zone }),
      ...repeats.listeners,
      ...supervision.listeners,
      makeTellPeople({ notices, directory, matters, ladder: town.policy.ladder, zone }),
      (matter, events) => keepSets(matter, events),
    ],
    matters,
    log,
  });

  const say = (line: string) => log.info({ message: line }, 'message.shown');
  const mail = config.smtpUrl ? smtpMail({ url: config.smtpUrl, from: config.mailFrom }) : null;
  const sms = config.smsUrl ? httpSms({ url: config.smsUrl, token: config.smsToken }) : null;
  const isDemonstration = async () => (await directory.town())?.isDemonstration ?? false;
  const channels = parts.channels ?? {
    mail: notInDemonstration(mail, consoleChannel('mail', say), isDemonstration),
    sms: notInDemonstration(sms, consoleChannel('sms', say), isDemonstration),
  };

  const changeMatter = makeChangeMatter({ matters, clock, town, announce });
  const keepSets = makeKeepSets({
    matters,
    changeMatter,
    wordsHash: (letter) => secrets.wordsHash(wordsOf(letter)),
  });
  const sweeps: Sweeps = {
    advanceClocks: makeAdvanceClocks({ matters, town, announce }),
    announceLeftovers: makeAnnounceLeftovers({ matters, announce }),
    learnUnits: makeLearnUnits({ matters, directory, learntUnits, zone, pause }),
    deliverNotices: makeDeliverNotices({
      notices,
      matters,
      directory,
      channels,
      compose: makeCompose({ say: speak, directory, baseUrl: config.baseUrl }),
      composeForFollower: repeats.composeForFollower,
      log,
    }),
    ...repeats.sweeps,
  };
  const performDeskAction = makePerformDeskAction({
    matters,
    directory,
    changeMatter,
    compareLetters: repeats.compareLetters,
  });

  const topicWeights: PackedClassifier = JSON.parse(readFileSync(join(rootDir, TOPIC_WEIGHTS), 'utf8'));
  const routeLetter = makeRouteLetter({
    directory,
    topics: unpackClassifier(topicWeights),
    learntUnits: rememberedLearntUnits(learntUnits, clock),
  });

  const services = {
    zone,
    town,
    clock,
    log,
    ids: randomIds,
    secrets,
    passwords: scryptPasswords,
    matters,
    directory,
    credentials,
    drafts,
    attachments,
    facts,
    publicLetters,
    notices,
    announce,
    changeMatter,
    submitLetter: makeSubmitLetter({ matters, routeLetter, secrets, clock, ids: randomIds, town, announce }),
    trackLetter: makeTrackLetter({ matters, secrets }),
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
      town,
    }),
    setUpTown: makeSetUpTown({ directory, credentials, passwords: scryptPasswords }),
    ...repeats.services,
    ...supervision.services,
    rebuildReadModels: makeRebuildReadModels({ matters, facts, publicLetters, zone }),
  };

  // The town's name stands on every page; it is read once, and again after it was set.
  let townName = { zh: '', en: '' };
  const readTownName = async () => {
    townName = (await directory.town())?.name ?? townName;
  };
  await readTownName();

  // The library would make this index by itself and wait for nobody.
  await connection.collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
  const sessionStore = MongoStore.create({
    client: connection.getClient(),
    collectionName: 'sessions',
    autoRemove: 'disabled',
  });
  const { app, session } = makeApp(services, (bare: Express) =>
    makeWebPlatform({
      app: bare,
      rootDir,
      words,
      log,
      baseUrl: config.baseUrl,
      timeZone: zone,
      secret,
      sessionStore,
      trustProxy: config.trustProxy,
      now: () => clock.now(),
      townName: () => townName,
    }),
  );

  return {
    app,
    session,
    services,
    sweeps,
    liveBoard,
    liveHotMatters: repeats.liveHotMatters,
    words,
    readTownName,
    scheduler: makeScheduler({ connection, jobs: makeJobs(sweeps), clock, log }),
    async close() {
      liveBoard.detach();
      repeats.liveHotMatters.detach();
      await mail?.close();
      await repeats.services.earlierLetters.close();
      await sessionStore.close();
      await connection.close();
    },
  };
}

export type Huiyin = Awaited<ReturnType<typeof compose>>;
