import assert from 'node:assert/strict';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { MessageRefused } from '../../src/notices/channels/channel.ts';
import { messageIdOf } from '../../src/notices/mail-keys.ts';
import { act, aLetterIn, anAnswered, anAssigned } from '../support/letters.ts';
import { aMailTown, aPile, type MailTown } from '../support/mail-town.ts';
import { aBounce, aMail, PDF, PNG, type MailParts } from '../support/mails.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

describe('mail that comes in', () => {
  let town: TestTown;
  let mail: MailTown;
  let pile: ReturnType<typeof aPile>;
  let people = 0;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  after(() => town.end());
  beforeEach(async () => {
    pile = aPile();
    mail = await aMailTown(town, pile);
  });
  afterEach(() => mail.end());

  /** Somebody of their own: what one address sent lately bears on its next mail. */
  const somebody = (): string => {
    people += 1;
    return `writer${people}@mail.example`;
  };
  const later = (seconds: number): void => town.at.moveTo(new Date(town.at.now().getTime() + seconds * 1000));
  const letters = async (): Promise<number> =>
    (
      await town.services.matters.list({
        states: [],
        unit: null,
        withSecret: true,
        order: 'newestFirst',
        page: 1,
        perPage: 1,
      })
    ).total;
  const newest = async (): Promise<Matter> => {
    const page = {
      states: [],
      unit: null,
      withSecret: true,
      order: 'newestFirst',
      page: 1,
      perPage: 100,
    } as const;
    const { items } = await town.services.matters.list(page);
    const last = items.toSorted((a, b) => b.number.localeCompare(a.number))[0];
    const matter = last && (await town.services.matters.byId(last.id));
    assert.ok(matter);
    return matter;
  };
  const again = async (id: string): Promise<Matter> => {
    const matter = await town.services.matters.byId(id);
    assert.ok(matter);
    return matter;
  };
  /** Puts a mail in, sweeps, and says where it went. */
  async function take(raw: string | Buffer) {
    const id = pile.put(raw);
    await mail.takeIn(town.at.now());
    return pile.places.get(id);
  }
  const ours = (matter: Matter, event = '2/asked/citizen'): string =>
    messageIdOf(`${matter.id}/${event}/mail`, 'town.example');

  describe('a new mail', () => {
    it('becomes a private letter of its writer, and the code goes to the address that wrote', async () => {
      const address = somebody();
      assert.equal(
        await take(aMail({ from: `李小满 <${address.toUpperCase()}>`, subject: '文昌路路面破损' })),
        'processed',
      );
      const { letter, number, id } = await newest();
      assert.deepEqual(
        [letter.channel, letter.kind, letter.wish, letter.language, letter.title, letter.place],
        ['mail', 'consult', 'private', 'zh-CN', '文昌路路面破损', ''],
      );
      assert.deepEqual(letter.writer, { name: '李小满', phone: '', mail: address, address: '' });
      assert.match(letter.body, /^文昌路中段路面有一个大坑.*处。$/);
      const [answer, ...more] = mail.answers;
      assert.ok(answer && more.length === 0);
      assert.equal(answer.to, address);
      assert.ok(answer.text.includes(number));
      const code = /[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}/.exec(answer.text)?.[0] ?? '';
      assert.equal((await town.services.trackLetter(number, code)).id, id);
      assert.match(answer.inReplyTo ?? '', /^<q\d+@mail\.example>$/);
      assert.equal(answer.key, `${id}/code/citizen/mail`);
    });

    it('in English › is an English letter, answered in English; a nameless writer goes by the address', async () => {
      const address = somebody();
      await take(
        aMail({
          from: address,
          subject: 'Street lamp is dark',
          text: 'The lamp at the corner has been dark for days.',
        }),
      );
      const { letter } = await newest();
      assert.equal(letter.language, 'en');
      assert.equal(letter.writer.name, address.split('@')[0]);
      assert.match(mail.answers[0]?.text ?? '', /Secret code: /);
    });

    it('with files › keeps those a letter may carry, by what they are, and names the others', async () => {
      const png = (name: string) => ({ name, type: 'image/png', bytes: PNG });
      const files = [
        { name: 'a.pdf', type: 'application/octet-stream', bytes: PDF },
        { name: 'run.png', type: 'image/png', bytes: Buffer.from('MZ no picture') },
        { name: 'huge.png', type: 'image/png', bytes: Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]) },
        ...['1.png', '2.png', '3.png', '4.png', '5.png'].map(png),
      ];
      await take(aMail({ from: somebody(), files }));
      const { attachments } = (await newest()).letter;
      assert.deepEqual(
        attachments.map(({ name, type }) => `${name} ${type}`),
        ['a.pdf application/pdf', '1.png image/png', '2.png image/png', '3.png image/png', '4.png image/png'],
      );
      const stored = await town.services.attachments.get(attachments[0]?.id ?? '');
      assert.deepEqual(stored?.bytes, PDF);
      assert.match(mail.answers[0]?.text ?? '', /没有收下：run\.png、huge\.png、5\.png。/);
    });

    const wrong: readonly [what: string, parts: MailParts, says: RegExp][] = [
      ['without a subject', { subject: '' }, /标题/],
      ['with a short subject', { subject: '路坏了' }, /标题.*4/],
      ['with a long subject', { subject: '路'.repeat(81) }, /标题.*80/],
      ['without a text', { text: '' }, /内容|经过|情况|正文/],
      ['with a short text', { text: '修路。' }, /10/],
      ['with a long text', { text: '路'.repeat(3001) }, /3000/],
    ];
    for (const [what, parts, says] of wrong) {
      it(`${what} › is answered with what is wrong and where the form is`, async () => {
        const before = await letters();
        assert.equal(await take(aMail({ from: somebody(), ...parts })), 'refused');
        assert.equal(await letters(), before);
        const [answer] = mail.answers;
        assert.match(answer?.text ?? '', says);
        assert.ok(answer?.text.includes('http://huiyin.example/letters/new'));
      });
    }

    it('wrong twice over › is told of both faults at once', async () => {
      await take(aMail({ from: somebody(), subject: '路', text: '坏。' }));
      assert.equal(mail.answers[0]?.text.match(/^- /gm)?.length, 2);
    });

    it('wrong again within a day › is not answered again, the next day it is', async () => {
      const from = somebody();
      await take(aMail({ from, text: '修路。' }));
      await take(aMail({ from, text: '快修。' }));
      assert.equal(mail.answers.length, 1);
      later(25 * 3600);
      await take(aMail({ from, text: '还没修。' }));
      assert.equal(mail.answers.length, 2);
    });

    it('corrected in answer to ours › is a letter without what it quotes', async () => {
      const from = somebody();
      await take(aMail({ from, text: '修路。' }));
      const refusal = messageIdOf(mail.answers[0]?.key ?? '', 'town.example');
      const text =
        '文昌路中段路面有一个大坑，夜里很危险。\n\n在 2026-09-24 10:01，区长信箱 <box@town.example> 写道：\n> 您的邮件没有收下';
      assert.equal(await take(aMail({ from, text, headers: [`In-Reply-To: ${refusal}`] })), 'processed');
      assert.equal((await newest()).letter.body, '文昌路中段路面有一个大坑，夜里很危险。');
    });

    it('that lies there twice › is one letter and one code', async () => {
      const raw = aMail({ from: somebody() });
      const before = await letters();
      assert.deepEqual([await take(raw), await take(raw)], ['processed', 'processed']);
      assert.equal(await letters(), before + 1);
      assert.equal(mail.answers.length, 1);
    });

    it('without a Message-ID › is told by its bytes', async () => {
      const raw = aMail({ from: somebody(), id: null });
      const before = await letters();
      await take(raw);
      await take(raw);
      assert.equal(await letters(), before + 1);
    });

    it('with the Message-ID of somebody else’s › is a letter of its own with a code of its own', async () => {
      const id = '<same@mail.example>';
      const [victim, thief] = [somebody(), somebody()];
      await take(aMail({ from: victim, id }));
      await take(aMail({ from: thief, id }));
      const [first, second] = mail.answers.map(({ text }) => /查询码：(\S+)/.exec(text)?.[1]);
      assert.deepEqual(
        mail.answers.map(({ to }) => to),
        [victim, thief],
      );
      assert.ok(first && second && first !== second);
    });

    it('with the same words from the same address within a day › is the letter that is there', async () => {
      const from = somebody();
      const text = '您好，我正在休假，九月三十日回来后会尽快答复您的邮件。';
      const before = await letters();
      for (let n = 0; n < 3; n += 1) await take(aMail({ from, subject: '我在休假中', text }));
      assert.equal(await letters(), before + 1);
      assert.equal(mail.answers.length, 1);
    });

    it('the twenty-first of an address within an hour › is not taken, in the next hour it is', async () => {
      const from = somebody();
      const before = await letters();
      for (let n = 0; n < 22; n += 1) await take(aMail({ from }));
      assert.equal(await letters(), before + 20);
      assert.match(mail.answers.at(-1)?.text ?? '', /太多/);
      later(3601);
      await take(aMail({ from }));
      assert.equal(await letters(), before + 21);
    });

    it('while the mail server takes nothing › is a letter all the same, and three answers are tried, not all', async () => {
      let isDown = true;
      let tried = 0;
      const told: string[] = [];
      await mail.end();
      mail = await aMailTown(town, pile, {
        channel: {
          async send({ to }) {
            tried += 1;
            if (isDown) throw new Error('down');
            told.push(to);
            return { id: '1' };
          },
        },
      });
      const before = await letters();
      const writers = Array.from({ length: 6 }, somebody);
      for (const from of writers) pile.put(aMail({ from }));
      assert.equal(await mail.takeIn(town.at.now()), 0);
      assert.deepEqual([await letters(), tried], [before + 6, 3]);
      isDown = false;
      assert.equal(await mail.takeIn(town.at.now()), 6);
      assert.deepEqual([await letters(), told], [before + 6, writers]);
    });

    it('whose answer the mail server cannot take now › waits, however long, and is one letter in the end', async () => {
      let isDown = true;
      const sent: string[] = [];
      await mail.end();
      mail = await aMailTown(town, pile, {
        channel: {
          async send({ text }) {
            if (isDown) throw new Error('down');
            sent.push(text);
            return { id: '1' };
          },
        },
      });
      const before = await letters();
      const id = pile.put(aMail({ from: somebody() }));
      for (let n = 0; n < 5; n += 1) await mail.takeIn(town.at.now());
      assert.equal(pile.places.get(id), 'waiting');
      isDown = false;
      await mail.takeIn(town.at.now());
      assert.equal(pile.places.get(id), 'processed');
      assert.deepEqual([await letters(), sent.length], [before + 1, 1]);
    });

    it('from an address that does not exist › is a letter all the same', async () => {
      await mail.end();
      mail = await aMailTown(town, pile, {
        channel: {
          send() {
            throw new MessageRefused('550');
          },
        },
      });
      assert.equal(await take(aMail({ from: somebody() })), 'processed');
    });

    it('from somebody who works here › is no letter', async () => {
      const before = await letters();
      assert.equal(await take(aMail({ from: 'Roads-Head@town.example' })), 'refused');
      assert.equal(await letters(), before);
      assert.match(mail.answers[0]?.text ?? '', /工作人员/);
    });
  });

  describe('the answer to a mail of ours', () => {
    const notes = (matter: Matter): string[] =>
      matter.history
        .filter(({ by }) => by.role === 'citizen')
        .map(({ what, text = '' }) => `${what} ${text}`);

    async function aMatter(): Promise<{ matter: Matter; from: string }> {
      const from = somebody();
      const writer = { name: '王', phone: '', mail: from, address: '' };
      return { matter: await anAssigned(town, 'roads', { writer }), from };
    }

    it('to the address that names the letter › is a note, without the history below', async () => {
      const { matter, from } = await aMatter();
      const to = `区长信箱 <${mail.addresses.of(`${matter.id}/2/assigned/citizen/mail`)}>`;
      const text =
        '坑又大了一圈。\n\n发自我的手机\n\n---原始邮件---\n发件人: "区长信箱"<box@town.example>\n收件人: 王\n您的来信已收到';
      assert.equal(await take(aMail({ from, to, subject: '回复：您的来信', text })), 'processed');
      assert.deepEqual(notes(await again(matter.id)), ['open ', 'addNote 坑又大了一圈。\n\n发自我的手机']);
      assert.equal(mail.answers.length, 0);
    });

    for (const name of ['In-Reply-To', 'References'])
      it(`that names our mail in ${name} › is a note`, async () => {
        const { matter, from } = await aMatter();
        await take(
          aMail({
            from: `W <${from.toUpperCase()}>`,
            text: '补充：就在学校门口。',
            headers: [`${name}: <x@y> ${ours(matter)}`],
          }),
        );
        assert.deepEqual(notes(await again(matter.id)).slice(1), ['addNote 补充：就在学校门口。']);
      });

    it('to a question of the office › answers it; to one of the unit › the work goes on', async () => {
      const from = somebody();
      const writer = { name: '王', phone: '', mail: from, address: '' };
      const asked = await aLetterIn(town, { writer });
      await act(town, 'dispatcher', asked.id, 'askCitizen', { text: '在哪一段？' });
      await take(aMail({ from, text: '在学校门口那一段。', headers: [`In-Reply-To: ${ours(asked)}`] }));
      assert.equal((await again(asked.id)).state, 'sorting');

      const { matter, from: other } = await aMatter();
      await act(town, 'roads-handler', matter.id, 'signFor');
      await act(town, 'roads-handler', matter.id, 'pause', { text: '有照片吗？' });
      await take(aMail({ from: other, text: '没有照片。', headers: [`In-Reply-To: ${ours(matter)}`] }));
      const after = await again(matter.id);
      assert.deepEqual([after.state, notes(after).at(-1)], ['inHand', 'resume 没有照片。']);
    });

    it('after the answer › is a note still; once it is closed › says where to go', async () => {
      const from = somebody();
      const matter = await anAnswered(town, { writer: { name: '王', phone: '', mail: from, address: '' } });
      const headers = [`In-Reply-To: ${ours(matter)}`];
      assert.equal(await take(aMail({ from, text: '谢谢你们。', headers })), 'processed');
      await act(town, 'dispatcher', matter.id, 'close');
      assert.equal(await take(aMail({ from, text: '又坏了。', headers })), 'refused');
      assert.match(mail.answers[0]?.text ?? '', /办结[\s\S]*letters\/track/);
    });

    it('with files › says in the note that they came', async () => {
      const { matter, from } = await aMatter();
      const files = [{ name: 'a.png', type: 'image/png', bytes: PNG }];
      await take(aMail({ from, text: '照片见附件。', headers: [`In-Reply-To: ${ours(matter)}`], files }));
      assert.match(notes(await again(matter.id)).at(-1) ?? '', /^addNote 照片见附件。\n\n（.*a\.png）$/);
    });

    it('from another address › is not added, and is told how to', async () => {
      const { matter } = await aMatter();
      const before = await letters();
      const to = mail.addresses.of(`${matter.id}/2/assigned/citizen/mail`) ?? '';
      const from = `li@mail.example <${somebody()}>`;
      assert.equal(await take(aMail({ from, to, text: '我是他的邻居，请尽快修好这条路。' })), 'refused');
      assert.deepEqual([notes(await again(matter.id)), await letters()], [['open '], before]);
      assert.match(mail.answers[0]?.text ?? '', /letters\/track/);
      assert.ok(!mail.answers[0]?.text.includes(matter.number));
    });

    it('of staff to a notice › is neither note nor letter', async () => {
      const { matter } = await aMatter();
      const before = await letters();
      const headers = [`In-Reply-To: ${ours(matter, '2/assigned/p-roads-head')}`];
      assert.equal(
        await take(aMail({ from: 'roads-head@town.example', text: '收到，马上派人去看。', headers })),
        'refused',
      );
      assert.deepEqual([notes(await again(matter.id)), await letters()], [['open '], before]);
    });

    it('that is empty or too long › says so', async () => {
      for (const text of ['', '路'.repeat(2001)]) {
        const { matter, from } = await aMatter();
        assert.equal(await take(aMail({ from, text, headers: [`In-Reply-To: ${ours(matter)}`] })), 'refused');
        assert.match(mail.answers.at(-1)?.text ?? '', /letters\/track/);
      }
      assert.equal(mail.answers.length, 2);
    });

    it('that lies there twice › is one note; the same words in another mail are another', async () => {
      const { matter, from } = await aMatter();
      const headers = [`In-Reply-To: ${ours(matter)}`];
      const raw = aMail({ from, text: '还没有人来。', headers });
      await take(raw);
      await take(raw);
      assert.equal(notes(await again(matter.id)).length, 2);
      await take(aMail({ from, text: '还没有人来。', headers }));
      assert.equal(notes(await again(matter.id)).length, 3);
    });

    it('with a token nobody was given › is a new mail', async () => {
      const { matter, from } = await aMatter();
      assert.equal(
        await take(aMail({ from, to: `box+${matter.id}-0123456789abcdef@town.example` })),
        'processed',
      );
      assert.equal(notes(await again(matter.id)).length, 1);
      assert.notEqual((await newest()).id, matter.id);
    });
  });

  describe('written by a program', () => {
    const programs: readonly [what: string, parts: MailParts][] = [
      ['Auto-Submitted: auto-replied', { headers: ['Auto-Submitted: auto-replied'] }],
      [
        'Auto-Submitted: auto-generated (rejected)',
        { headers: ['Auto-Submitted: auto-generated (rejected)'] },
      ],
      ['Precedence: bulk', { headers: ['Precedence: bulk'] }],
      ['Precedence: Junk', { headers: ['Precedence: Junk'] }],
      ['Precedence: list', { headers: ['Precedence: list'] }],
      ['a list', { headers: ['List-Id: news <news.shop.example>'] }],
      ['a newsletter', { headers: ['List-Unsubscribe: <mailto:out@shop.example>'] }],
      ['X-Autoreply', { headers: ['X-Autoreply: yes'] }],
      ['X-Autorespond', { headers: ['X-Autorespond: away'] }],
      ['Exchange’s own word', { headers: ['X-Auto-Response-Suppress: DR, RN, OOF, AutoReply'] }],
      ['junk by the mail server’s word', { headers: ['X-Spam-Flag: YES'] }],
      ['no return path', { headers: ['Return-Path: <>'] }],
      ['MAILER-DAEMON', { from: 'MAILER-DAEMON@mx.example' }],
      ['no-reply', { from: 'Shop <no-reply@shop.example>' }],
      ['ourselves', { from: 'Box@Town.example' }],
      ['a Message-ID of ours', { id: '<m-1.7.answered.citizen.mail@town.example>' }],
      ['the subject of an away note', { subject: '自动回复：您的来信已编号' }],
      ['the same in English', { subject: 'Automatic reply: your letter has the number' }],
      [
        'a receipt of reading',
        { headers: ['Content-Type: multipart/report; report-type=disposition-notification; boundary=x'] },
      ],
    ];
    for (const [what, parts] of programs) {
      it(`${what} › is set aside without a word`, async () => {
        const before = await letters();
        assert.equal(await take(aMail({ from: somebody(), ...parts })), 'refused');
        assert.deepEqual([await letters(), mail.answers, mail.receipts], [before, [], []]);
      });
    }

    it('Auto-Submitted: no › is a person’s', async () => {
      assert.equal(await take(aMail({ from: somebody(), headers: ['Auto-Submitted: no'] })), 'processed');
    });

    it('an away note in answer to our question › does not answer it', async () => {
      const from = somebody();
      const asked = await aLetterIn(town, { writer: { name: '王', phone: '', mail: from, address: '' } });
      await act(town, 'dispatcher', asked.id, 'askCitizen', { text: '在哪一段？' });
      const headers = [`In-Reply-To: ${ours(asked)}`, 'Auto-Submitted: auto-replied'];
      assert.equal(await take(aMail({ from, text: '我在休假。', headers })), 'refused');
      assert.equal((await again(asked.id)).state, 'asked');
    });
  });

  describe('a report about a mail of ours', () => {
    const key = '0b0ff7a2-1a4e-4c0e-9d3a-0a4b8e7e7c11/7/answered/citizen/mail';
    const original = messageIdOf(key, 'town.example');

    it('that it came back › finds its row in the ledger, and is never answered', async () => {
      assert.equal(await take(aBounce(original)), 'processed');
      assert.deepEqual(mail.receipts, [{ id: null, key, state: 'failed', remark: '5.1.1' }]);
      assert.deepEqual(mail.answers, []);
    });

    it('that it arrived › says so; that it is late › says nothing yet', async () => {
      await take(aBounce(original, 'delivered', '2.0.0'));
      assert.equal(await take(aBounce(original, 'delayed', '4.4.1')), 'refused');
      assert.deepEqual(mail.receipts, [{ id: null, key, state: 'delivered', remark: '2.0.0' }]);
    });

    it('about a mail that was not ours › is set aside', async () => {
      assert.equal(await take(aBounce('<x1@elsewhere.example>')), 'refused');
      assert.deepEqual(mail.receipts, []);
    });
  });

  describe('a mail that cannot be taken', () => {
    it('from nobody, or from two › is set aside', async () => {
      for (const from of ['', 'no address at all', 'a@mail.example, b@mail.example', '<>'])
        assert.equal(await take(aMail({ from })), 'refused', from);
      assert.deepEqual(mail.answers, []);
    });

    it('fails three times › is set aside, the next one is taken each time, and the log names neither', async () => {
      const address = somebody();
      let tries = 0;
      await mail.end();
      mail = await aMailTown(town, pile, {
        submitLetter: async (letter, key) => {
          if (letter.writer.mail !== address) return town.services.submitLetter(letter, key);
          tries += 1;
          throw new TypeError(`cannot keep ${letter.body} of ${address}`);
        },
      });
      const id = pile.put(aMail({ from: address }));
      for (const place of ['waiting', 'waiting', 'failed']) {
        assert.equal(await take(aMail({ from: somebody() })), 'processed');
        assert.equal(pile.places.get(id), place);
      }
      assert.equal(tries, 3);
      const log = mail.logged.join('');
      assert.match(log, /"waiting":"1\/\d+","tries":3,"reason":"TypeError","msg":"mail\.not-taken"/);
      assert.ok(!log.includes(address) && !log.includes('文昌路'));
    });

    it('ended the process three times › is set aside without being read', async () => {
      const id = '2/1';
      for (let n = 0; n < 3; n += 1) {
        const dying = await aMailTown(town, {
          async sweep(take_) {
            const isRead = new Promise<never>((_, die) => {
              void take_({
                id,
                read() {
                  die(new Error('the end'));
                  return new Promise(() => {});
                },
              });
            });
            return isRead;
          },
        });
        await assert.rejects(dying.takeIn(town.at.now()), /the end/);
        await dying.end();
      }
      let isRead = false;
      const last = await aMailTown(town, {
        async sweep(take_) {
          const place = await take_({
            id,
            read() {
              isRead = true;
              throw new Error('read');
            },
          });
          pile.places.set(id, place);
          return 1;
        },
      });
      await last.takeIn(town.at.now());
      await last.end();
      assert.deepEqual([pile.places.get(id), isRead], ['failed', false]);
    });
  });
});
