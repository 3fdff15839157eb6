import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore, type EmbeddedStore } from '../../src/platform/embedded/embedded-store.ts';

let store: EmbeddedStore | null = null;
let folder = '';

/** The store all tests share: a real MongoDB when TEST_MONGODB_URI names one, the embedded store otherwise. */
export function testStoreUri(database: string): string {
  const uri = new URL(process.env['TEST_MONGODB_URI'] ?? store?.uri ?? 'mongodb://the-store-has-not-started');
  uri.pathname = `/${database}`;
  return uri.href;
}

/** Loaded before every test file. */
export const mochaHooks = {
  async beforeAll() {
    if (process.env['TEST_MONGODB_URI']) return;
    folder = mkdtempSync(join(tmpdir(), 'huiyin-test-'));
    store = await openEmbeddedStore({ dataDir: folder, whenRunning: 'refuse' });
  },
  async afterAll() {
    await store?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  },
};
