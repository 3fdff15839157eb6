import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const FAKE_SMSC = '/usr/lib/kannel/test/fakesmsc';
const STARTS_IN_MS = 15_000;
/** The number people write to. */
const LINE = '10690000';

export const kannelIsInstalled = (): boolean =>
  existsSync(FAKE_SMSC) && ['bearerbox', 'smsbox'].every((box) => spawnSync(box, ['--version']).status === 0);

/** A message as it reached the pretended network. */
export interface OnTheAir {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly bytes: Buffer;
  readonly header: Buffer | null;
}

/** Debian's Kannel with its pretended network, on free ports of the loopback, in a folder of its own. */
export class KannelBoxes {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kannel-'));
  readonly #running: ChildProcess[] = [];
  #network = '';
  #adminPort = 0;
  #networkPort = 0;
  sendsmsPort = 0;

  async start({ incomingUrl }: { incomingUrl: string }): Promise<void> {
    const [admin = 0, boxes = 0, network = 0, sendsms = 0] = await freePorts(4);
    this.#adminPort = admin;
    this.#networkPort = network;
    this.sendsmsPort = sendsms;
    const config = join(this.#folder, 'kannel.conf');
    writeFileSync(
      config,
      [
        'group = core',
        `admin-port = ${admin}`,
        'admin-interface = "127.0.0.1"',
        'admin-password = admin',
        `smsbox-port = ${boxes}`,
        'smsbox-interface = "127.0.0.1"',
        'box-allow-ip = "127.0.0.1"',
        '',
        'group = smsc',
        'smsc = fake',
        'smsc-id = fake',
        `port = ${network}`,
        'connect-allow-ip = 127.0.0.1',
        '',
        'group = smsbox',
        'bearerbox-host = 127.0.0.1',
        `sendsms-port = ${sendsms}`,
        'sendsms-interface = "127.0.0.1"',
        'http-request-retry = 3',
        'http-queue-delay = 1',
        '',
        'group = sendsms-user',
        'username = huiyin',
        'password = "s@cret"',
        'concatenation = true',
        'max-messages = 10',
        '',
        'group = sms-service',
        'keyword = default',
        'catch-all = true',
        'max-messages = 0',
        `post-url = "${incomingUrl}?from=%p&id=%I"`,
        '',
      ].join('\n'),
    );
    this.#run('bearerbox', [config]);
    await answers(admin);
    this.#run('smsbox', [config]);
    await answers(sendsms);
  }

  /** The network comes up, and a person sends these words at once. */
  async openNetwork(from: string, words: string): Promise<void> {
    const written = [...Buffer.from(words, 'utf16le').swap16()]
      .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
      .join('');
    const fake = this.#run(FAKE_SMSC, [
      '-H',
      '127.0.0.1',
      '-r',
      String(this.#networkPort),
      '-i',
      '0.1',
      '-m',
      '1',
      `${from} ${LINE} ucs2 ${written}`,
    ]);
    for (const stream of [fake.stdout, fake.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#network += chunk.toString('latin1');
      });
    await until(async () => {
      const status = await fetch(`http://127.0.0.1:${this.#adminPort}/status.txt?password=admin`);
      return /fake.*\(online/.test(await status.text());
    });
  }

  /** Nothing of it is told: Kannel's own output would show every message. */
  #run(command: string, args: readonly string[]): ChildProcess {
    const child = spawn(command, args, { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    this.#running.push(child);
    return child;
  }

  get onTheAir(): readonly OnTheAir[] {
    return [...this.#network.matchAll(/Got message \d+: <(\S+) (\S+) (\S+) (.*)>/g)].map(
      ([, from = '', to = '', kind = '', rest = '']) => {
        const [header = '', , body = ''] = kind === 'udh' ? rest.split(' ') : ['', '', rest];
        return { from, to, kind, bytes: unescaped(body), header: kind === 'udh' ? unescaped(header) : null };
      },
    );
  }

  async stop(): Promise<void> {
    for (const child of this.#running.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const unescaped = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll('+', ' ')
      .replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

const answers = (port: number): Promise<void> =>
  until(async () => (await fetch(`http://127.0.0.1:${port}/`)).status > 0);

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUp = performance.now() + STARTS_IN_MS;
  for (;;) {
    if (await (async () => holds())().catch(() => false)) return;
    if (performance.now() > giveUp) throw new Error('did not happen in time');
    await wait(50);
  }
}
