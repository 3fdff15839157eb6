import { compose } from '../../src/compose.ts';
import { imapInbox } from '../../src/letters/mail-inbox.imap.ts';
import { readConfig } from '../../src/platform/config.ts';
import { makeLog } from '../../src/platform/log.ts';
import { aMailTown } from '../support/mail-town.ts';
import { movableClock } from '../support/movable-clock.ts';

/** A process that takes mail in once, and is killed at the point it is told: `node mail-process.js STORE MAILBOX WHERE`. */
const [, , uri = '', url = '', where = ''] = process.argv;

function dieAt(point: string): void {
  if (point === where) process.kill(process.pid, 'SIGKILL');
}

const log = makeLog('silent');
const nowhere = { send: async () => ({ id: 'nowhere' }) };
const town = await compose({
  config: readConfig({ BASE_URL: 'http://huiyin.example' }),
  mongodbUri: uri,
  rootDir: process.cwd(),
  clock: movableClock(new Date('2026-09-24T02:00:00Z')),
  log,
  channels: { mail: nowhere, sms: nowhere },
});
const real = imapInbox(url, log);
const { changeMatter, submitLetter } = town.services;
const desk = await aMailTown(
  { ...town, uri },
  {
    sweep: (take) =>
      real.sweep((waiting) =>
        take({
          id: waiting.id,
          async read() {
            dieAt('before it is read');
            const mail = await waiting.read();
            dieAt('after it was read');
            return mail;
          },
        }).finally(() => dieAt('before it is put away')),
      ),
  },
  {
    async submitLetter(letter, key) {
      const receipt = await submitLetter(letter, key);
      dieAt('after the letter was stored');
      return receipt;
    },
    async changeMatter(id, decide) {
      const matter = await changeMatter(id, decide);
      dieAt('after the note was stored');
      return matter;
    },
    channel: {
      async send() {
        dieAt('while the answer is sent');
        return { id: '1' };
      },
    },
  },
);
await desk.takeIn(new Date('2026-09-24T02:00:00Z'));
await desk.end();
await town.close();
