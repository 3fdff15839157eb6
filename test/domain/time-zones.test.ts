import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';

/** The zone of the process must not move a single answer: all domain tests again, in three of them. */
const ZONES = [
  ['UTC', 0],
  ['America/Los_Angeles', 480],
  ['Pacific/Kiritimati', -840],
] as const;

function runNode(zone: string, args: readonly string[]): Promise<{ status: number | null; said: string }> {
  // Coverage of a child would be merged into this run's.
  const { NODE_V8_COVERAGE: _, ...environment } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env: { ...environment, TZ: zone } });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, said: Buffer.concat(said).toString() }));
  });
}

const MOCHA = [
  'node_modules/mocha/bin/mocha.js',
  '--no-package',
  '--no-config',
  '--reporter=dot',
  '--timeout=60000',
  '--ignore=dist/test/domain/time-zones.test.js',
  'dist/test/domain/**/*.test.js',
];

describe('time zone of the process', function () {
  this.timeout(120_000);

  for (const [zone, offset] of ZONES) {
    it(`${zone} › is really set in the child`, async () => {
      const { said } = await runNode(zone, ['-p', 'new Date(2026, 0, 1).getTimezoneOffset()']);
      assert.equal(Number(said), offset);
    });

    it(`${zone} › every domain test › gives the same answers`, async () => {
      const { status, said } = await runNode(zone, MOCHA);
      assert.equal(status, 0, said);
      assert.ok(Number(/(\d+) passing/.exec(said)?.[1]) > 200, said);
    });
  }
});
