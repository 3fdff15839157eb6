import { UsageError } from '../console.ts';
import { openEmbeddedStore } from '../embedded/embedded-store.ts';
import { readOptions } from '../options.command.ts';
import type { StoreTool } from './store-tool.ts';

const longestTimer = 2 ** 31 - 1;

/** `npm run store`: the embedded store alone, for other programs to talk to. */
export const storeTool: StoreTool = async ({ args, say, console, config }) => {
  const { values, positionals } = readOptions(args, { port: { type: 'string' } }, say);
  if (positionals.length > 0)
    throw new UsageError(say('commands:unexpected', { what: positionals.join(' ') }));
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port === '')
    throw new UsageError(say('commands:store.badPort', { port: values.port ?? '' }));
  const { dataDir } = config;
  const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse', port });
  console.result(store.uri);
  console.note(say('commands:store.open', { dataDir }));
  await stopSignal();
  await store.close();
  console.note(say('commands:store.closed'));
  return 0;
};

async function stopSignal(): Promise<void> {
  // Neither the store nor the wait for a signal keeps a process alive.
  const alive = setInterval(() => undefined, longestTimer);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  clearInterval(alive);
}
