import express, { type Express } from 'express';
import session from 'express-session';
import { makeWebPlatform, type WebPlatformOptions } from '../../../src/platform/http/web-platform.ts';
import type { Log } from '../../../src/platform/log.ts';
import { makeWords } from '../../../src/platform/words.ts';

/** Code runs from dist/, one level deeper; views are found from where the tests are started. */
export const rootDir = process.cwd();

export interface LogLine {
  level: string;
  fields: Record<string, unknown>;
  message: string;
}

export function recordingLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: object | string, message?: string) => {
    lines.push({
      level,
      fields: typeof fields === 'object' ? { ...fields } : {},
      message: message ?? JSON.stringify(fields),
    });
  };
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
}

/** The platform round a few routes; `first` are mounted before it. */
export function tinyApp(
  routes: (app: Express) => void,
  options: Partial<WebPlatformOptions> = {},
  first: (app: Express, log: Log) => void = () => {},
): { app: Express; lines: LogLine[] } {
  const app = express();
  const { log, lines } = recordingLog();
  const platform = makeWebPlatform({
    app,
    rootDir,
    words: makeWords({ rootDir, strict: true }),
    log,
    baseUrl: 'http://mailbox.example',
    timeZone: 'Asia/Shanghai',
    secret: 'a secret of more than thirty-two characters',
    sessionStore: new session.MemoryStore(),
    trustProxy: 0,
    now: () => new Date('2026-10-09T02:00:00Z'),
    townName: () => ({ zh: '江城区', en: 'Jiangcheng' }),
    ...options,
  });
  first(app, log);
  app.use(...platform.before);
  routes(app);
  app.use(...platform.after);
  return { app, lines };
}
