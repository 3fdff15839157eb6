import { restoreEmbeddedStore } from '../embedded/restore.ts';
import { readablePath } from '../options.command.ts';
import { oneFile } from './one-file.ts';
import type { StoreTool } from './store-tool.ts';

/** `npm run restore -- FILE` */
export const restoreTool: StoreTool = async (call) => {
  const { say, console, config } = call;
  const file = oneFile(call);
  await readablePath(file, say);
  const { dataDir } = config;
  const { kept } = restoreEmbeddedStore({ dataDir, file, now: new Date() });
  console.note(say('commands:restore.done', { file, dataDir }));
  if (kept) console.note(say('commands:restore.kept', { kept }));
  return 0;
};
