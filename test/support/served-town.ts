import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeRealtime } from '../../src/platform/realtime.ts';
import { openTestTown, type TestTown } from './test-town.ts';

/** A test town behind a real port on loopback, with its live board. */
export interface ServedTown extends TestTown {
  readonly address: string;
}

export async function serveTestTown(
  now: string | Date,
  parts: Parameters<typeof openTestTown>[3] = {},
): Promise<ServedTown> {
  const town = await openTestTown(now, {}, undefined, parts);
  const http = createServer(town.app);
  const io = makeRealtime(http, town.session);
  town.liveBoard.attach(io);
  town.liveHotMatters.attach(io);
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  return {
    ...town,
    address: `http://127.0.0.1:${port}`,
    async end() {
      await io.close();
      http.closeAllConnections();
      await town.end();
    },
  };
}
