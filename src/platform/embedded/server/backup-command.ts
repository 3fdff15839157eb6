import { doc, type Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { makeBackup } from '../storage/backup-draft.js';
import type { Call, Command } from './command.js';

/**
 * A command of our own, since only the process that has the file may read it. It takes no path: a client of the
 * loopback must not be able to make this process write elsewhere than in its own directory.
 */
function run({ db, store }: Call): Doc {
  if (db !== 'admin')
    throw new ServerError('Unauthorized', 'makeBackup may only be run against the admin database.');
  return doc({ file: makeBackup(store.database) });
}

export const backupCommand: Command = { fields: [], run };
