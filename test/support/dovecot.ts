import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { portOf } from './mail-server.ts';

/** A mailbox of Debian's Dovecot, alone on a port of this machine, gone when the tests are. */
export interface Mailbox {
  readonly url: string;
  /** Puts mails into the inbox, in this order. */
  put(...raw: readonly (string | Buffer)[]): Promise<void>;
  /** What lies in a folder: the subjects as they came, in order. */
  subjectsIn(folder: string): Promise<string[]>;
  countIn(folder: string): Promise<number>;
  /** Throws away everything, folders too. */
  empty(): Promise<void>;
  end(): Promise<void>;
}

const COMMANDS = ['dovecot', '/usr/sbin/dovecot'];
const PASSWORD = 'a-word';

/** Null: there is no Dovecot on this machine. */
export async function startDovecot(): Promise<Mailbox | null> {
  const command = COMMANDS.find((each) => spawnSync(each, ['--version']).status === 0);
  if (!command) return null;
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-imap-'));
  const port = await freePort();
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port));
  const server = spawn(command, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  await whenListening(port, () => server.exitCode === null);
  const account = { host: '127.0.0.1', port, secure: false, doSTARTTLS: false, logger: false } as const;
  const withClient = async <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const client = new ImapFlow({ ...account, auth: { user: 'box', pass: PASSWORD }, disableAutoIdle: true });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };
  const subjectsIn = (name: string): Promise<string[]> =>
    withClient(async (client) => {
      const all = await client.list();
      if (!all.some(({ path }) => path === name)) return [];
      const { exists } = await client.mailboxOpen(name);
      if (exists === 0) return [];
      const mails = await client.fetchAll('1:*', { envelope: true });
      return mails.map(({ envelope }) => envelope?.subject ?? '');
    });
  return {
    url: `imap://box:${PASSWORD}@127.0.0.1:${port}/INBOX`,
    put: (...raw) =>
      withClient(async (client) => {
        for (const mail of raw) await client.append('INBOX', Buffer.from(mail));
      }),
    subjectsIn,
    countIn: async (name) => (await subjectsIn(name)).length,
    empty: () =>
      withClient(async (client) => {
        await client.mailboxOpen('INBOX');
        await client.messageDelete('1:*');
        for (const { path } of await client.list()) if (path !== 'INBOX') await client.mailboxDelete(path);
      }),
    async end() {
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Everything under one folder. Started by root, the mailbox is another's, as Dovecot insists; else everything is ours. */
function configuration(folder: string, port: number): string {
  const me = userInfo();
  const isRoot = me.uid === 0;
  const idOf = (flag: string): number =>
    isRoot
      ? Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
      : me[flag === '-u' ? 'uid' : 'gid'];
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  const group = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim();
  mkdirSync(join(folder, 'home'));
  if (isRoot) chownSync(join(folder, 'home'), uid, gid);
  chmodSync(folder, 0o755);
  const ours = `
default_internal_user = ${me.username}
default_login_user = ${me.username}
default_internal_group = ${group}
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
service stats {
  chroot =
}`;
  return `
base_dir = ${join(folder, 'run')}
state_dir = ${join(folder, 'state')}
log_path = ${join(folder, 'log')}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
mail_location = maildir:${join(folder, 'home', 'mail')}
first_valid_uid = 1
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${join(folder, 'home')}
}
namespace inbox {
  inbox = yes
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
${isRoot ? '' : ours}
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function whenListening(port: number, isAlive: () => boolean): Promise<void> {
  for (let n = 0; n < 100 && isAlive(); n += 1) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).then(
      () => !socket.connecting && !socket.errored,
      () => false,
    );
    socket.destroy();
    if (isUp) return;
    await pause(100);
  }
  throw new Error('Dovecot did not start.');
}
