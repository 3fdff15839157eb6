import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayAddresses } from '../../src/notices/gateway-calls.ts';
import { gatewaysCommand } from '../../src/notices/gateways.command.ts';
import { UsageError } from '../../src/platform/console.ts';
import { makeWords } from '../../src/platform/words.ts';
import { rootDir } from '../platform/http/tiny-app.ts';

describe('the command that tells the gateway’s addresses', () => {
  const said: string[] = [];
  const notes: string[] = [];
  const calls = { receipts: null, incoming: null };
  const say = makeWords({ rootDir, strict: true }).in('en');
  const console = {
    isTerminal: false,
    result: (text: string) => said.push(text),
    note: (line: string) => void notes.push(line),
    progress: assert.fail,
  };
  const call = (...args: string[]) => gatewaysCommand({ args, say, console, zone: 'Asia/Shanghai' });

  it('both › as one document on standard output', async () => {
    const run = await call();
    const of = gatewayAddresses('https://box.example', 'k');
    assert.equal(await run({ gatewayAddresses: of, gatewayCalls: calls }), 0);
    assert.deepEqual(notes, []);
    assert.deepEqual(JSON.parse(said.join('')), {
      receipts: 'https://box.example/gateways/sms/k/receipts',
      incoming: 'https://box.example/gateways/sms/k/incoming',
    });
  });

  it('nothing set yet › the addresses all the same, and beside them why no gateway comes', async () => {
    const run = await call();
    await run({ gatewayAddresses: gatewayAddresses('http://localhost:3000', 'k'), gatewayCalls: null });
    assert.match(notes.join('\n'), /SMS_URL is not set.*\n.*set BASE_URL first/);
  });

  it('a gateway’s address that lacks something › said, and the command ends', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'huiyin-gateways-'));
    const ended = await new Promise<string>((resolve) => {
      const env = {
        PATH: process.env['PATH'],
        DATA_DIR: dataDir,
        SMS_URL: 'smpp://user:word@127.0.0.1:2775',
      };
      const options = { cwd: rootDir, env, timeout: 15_000 };
      execFile(process.execPath, ['dist/src/command.js', 'gateways'], options, (error, _out, err) =>
        resolve(`${error?.code} ${err}`),
      );
    });
    rmSync(dataDir, { recursive: true, force: true });
    assert.match(ended, /^2 "SMS_URL" for smpp needs "from=…"/);
  });

  it('an argument › is refused', () => assert.rejects(call('--all'), UsageError));

  for (const lang of ['zh-CN', 'en'] as const)
    it(`its usage › is written down in ${lang}`, () =>
      assert.match(
        makeWords({ rootDir, strict: true }).in(lang)('commands:gateways.usage'),
        /^npm run -s gateways/,
      ));
});
