import { readdirSync } from 'node:fs';
import { openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.js';

/** A process that runs a store and says what it holds whenever it is asked. Argument: the data directory. */
const [, , dataDir = ''] = process.argv;
const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });

const openFiles = (): number => {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0; // a system that does not tell
  }
};

process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ rss: process.memoryUsage().rss, files: openFiles() });
});
process.send?.({ uri: store.uri });
