import { createServer, type Server } from 'node:http';
import { ConfigError, type Config } from '../config.ts';

type Door = Pick<Config, 'port' | 'host'>;

/** @throws ConfigError when this port of this address cannot be had, saying what to set instead. */
export async function listen(server: Server, { port, host }: Door): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(refusal(error, { port, host }));
    });
    server.listen(port, host, resolve);
  });
}

/** Asked before long preparations, which would be for nothing. @throws ConfigError as above. */
export async function assertCanListen(door: Door): Promise<void> {
  const probe = createServer();
  await listen(probe, door);
  await new Promise((resolve) => {
    probe.close(resolve);
  });
}

function refusal(error: Error, { port, host }: Door): Error {
  const code = 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE')
    return new ConfigError(`Port ${port} is in use by another program. Choose another one: PORT=${port + 1}`);
  if (code === 'EACCES') return new ConfigError(`Port ${port} is not ours to open. Choose one above 1023.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new ConfigError(`HOST=${host} is not an address of this machine.`);
  return error;
}
