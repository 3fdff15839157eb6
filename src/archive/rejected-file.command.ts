import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';

/** Rows that could not be taken, verbatim: one JSON object a line, with the line they began on and the reason. */
export interface RejectedFile {
  add(row: { readonly line: number; readonly reason: string; readonly row: string }): Promise<void>;
  close(): Promise<void>;
}

/** Made with its first row; what an earlier run left there is taken away, so that the file speaks of this run only. */
export async function rejectedFile(path: string): Promise<RejectedFile> {
  await rm(path, { force: true });
  let stream: WriteStream | null = null;
  return {
    async add(row) {
      if (!stream) {
        stream = createWriteStream(path);
        await once(stream, 'open');
      }
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain');
    },
    async close() {
      if (!stream) return;
      stream.end();
      await once(stream, 'close');
    },
  };
}
