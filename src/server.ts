import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from './compose.ts';
import { ConfigError, readConfig, type Config } from './platform/config.ts';
import { EmbeddedStoreBusy, EmbeddedStoreUnusable } from './platform/embedded/embedded-store.ts';
import { readEnvironment } from './platform/environment.ts';
import { listen } from './platform/http/listen.ts';
import { makeLog } from './platform/log.ts';
import { DatabaseUnreachable } from './platform/mongo/connect.ts';
import { storeClock } from './platform/mongo/store-clock.ts';
import { makeRealtime } from './platform/realtime.ts';
import { repeatedly } from './platform/repeatedly.ts';
import { openTownStore } from './open-town-store.ts';
import { welcome } from './welcome.ts';

/** The project's root: this file runs as dist/src/server.js. */
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** So few letters come in a second that a question hardly waits for those that came since the last look. */
const LOOK_FOR_LETTERS_MS = 1000;

/** Requests still under way when the program is told to stop get this long. */
const STOP_MS = 10_000;

async function main(config: Config): Promise<void> {
  const log = makeLog(config.logLevel);
  const store = await openTownStore(config, { rootDir: ROOT, log });
  const huiyin = await compose({ config, mongodbUri: store.uri, rootDir: ROOT, clock: storeClock, log });

  const http = createServer(huiyin.app);
  const io = makeRealtime(http, huiyin.session);
  huiyin.liveBoard.attach(io);
  huiyin.liveHotMatters.attach(io);
  const letters = repeatedly(
    LOOK_FOR_LETTERS_MS,
    () => huiyin.services.earlierLetters.look(),
    (error) => log.warn({ err: error }, 'letters.not-read'),
  );
  await listen(http, config);
  await huiyin.scheduler.start();
  await huiyin.openSmsLine();
  console.log(await welcome(config, huiyin, ROOT));

  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await io.close();
    http.closeAllConnections();
    letters.stop();
    await huiyin.scheduler.stop();
    await huiyin.close();
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A second signal means: now.
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      void stop();
    });
  }
}

try {
  await main(readConfig(readEnvironment()));
} catch (error) {
  // What a person can mend is said in a sentence; anything else is a bug and keeps its stack.
  const isPlain =
    error instanceof ConfigError ||
    error instanceof DatabaseUnreachable ||
    error instanceof EmbeddedStoreBusy ||
    error instanceof EmbeddedStoreUnusable ||
    (error instanceof Error && 'code' in error);
  console.error(isPlain ? error.message : error);
  process.exit(1);
}
