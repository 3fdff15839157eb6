import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../../../src/platform/config.ts';
import { assertCanListen, listen } from '../../../src/platform/http/listen.ts';

describe('listening', () => {
  it('on a port that is taken › names the port and what to set', async () => {
    const first = createServer();
    await listen(first, { port: 0, host: '127.0.0.1' });
    const { port } = first.address() as AddressInfo;

    await assert.rejects(assertCanListen({ port, host: '127.0.0.1' }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, new RegExp(`^Port ${port} is in use.*PORT=${port + 1}$`));
      return true;
    });

    first.close();
  });

  it('on a port that is free › leaves it free', async () => {
    await assertCanListen({ port: 0, host: '127.0.0.1' });
  });

  it('on an address of another machine › names the address', async () => {
    await assert.rejects(assertCanListen({ port: 0, host: '192.0.2.1' }), /HOST=192\.0\.2\.1/);
  });
});
