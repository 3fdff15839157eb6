import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.ts';
import { ended, runTool, startTool, temporaryDirectory, type Said } from './run-tool.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

describe('the store alone', function alone() {
  this.timeout(120_000);
  let dataDir: string;
  let child: ChildProcess | null = null;

  beforeEach(async () => {
    dataDir = await temporaryDirectory();
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    child = null;
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(args: readonly string[] = []): Promise<{ uri: string; said: Promise<Said> }> {
    child = startTool(['store', ...args], { dataDir });
    const said = ended(child);
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    return { uri: line.toString(), said };
  }

  it('prints one line, its URI, and ends cleanly when told to', async () => {
    const { uri, said } = await start();
    assert.match(uri, /^mongodb:\/\/127\.0\.0\.1:\d+\/huiyin\?directConnection=true\n$/);
    const joined = await openEmbeddedStore({ dataDir, whenRunning: 'join' });
    assert.equal(joined.own, false);
    assert.equal(joined.uri, uri.trim());
    child?.kill('SIGTERM');
    const { code, out, err } = await said;
    assert.equal(code, 0);
    assert.equal(out, uri);
    assert.match(err, /without a password: every user of this machine can read and change/);
    assert.match(err, /closed/);
    assert.deepEqual(readdirSync(dataDir), ['store.sqlite']);
  });

  it('refuses a store in use, a port in use and what is no port', async () => {
    const { uri } = await start();
    const second = await runTool(['store'], { dataDir });
    assert.equal(second.code, 1);
    assert.match(second.err, new RegExp(`in use by process ${child?.pid}`));
    const port = new URL(uri).port;
    const other = await temporaryDirectory();
    try {
      const taken = await runTool(['store', '--port', port], { dataDir: other });
      assert.equal(taken.code, 1);
      assert.match(taken.err, new RegExp(`Port ${port} of 127.0.0.1 cannot be used`));
      assert.deepEqual(readdirSync(other), ['store.sqlite']);
    } finally {
      await rm(other, { recursive: true, force: true });
    }
    for (const wrong of ['70000', ''])
      assert.equal((await runTool(['store', `--port=${wrong}`], { dataDir })).code, 2, wrong);
  });

  it('passes the contracts of the stores, over TCP and from another process', async () => {
    const { uri } = await start();
    const mocha = spawn(
      process.execPath,
      [
        'node_modules/mocha/bin/mocha.js',
        '--no-package',
        '--exit',
        '--timeout=20000',
        '--reporter=dot',
        '--require=dist/test/support/one-store.js',
        join('dist', 'test', 'contract', '*.test.js'),
      ],
      { cwd: root, env: { ...process.env, TEST_MONGODB_URI: uri.trim() }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const { code, out, err } = await ended(mocha);
    assert.equal(code, 0, out + err);
    assert.match(out, /\d\d passing/);
  });
});
