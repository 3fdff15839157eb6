import { pino, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** One JSON line per happening. Nothing a citizen wrote or can be reached by may enter a log. */
export function makeLog(level: string): Logger {
  return pino({
    level,
    redact: {
      paths: [
        'name',
        'phone',
        'mail',
        'address',
        'title',
        'body',
        'text',
        'code',
        'password',
        '*.name',
        '*.phone',
        '*.mail',
        '*.address',
        '*.title',
        '*.body',
        '*.text',
        '*.code',
        '*.password',
        'req.headers.cookie',
      ],
      censor: '…',
    },
  });
}
