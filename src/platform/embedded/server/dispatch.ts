import { wholeNumber } from '../bson/numbers.js';
import { doc, integer, isDoc, show, type Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';
import type { Store } from '../storage/store.js';
import { Arguments } from './arguments.js';
import { backupCommand } from './backup-command.js';
import { bulkWriteCommand } from './bulk-write-command.js';
import { catalogCommands } from './catalog-commands.js';
import { statsCommands } from './collection-stats.js';
import type { Command, Connections } from './command.js';
import type { Cursors } from './cursors.js';
import { explainCommand } from './explain-command.js';
import { findAndModifyCommand } from './find-and-modify.js';
import { indexCommands } from './index-commands.js';
import { readCommands } from './read-commands.js';
import { serverStatusCommand } from './server-status-command.js';
import { sessionCommands } from './session-commands.js';
import { validateCommand } from './validate-command.js';
import { writeCommands } from './write-commands.js';

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...readCommands,
    ...writeCommands,
    ...catalogCommands,
    ...indexCommands,
    ...sessionCommands,
    explain: explainCommand,
    bulkWrite: bulkWriteCommand,
    makeBackup: backupCommand,
    serverStatus: serverStatusCommand,
    validate: validateCommand,
    ...statsCommands,
    findAndModify: findAndModifyCommand,
    findandmodify: findAndModifyCommand,
  }),
);

/** Fields every command may carry. */
const general = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'collation',
];

const transactional = ['txnNumber', 'startTransaction', 'autocommit'];

export interface Served {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly connections: Connections;
  readonly connectionId: number;
}

/** Runs one command; an error becomes the reply MongoDB would give. */
export function dispatch(given: Doc, served: Served): Doc {
  try {
    const reply = run(given, served);
    reply.set('ok', 1);
    return reply;
  } catch (error) {
    return failure(error);
  }
}

export function failure(error: unknown): Doc {
  const known =
    error instanceof ServerError
      ? error
      : new ServerError(
          'InternalError',
          error instanceof Error ? (error.stack ?? error.message) : String(error),
        );
  return new Map([
    ...doc({ ok: 0, errmsg: known.message, code: integer(known.code), codeName: known.codeName }),
    ...known.details,
  ]);
}

function run(given: Doc, { store, cursors, connections, connectionId }: Served): Doc {
  const [name = ''] = given.keys();
  const command = commands.get(name);
  const db = given.get('$db');
  if (
    transactional.some((field) => given.has(field)) ||
    name === 'commitTransaction' ||
    name === 'abortTransaction'
  ) {
    throw new ServerError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  if (!command) throw new ServerError('CommandNotFound', `no such command: '${name}'`);
  if (typeof db !== 'string')
    throw new ServerError('IDLFailedToParse', 'OP_MSG requests require a $db argument');
  const args = new Arguments(given, name);
  if (!command.isLenient) args.check(new Set([name, ...general, ...command.fields]), new Set(command.off));
  checkConcerns(args);
  const maxTimeMS = args.amount('maxTimeMS');
  const now = new Date();
  const deadline = maxTimeMS === null || maxTimeMS === 0 ? null : now.getTime() + maxTimeMS;
  return command.run({ args, db, store, cursors, connections, connectionId, now, deadline });
}

/** Everything here is durable and read from the one copy there is; more cannot be promised. */
function checkConcerns(args: Arguments): void {
  const readConcern = args.get('readConcern');
  const level = isDoc(readConcern) ? (readConcern.get('level') ?? 'local') : 'local';
  if (level !== 'local' && level !== 'available' && level !== 'majority') {
    throw new ServerError(
      'NotAReplicaSet',
      `node needs to be a replica set member to use read concern ${show(level)}`,
    );
  }
  const writeConcern = args.get('writeConcern');
  const w = isDoc(writeConcern) ? (writeConcern.get('w') ?? 1) : 1;
  if (w !== 'majority' && wholeNumber(w) !== 1 && wholeNumber(w) !== 0) {
    throw new ServerError('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  }
}
