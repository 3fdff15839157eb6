import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { MOST_BYTES } from '../../src/letters/incoming-mail.mime.ts';
import type { IncomingMail, MailPlace } from '../../src/letters/mail-inbox.ts';
import { imapInbox } from '../../src/letters/mail-inbox.imap.ts';
import { messageIdOf } from '../../src/notices/mail-keys.ts';
import { makeLog } from '../../src/platform/log.ts';
import { startDovecot, type Mailbox } from '../support/dovecot.ts';
import { anAssigned } from '../support/letters.ts';
import { portOf } from '../support/mail-server.ts';
import { aMailTown } from '../support/mail-town.ts';
import { aMail, PNG } from '../support/mails.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const silent = makeLog('silent');

describe('a mailbox by IMAP (Dovecot)', function () {
  this.timeout(60_000);
  let box: Mailbox;
  before(async function () {
    const started = await startDovecot();
    if (!started) this.skip();
    box = started;
  });
  after(() => box?.end());
  beforeEach(() => box.empty());

  /** Reads all and puts each where `place` says. */
  async function sweep(place: (mail: IncomingMail) => MailPlace = () => 'processed') {
    const seen: IncomingMail[] = [];
    const put = await imapInbox(box.url, silent).sweep(async (waiting) => {
      const mail = await waiting.read();
      seen.push(mail);
      return place(mail);
    });
    return { seen, put };
  }

  it('hands out what waits, the oldest first, and moves each where it belongs', async () => {
    await box.put(...['eins', 'zwei', 'drei', 'vier'].map((subject) => aMail({ subject })));
    const places: Record<string, MailPlace> = {
      eins: 'processed',
      zwei: 'refused',
      drei: 'waiting',
      vier: 'failed',
    };
    const { seen, put } = await sweep(({ subject }) => places[subject] ?? 'waiting');
    assert.deepEqual(
      seen.map(({ subject }) => subject),
      ['eins', 'zwei', 'drei', 'vier'],
    );
    assert.equal(put, 3);
    assert.deepEqual(await box.subjectsIn('INBOX'), ['drei']);
    assert.deepEqual(await box.subjectsIn('Processed'), ['eins']);
    assert.deepEqual(await box.subjectsIn('Refused'), ['zwei']);
    assert.deepEqual(await box.subjectsIn('Failed'), ['vier']);
    assert.deepEqual(
      (await sweep()).seen.map(({ subject }) => subject),
      ['drei'],
    );
  });

  it('a mail that waits › has the same id at each sweep, another has another', async () => {
    await box.put(aMail(), aMail());
    const ids: string[][] = [[], []];
    for (const seen of ids)
      await imapInbox(box.url, silent).sweep(async ({ id }) => {
        seen.push(id);
        return 'waiting';
      });
    assert.deepEqual(ids[0], ids[1]);
    assert.equal(new Set(ids[0]).size, 2);
  });

  it('nothing there › is nothing to do', async () => assert.equal((await sweep()).put, 0));

  it('read by somebody before › waits all the same', async () => {
    await box.put(aMail({ subject: 'seen' }));
    await sweep(() => 'waiting');
    assert.equal((await sweep()).put, 1);
  });

  it('thirty megabytes › are read; more than a letter could hold › only its head', async () => {
    const file = (size: number) => [
      { name: 'a.png', type: 'image/png', bytes: Buffer.concat([PNG, Buffer.alloc(size)]) },
    ];
    await box.put(
      aMail({ subject: 'thirty', files: file(22 * 1024 * 1024) }),
      aMail({ subject: 'more', files: file(MOST_BYTES * 0.74) }),
      aMail({ subject: 'next' }),
    );
    const { seen, put } = await sweep();
    assert.deepEqual(
      seen.map(({ subject, isWhole, leftOut }) => [subject, isWhole, leftOut.length]),
      [
        ['thirty', true, 1],
        ['more', false, 0],
        ['next', true, 0],
      ],
    );
    assert.equal(put, 3);
  });

  it('garbage › does not hold up what comes after', async () => {
    await box.put(Buffer.alloc(5000, 0xff), '\r\n\r\n', aMail({ subject: 'good' }));
    const { seen } = await sweep();
    assert.equal(seen.at(-1)?.subject, 'good');
    assert.equal(await box.countIn('INBOX'), 0);
  });

  it('a wrong password › is refused without naming the account', async () => {
    const wrong = box.url.replace('a-word', 'other');
    await assert.rejects(
      imapInbox(wrong, silent).sweep(async () => 'waiting'),
      (error: Error) => {
        assert.match(error.message, /sign-in refused/);
        assert.doesNotMatch(JSON.stringify([error.message, error.cause ?? '', error]), /\bbox\b|other/);
        return true;
      },
    );
  });

  describe('and a town', () => {
    let town: TestTown;
    beforeEach(async () => {
      town = await openTestTown('2026-09-24T02:00:00Z');
    });
    afterEach(() => town.end());
    const numbers = async (): Promise<string[]> => {
      const list = {
        states: [],
        unit: null,
        withSecret: true,
        order: 'newestFirst',
        page: 1,
        perPage: 50,
      } as const;
      return (await town.services.matters.list(list)).items.map(({ number }) => number);
    };

    it('twenty mails, good and bad › each has its place, and one answer', async () => {
      const raw = Array.from({ length: 20 }, (_, n) =>
        n % 4 === 3
          ? aMail({ from: `w${n}@mail.example`, text: '短' })
          : aMail({ from: `w${n}@mail.example` }),
      );
      await box.put(...raw);
      const desk = await aMailTown(town, imapInbox(box.url, silent));
      assert.equal(await desk.takeIn(town.at.now()), 20);
      await desk.end();
      assert.deepEqual(
        [await box.countIn('INBOX'), await box.countIn('Processed'), await box.countIn('Refused')],
        [0, 15, 5],
      );
      assert.deepEqual([(await numbers()).length, desk.answers.length], [15, 20]);
    });

    async function takeInHere(): Promise<void> {
      const desk = await aMailTown(town, imapInbox(box.url, silent));
      await desk.takeIn(town.at.now());
      await desk.end();
    }

    /** Takes mail in until it is where it is told to end itself. */
    async function dieTakingIn(where: string): Promise<void> {
      const file = join('dist', 'test', 'letters', 'mail-process.js');
      const child = spawn(process.execPath, [file, town.uri, box.url, where], { stdio: 'ignore' });
      await once(child, 'exit');
      assert.equal(child.signalCode, 'SIGKILL');
    }

    for (const where of [
      'before it is read',
      'after it was read',
      'after the letter was stored',
      'while the answer is sent',
      'before it is put away',
    ])
      it(`killed ${where} › the next run finds the mail there and makes one letter of it`, async () => {
        await box.put(aMail());
        await dieTakingIn(where);
        assert.equal(await box.countIn('INBOX'), 1);
        await takeInHere();
        assert.deepEqual([await box.countIn('INBOX'), await box.countIn('Processed')], [0, 1]);
        assert.equal((await numbers()).length, 1);
      });

    for (const where of ['after the note was stored', 'before it is put away'])
      it(`killed ${where} › there is one note`, async () => {
        const matter = await anAssigned(town, 'roads');
        const headers = [
          `In-Reply-To: ${messageIdOf(`${matter.id}/1/received/citizen/mail`, 'town.example')}`,
        ];
        await box.put(aMail({ text: '坑又大了。', headers }));
        await dieTakingIn(where);
        await takeInHere();
        const after = await town.services.matters.byId(matter.id);
        assert.equal(after?.history.filter(({ what }) => what === 'addNote').length, 1);
        assert.equal(await box.countIn('Processed'), 1);
      });
  });
});

describe('a mailbox by IMAP › a server that is none', () => {
  const sockets = new Set<Socket>();
  after(() => {
    for (const socket of sockets) socket.destroy();
  });
  async function serve(greet: (socket: Socket) => void): Promise<string> {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      greet(socket);
    });
    const port = await portOf(server);
    server.unref();
    return `imap://box:word@127.0.0.1:${port}/INBOX`;
  }
  const fails = (url: string): Promise<void> =>
    assert.rejects(
      imapInbox(url, silent).sweep(async () => 'waiting'),
      /^Error: the mailbox: /,
    );

  it('is not there, hangs up or talks nonsense › the sweep fails and nothing else', async () => {
    await fails('imap://box:word@127.0.0.1:1/INBOX');
    await fails(await serve((socket) => socket.destroy()));
    await fails(await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    await fails(await serve((socket) => socket.end('* BYE busy\r\n')));
  });

  it('says nothing › is given up', async () => {
    const started = performance.now();
    await fails(await serve(() => {}));
    assert.ok(performance.now() - started < 15_000);
  });
});
