import assert from 'node:assert/strict';
import { gatewayAddresses } from '../../src/notices/gateway-calls.ts';
import { gatewaysCommand } from '../../src/notices/gateways.command.ts';
import { UsageError } from '../../src/platform/console.ts';
import { makeWords } from '../../src/platform/words.ts';
import { rootDir } from '../platform/http/tiny-app.ts';

describe('the command that tells the gateway’s addresses', () => {
  const said: string[] = [];
  const say = makeWords({ rootDir, strict: true }).in('en');
  const console = {
    isTerminal: false,
    result: (text: string) => said.push(text),
    note: assert.fail,
    progress: assert.fail,
  };
  const call = (...args: string[]) => gatewaysCommand({ args, say, console, zone: 'Asia/Shanghai' });

  it('both › as one document on standard output', async () => {
    const run = await call();
    assert.equal(await run({ gatewayAddresses: gatewayAddresses('https://box.example', 'k') }), 0);
    assert.deepEqual(JSON.parse(said.join('')), {
      receipts: 'https://box.example/gateways/sms/k/receipts',
      incoming: 'https://box.example/gateways/sms/k/incoming',
    });
  });

  it('an argument › is refused', () => assert.rejects(call('--all'), UsageError));

  for (const lang of ['zh-CN', 'en'] as const)
    it(`its usage › is written down in ${lang}`, () =>
      assert.match(
        makeWords({ rootDir, strict: true }).in(lang)('commands:gateways.usage'),
        /^npm run -s gateways/,
      ));
});
