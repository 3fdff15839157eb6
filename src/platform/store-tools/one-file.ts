import { UsageError } from '../console.ts';
import { readOptions } from '../options.command.ts';
import type { StoreToolCall } from './store-tool.ts';

/** The one file a command line names. @throws UsageError for none, several, or a store that is a real MongoDB. */
export function oneFile({ args, say, config }: StoreToolCall): string {
  const { positionals } = readOptions(args, {}, say);
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError(say('commands:storeTools.whichFile'));
  if (more.length > 0) throw new UsageError(say('commands:unexpected', { what: more.join(' ') }));
  if (config.mongodbUri) throw new UsageError(say('commands:storeTools.realMongo'));
  return file;
}
