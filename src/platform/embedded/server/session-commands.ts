import { Int32 } from 'bson';
import { doc, type Doc } from '../bson/values.js';
import { maxDocumentBytes } from '../storage/collection.js';
import type { Call, Command } from './command.js';
import { maxMessageBytes } from './wire.js';
import { maxWriteBatchSize } from './statements.js';

/**
 * A standalone server of MongoDB 7.0: no replica set, hence no transactions, change streams or retryable writes. It
 * takes the bulkWrite of 8.0 all the same, which our driver sends whatever a server calls itself; calling itself 8.0
 * (wire version 25) would promise tools and other drivers the rest of 8.0, which is not here.
 */
function hello({ args, connectionId, now }: Call): Doc {
  const isPrimary = args.name === 'hello' ? 'isWritablePrimary' : 'ismaster';
  return doc({
    helloOk: true,
    [isPrimary]: true,
    maxBsonObjectSize: new Int32(maxDocumentBytes),
    maxMessageSizeBytes: new Int32(maxMessageBytes),
    maxWriteBatchSize: new Int32(maxWriteBatchSize),
    localTime: now,
    logicalSessionTimeoutMinutes: new Int32(30),
    connectionId: new Int32(connectionId),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(21),
    readOnly: false,
  });
}

export const serverVersion = '7.0.0';

const buildInfo = (): Doc =>
  doc({
    version: serverVersion,
    versionArray: [7, 0, 0, 0].map((part) => new Int32(part)),
    gitVersion: 'embedded',
    modules: [],
    bits: new Int32(64),
    debug: false,
    maxBsonObjectSize: new Int32(maxDocumentBytes),
    storageEngines: ['sqlite'],
  });

const nothing = (): Doc => doc({});

const greeting: Command = { fields: [], isLenient: true, run: hello };

/** Sessions carry nothing here: without transactions there is no state to keep. */
const sessions: Command = { fields: [], run: nothing };

export const sessionCommands: Readonly<Record<string, Command>> = {
  hello: greeting,
  isMaster: greeting,
  ismaster: greeting,
  ping: { fields: [], run: nothing },
  buildInfo: { fields: [], run: buildInfo },
  buildinfo: { fields: [], run: buildInfo },
  startSession: sessions,
  endSessions: sessions,
  refreshSessions: sessions,
  killSessions: sessions,
};
