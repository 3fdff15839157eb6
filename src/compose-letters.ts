import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { GetTownTimes } from './clocks/get-town-times.ts';
import type { DirectoryStore } from './directory/directory-store.ts';
import { unpackClassifier, type PackedClassifier } from './domain/routing/packed-classifier.ts';
import { mongoAttachmentStore } from './letters/attachment-store.mongo.ts';
import { mongoDraftStore } from './letters/draft-store.mongo.ts';
import { makeLearnUnits } from './letters/learn-units.ts';
import { mongoLearntUnitsStore } from './letters/learnt-units-store.mongo.ts';
import { rememberedLearntUnits } from './letters/remembered-learnt-units.ts';
import { mongoMailLedger } from './letters/mail-ledger.mongo.ts';
import { makeRouteLetter, TOPIC_WEIGHTS } from './letters/route-letter.ts';
import { makeSubmitLetter } from './letters/submit-letter.ts';
import { makeTrackLetter } from './letters/track-letter.ts';
import type { Announce } from './matters/announce.ts';
import type { MatterStore } from './matters/matter-store.ts';
import type { Clock } from './platform/clock.ts';
import { randomIds } from './platform/ids.ts';
import type { keyedHashes } from './platform/keyed-hashes.ts';

/** The part of the composition that receives letters and says where they belong. */
export function composeLetters(deps: {
  connection: Connection;
  rootDir: string;
  matters: MatterStore;
  directory: DirectoryStore;
  secrets: ReturnType<typeof keyedHashes>;
  clock: Clock;
  zone: string;
  getTownTimes: GetTownTimes;
}) {
  const { connection, rootDir, clock } = deps;
  const learntUnits = mongoLearntUnitsStore(connection);
  const drafts = mongoDraftStore(connection);
  const attachments = mongoAttachmentStore(connection);
  const mailLedger = mongoMailLedger(connection);
  const topicWeights: PackedClassifier = JSON.parse(readFileSync(join(rootDir, TOPIC_WEIGHTS), 'utf8'));
  const routeLetter = makeRouteLetter({
    ...deps,
    topics: unpackClassifier(topicWeights),
    learntUnits: rememberedLearntUnits(learntUnits, clock),
  });
  return {
    mailLedger,
    learnUnits: makeLearnUnits({ ...deps, learntUnits, pause }),
    servicesWith: (announce: Announce) => ({
      drafts,
      attachments,
      submitLetter: makeSubmitLetter({ ...deps, routeLetter, ids: randomIds, announce }),
      trackLetter: makeTrackLetter(deps),
    }),
  };
}
