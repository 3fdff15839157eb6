import { hostname } from 'node:os';
import { doc, integer, type Doc } from '../bson/values.js';
import type { Call, Command } from './command.js';
import { serverVersion } from './session-commands.js';

const startedAt = Date.now();

/** Of MongoDB's long list what is known here; nothing is made up. */
function serverStatus({ connections, cursors, now }: Call): Doc {
  const { rss } = process.memoryUsage();
  const uptimeMillis = now.getTime() - startedAt;
  return doc({
    host: hostname(),
    version: serverVersion,
    process: 'embedded store',
    pid: BigInt(process.pid),
    uptime: Math.trunc(uptimeMillis / 1000),
    uptimeMillis: BigInt(uptimeMillis),
    localTime: now,
    connections: doc({
      current: integer(connections.current),
      totalCreated: integer(connections.totalCreated),
    }),
    metrics: doc({ cursor: doc({ open: doc({ total: BigInt(cursors.count) }) }) }),
    mem: doc({ bits: integer(64), resident: integer(Math.round(rss / 1_048_576)) }),
    storageEngine: doc({ name: 'sqlite', persistent: true }),
  });
}

export const serverStatusCommand: Command = {
  // Sections are switched on and off by their names; those not here cannot be switched on.
  fields: [],
  isLenient: true,
  run: serverStatus,
};
