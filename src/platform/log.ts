import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** One JSON line per happening. Nothing a citizen wrote or can be reached by may enter a log. */
export function makeLog(level: string, to?: DestinationStream): Logger {
  const options = {
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
  };
  return to ? pino(options, to) : pino(options);
}
