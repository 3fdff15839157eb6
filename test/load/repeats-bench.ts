import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { temporaryDirectory } from '../platform/embedded/store-under-test.ts';

const run = promisify(execFile);

/** Each in a process of its own: the one that answers shall not carry the memory of the one that made the town. */
const STEPS = ['repeats-town.js', 'repeats-questions.js'];

/** Finding, loading and judging earlier letters in a town of so many; one figure after the other. */
export async function benchRepeats(count: number, say: (figure: object) => void): Promise<void> {
  const server = process.env['TEST_MONGODB_URI'];
  const place = server ? databaseOn(server) : await temporaryDirectory();
  try {
    for (const step of STEPS) {
      const path = fileURLToPath(new URL(step, import.meta.url));
      const { stdout } = await run(process.execPath, [path, place, String(count)]);
      for (const line of stdout.trim().split('\n')) say({ letters: count, ...JSON.parse(line) });
    }
  } finally {
    if (server) await drop(place);
    else await rm(place, { recursive: true, force: true });
  }
}

function databaseOn(server: string): string {
  const uri = new URL(server);
  uri.pathname = `/bench${process.pid}`;
  return uri.href;
}

async function drop(uri: string): Promise<void> {
  const connection = await connectMongo(uri);
  await connection.dropDatabase();
  await connection.close();
}
