import { existsSync, statSync } from 'node:fs';
import { backUpEmbeddedStore } from '../embedded/backup.ts';
import { UsageError } from '../console.ts';
import { oneFile } from './one-file.ts';
import type { StoreTool } from './store-tool.ts';

/** `npm run backup -- FILE` */
export const backupTool: StoreTool = async (call) => {
  const { say, console, config } = call;
  const file = oneFile(call);
  if (existsSync(file)) throw new UsageError(say('commands:backup.exists', { file }));
  await backUpEmbeddedStore({ dataDir: config.dataDir, file });
  console.note(say('commands:backup.done', { file, bytes: statSync(file).size }));
  return 0;
};
