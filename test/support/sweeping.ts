import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/platform/clock.ts';
import { startChild, type ChildProgram } from './child-program.ts';

/** What a sweeping process is told. Its town's time runs from `townFrom`, when the store's is `storeFrom`, so fast. */
export interface SweepingOptions {
  readonly uri: string;
  readonly gateway: string;
  readonly jobs: readonly string[];
  readonly leaseMs: number;
  readonly storeFrom: number;
  readonly townFrom: number;
  readonly speed: number;
}

export const townTimeOf = (
  store: Clock,
  { storeFrom, townFrom, speed }: Pick<SweepingOptions, 'storeFrom' | 'townFrom' | 'speed'>,
): Clock => ({
  now: () => new Date(townFrom + (store.now().getTime() - storeFrom) * speed),
  ...(store.set && { set: store.set }),
});

export const startSweeping = (options: SweepingOptions, wrongByMs = 0): ChildProgram =>
  startChild('dist/test/support/sweeping-process.js', [JSON.stringify(options)], { wrongByMs });

/** An SMS gateway on loopback that counts what it was given, by key. */
export interface CountingGateway {
  readonly url: string;
  readonly taken: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export async function startGateway(answersAfterMs = 0): Promise<CountingGateway> {
  const taken = new Map<string, number>();
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    req.on('end', () => {
      const { key } = JSON.parse(body);
      taken.set(key, (taken.get(key) ?? 0) + 1);
      setTimeout(() => res.end(JSON.stringify({ id: `g-${taken.size}` })), answersAfterMs);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/sms`,
    taken,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
