import { MongoStore } from 'connect-mongo';
import type { Express } from 'express';
import type { Connection } from 'mongoose';
import { makeApp } from './app.ts';
import type { DirectoryStore } from './directory/directory-store.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { makeWebPlatform } from './platform/http/web-platform.ts';
import type { Log } from './platform/log.ts';
import type { Words } from './platform/words.ts';

/** The part of the composition that faces browsers: sessions, the town's name on every page, the routers. */
export async function composeWeb(
  services: Parameters<typeof makeApp>[0] & { directory: DirectoryStore },
  deps: {
    connection: Connection;
    config: Config;
    rootDir: string;
    words: Words;
    secret: string;
    clock: Clock;
    log: Log;
  },
) {
  const { connection, config, clock } = deps;
  // The town's name stands on every page; it is read once, and again after it was set.
  let townName = { zh: '', en: '' };
  const readTownName = async () => {
    townName = (await services.directory.town())?.name ?? townName;
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
      ...deps,
      app: bare,
      baseUrl: config.baseUrl,
      timeZone: config.timeZone,
      sessionStore,
      trustProxy: config.trustProxy,
      now: () => clock.now(),
      townName: () => townName,
    }),
  );
  return { app, session, readTownName, close: () => sessionStore.close() };
}
