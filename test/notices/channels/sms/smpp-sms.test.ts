import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import type { Pdu } from 'smpp';
import { MessageRefused } from '../../../../src/notices/channels/channel.ts';
import { smsGateway } from '../../../../src/notices/channels/sms/sms-gateway.ts';
import { smppSms } from '../../../../src/notices/channels/sms/smpp-sms.ts';
import { gatewayAddresses } from '../../../../src/notices/gateway-calls.ts';
import { listening, PHONE, SMS, type Heard } from './sample-message.ts';
import { Smsc } from './smsc.ts';

const LONG = '李小满您好，😀您反映的文昌路路面问题已有答复，请凭编号和查询码查看。'.repeat(5);

/** Twenty messages on the line at most are nothing to wait for. */
const soon = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await wait(10);
  assert.ok(holds(), 'did not happen in two seconds');
};

describe('SMS over SMPP 3.4', () => {
  let smsc: Smsc;
  let heard: Heard;
  let channel: ReturnType<typeof smppSms>;
  let port = 0;
  const warned: string[] = [];

  const open = (
    over: { password?: string; enquireMs?: number; partsMs?: number; patienceMs?: number } = {},
  ) =>
    smppSms(
      {
        host: '127.0.0.1',
        port,
        isSecure: false,
        systemId: 'huiyin',
        password: over.password ?? 'secret',
        systemType: '',
        from: '10690000',
      },
      {
        listener: heard,
        log: { info: () => {}, warn: (fields: object) => warned.push(JSON.stringify(fields)) },
        patienceMs: over.patienceMs ?? 2000,
        times: { responseMs: 300, enquireMs: over.enquireMs ?? 60_000, backOffMs: 30 },
        partsMs: over.partsMs ?? 60_000,
      },
    );

  beforeEach(async () => {
    warned.length = 0;
    smsc = new Smsc();
    port = await smsc.listen();
    heard = listening();
    channel = open();
  });
  afterEach(async () => {
    await channel.close();
    smsc.close();
  });

  const textOf = ({ short_message }: Pdu): string => String(short_message?.message);
  const bound = async (): Promise<void> => {
    channel.open();
    await smsc.until(() => smsc.binds.length > 0);
    await wait(20);
  };

  describe('out', () => {
    it('a short message › one part, with a receipt asked for, under the centre’s id', async () => {
      assert.deepEqual(await channel.send({ ...SMS, text: 'Letter 8 is answered @ {x}' }), { id: 'id-1' });
      const [bind] = smsc.binds;
      assert.deepEqual([bind?.system_id, bind?.password], ['huiyin', 'secret']);
      const [one] = smsc.submitted;
      assert.ok(one);
      assert.deepEqual(
        [one.source_addr, one.destination_addr, one.data_coding, one.esm_class, one.registered_delivery],
        ['10690000', PHONE, 0, 0, 1],
      );
      assert.equal(textOf(one), 'Letter 8 is answered @ {x}');
    });

    it('a number from abroad › as an international one', async () => {
      await channel.send({ ...SMS, to: '+852 2123-4567' });
      assert.deepEqual(
        smsc.submitted.map((pdu) => [pdu.dest_addr_ton, pdu.destination_addr]),
        [[1, '85221234567']],
      );
    });

    it('Chinese › in UCS-2', async () => {
      await channel.send({ ...SMS, text: '【区长信箱】信件8已有答复。😀' });
      assert.deepEqual(
        smsc.submitted.map((pdu) => [pdu.data_coding, textOf(pdu)]),
        [[8, '【区长信箱】信件8已有答复。😀']],
      );
    });

    it('a long message › parts in order, one at a time, that are the text together', async () => {
      let underWay = 0;
      let most = 0;
      smsc.onSubmit = (session, pdu) => {
        underWay += 1;
        most = Math.max(most, underWay);
        setTimeout(() => {
          underWay -= 1;
          session.send(pdu.response({ message_id: smsc.nextId() }));
        }, 15);
      };
      const [{ id }] = await Promise.all([channel.send({ ...SMS, text: LONG }), channel.send(SMS)]);
      const parts = smsc.submitted.filter(({ esm_class }) => esm_class === 0x40);
      assert.equal(id, `id-${parts.length}`);
      assert.ok(parts.length >= 3);
      assert.equal(parts.map(textOf).join(''), LONG);
      assert.deepEqual(
        parts.map(({ short_message }) => [...(short_message?.udh?.[0] ?? [])].slice(3)),
        parts.map((_, index) => [parts.length, index + 1]),
      );
      assert.equal(most, 1, 'a window of one');
    });

    for (const status of [0x01, 0x0b, 0x50, 0x51, 0xc4])
      it(`status 0x${status.toString(16)} › is refused for good`, async () => {
        smsc.onSubmit = (session, pdu) => session.send(pdu.response({ command_status: status }));
        await assert.rejects(channel.send(SMS), MessageRefused);
      });

    for (const status of [0x08, 0x14, 0x45, 0x58, 0x64])
      it(`status 0x${status.toString(16)} › is tried again later`, async () => {
        smsc.onSubmit = (session, pdu) => session.send(pdu.response({ command_status: status }));
        await assert.rejects(channel.send(SMS), (error: Error) => !(error instanceof MessageRefused));
        smsc.onSubmit = (session, pdu) => session.send(pdu.response({ message_id: 'x' }));
        assert.deepEqual(await channel.send(SMS), { id: 'x' });
      });
  });

  describe('receipts', () => {
    const text = (id: string, stat: string, err = '000') =>
      `id:${id} sub:001 dlvrd:001 submit date:2611270900 done date:2611270901 stat:${stat} err:${err} text:hello`;
    const receipt = (id: string, stat: string, err?: string) => ({
      esm_class: 4,
      source_addr: PHONE,
      short_message: text(id, stat, err),
    });

    it('in words › delivered, found by id and by our key', async () => {
      const { id } = await channel.send(SMS);
      assert.equal(await smsc.deliver(receipt(id, 'DELIVRD')), 0);
      assert.deepEqual(heard.receipts, [{ id, key: SMS.key, state: 'delivered', remark: 'DELIVRD:000' }]);
    });

    it('in fields of their own › the same', async () => {
      const { id } = await channel.send(SMS);
      await smsc.deliver({ esm_class: 4, receipted_message_id: id, message_state: 5 });
      assert.deepEqual(heard.receipts, [{ id, key: SMS.key, state: 'failed', remark: 'state:5' }]);
    });

    for (const [stat, state] of [
      ['EXPIRED', 'failed'],
      ['UNDELIV', 'failed'],
      ['REJECTD', 'failed'],
      ['DELETED', 'failed'],
      ['ENROUTE', null],
      ['ACCEPTD', null],
      ['UNKNOWN', null],
      ['', null],
    ] as const)
      it(`${stat || 'no state'} › ${state ?? 'is not the end of it'}`, async () => {
        const { id } = await channel.send(SMS);
        assert.equal(await smsc.deliver(receipt(id, stat, 'MK:0001')), 0);
        assert.deepEqual(
          heard.receipts.map((one) => [one.state, one.remark]),
          state ? [[state, `${stat}:MK:0001`]] : [],
        );
      });

    it('of a message sent before a restart › by its id alone', async () => {
      await bound();
      await smsc.deliver(receipt('earlier', 'DELIVRD'));
      assert.deepEqual(heard.receipts, [
        { id: 'earlier', key: null, state: 'delivered', remark: 'DELIVRD:000' },
      ]);
    });

    it('hard on the heels of the response › finds its message by our key', async () => {
      smsc.onSubmit = (session, pdu) => {
        const id = smsc.nextId();
        session.socket.cork();
        session.send(pdu.response({ message_id: id }));
        session.deliver_sm(receipt(id, 'DELIVRD'));
        session.socket.uncork();
      };
      const { id } = await channel.send(SMS);
      await soon(() => heard.receipts.length > 0);
      assert.deepEqual(heard.receipts, [{ id, key: SMS.key, state: 'delivered', remark: 'DELIVRD:000' }]);
    });

    it('of a long message › delivered once every part is', async () => {
      const { id } = await channel.send({ ...SMS, text: LONG });
      const ids = smsc.submitted.map((_, index) => `id-${index + 1}`);
      for (const part of ids.toReversed()) {
        assert.deepEqual(heard.receipts, []);
        await smsc.deliver(receipt(part, 'DELIVRD'));
      }
      assert.deepEqual(heard.receipts, [{ id, key: SMS.key, state: 'delivered', remark: 'DELIVRD:000' }]);
    });

    it('of a long message › failed once one part is', async () => {
      const { id } = await channel.send({ ...SMS, text: LONG });
      await smsc.deliver(receipt('id-2', 'UNDELIV', '012'));
      assert.deepEqual(heard.receipts, [{ id, key: SMS.key, state: 'failed', remark: 'UNDELIV:012' }]);
    });

    it('that could not be kept › is refused for now, and kept when it comes again', async () => {
      const { id } = await channel.send({ ...SMS, text: LONG });
      const ids = smsc.submitted.map((_, index) => `id-${index + 1}`);
      for (const part of ids.slice(1)) await smsc.deliver(receipt(part, 'DELIVRD'));
      heard.failing = 1;
      assert.equal(await smsc.deliver(receipt('id-1', 'DELIVRD')), 0x64);
      assert.equal(await smsc.deliver(receipt('id-1', 'DELIVRD')), 0);
      assert.deepEqual(
        heard.receipts.map((one) => [one.id, one.state]),
        [[id, 'delivered']],
      );
    });

    it('of parts whose message was sent anew › say nothing of it', async () => {
      smsc.onSubmit = (session, pdu) => {
        const isThird = smsc.submitted.length === 3;
        session.send(pdu.response(isThird ? { command_status: 0x58 } : { message_id: smsc.nextId() }));
      };
      await assert.rejects(channel.send({ ...SMS, text: LONG }));
      await smsc.deliver(receipt('id-1', 'UNDELIV'));
      assert.deepEqual(
        heard.receipts.map(({ key }) => key),
        [null],
      );
    });
  });

  describe('in', () => {
    const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
    const udh = (...bytes: number[]): Buffer => Buffer.from([bytes.length, ...bytes]);
    const part = (number: number, count: number, text: string) => ({
      source_addr: PHONE,
      destination_addr: '10690000',
      esm_class: 0x40,
      data_coding: 8,
      short_message: Buffer.concat([udh(0, 3, 77, count, number), ucs2(text)]),
    });

    it('words › acknowledged once they are kept, not before', async () => {
      await bound();
      let keep = (): void => {};
      const kept = new Promise<void>((resolve) => {
        keep = resolve;
      });
      heard.incoming = async (message) => {
        await kept;
        heard.messages.push(message);
      };
      let status: number | null = null;
      const delivered = (async () => {
        status = await smsc.deliver({
          source_addr: PHONE,
          destination_addr: '10690000',
          data_coding: 8,
          short_message: ucs2('ABCDEFGHJK 谢谢'),
        });
      })();
      await wait(50);
      assert.equal(status, null);
      keep();
      await delivered;
      assert.equal(status, 0);
      assert.deepEqual(
        heard.messages.map(({ from, text }) => [from, text]),
        [[PHONE, 'ABCDEFGHJK 谢谢']],
      );
    });

    it('the same words again › the same message; other words › another', async () => {
      await bound();
      const words = (short_message: string) => smsc.deliver({ source_addr: '+8613800001234', short_message });
      for (const text of ['first', 'first', 'second']) await words(text);
      const [one, again, other] = heard.messages;
      assert.equal(one?.id, again?.id);
      assert.notEqual(one?.id, other?.id);
      assert.equal(one?.from, PHONE);
    });

    it('words that could not be kept › are refused for now', async () => {
      await bound();
      heard.failing = 1;
      assert.equal(await smsc.deliver({ source_addr: PHONE, short_message: 'x' }), 0x64);
      assert.equal(await smsc.deliver({ source_addr: PHONE, short_message: 'x' }), 0);
      assert.equal(heard.messages.length, 1);
    });

    it('a long message in any order › once, whole; its last part waits until it is kept', async () => {
      await bound();
      assert.equal(await smsc.deliver(part(3, 3, '三。')), 0);
      assert.equal(await smsc.deliver(part(1, 3, '一，')), 0);
      heard.failing = 1;
      assert.equal(await smsc.deliver(part(2, 3, '二，')), 0x64);
      assert.equal(await smsc.deliver(part(2, 3, '二，')), 0);
      assert.deepEqual(
        heard.messages.map(({ text }) => text),
        ['一，二，三。'],
      );
    });

    it('parts cut through the middle of a letter › are whole again', async () => {
      await bound();
      const emoji = ucs2('😀');
      const half = (number: number, bytes: Buffer) => ({
        ...part(number, 2, ''),
        short_message: Buffer.concat([udh(8, 4, 1, 2, 2, number), bytes]),
      });
      await smsc.deliver(half(1, emoji.subarray(0, 2)));
      await smsc.deliver(half(2, emoji.subarray(2)));
      assert.deepEqual(
        heard.messages.map(({ text }) => text),
        ['😀'],
      );
    });

    it('parts marked by fields, a payload in place of a short message › are read too', async () => {
      await bound();
      const sar = (number: number, short_message: string) =>
        smsc.deliver({
          source_addr: PHONE,
          short_message,
          sar_msg_ref_num: 9,
          sar_total_segments: 2,
          sar_segment_seqnum: number,
        });
      await sar(1, 'one ');
      await sar(2, 'two');
      await smsc.deliver({ source_addr: PHONE, data_coding: 8, message_payload: ucs2('长'.repeat(300)) });
      assert.deepEqual(
        heard.messages.map(({ text }) => text),
        ['one two', '长'.repeat(300)],
      );
    });

    it('a part that never comes › the rest is handed over with a gap', async () => {
      await channel.close();
      channel = open({ partsMs: 60 });
      await bound();
      await smsc.deliver(part(1, 3, '一，'));
      await smsc.deliver(part(3, 3, '三。'));
      assert.deepEqual(heard.messages, []);
      await soon(() => heard.messages.length > 0);
      assert.deepEqual(
        heard.messages.map(({ text }) => text),
        ['一，…三。'],
      );
    });

    it('closing › hands over what has come of a long message', async () => {
      await bound();
      await smsc.deliver(part(2, 2, '二。'));
      await channel.close();
      await soon(() => heard.messages.length > 0);
      assert.deepEqual(
        heard.messages.map(({ text }) => text),
        ['…二。'],
      );
    });

    it('bytes for a telephone › are acknowledged and are no message', async () => {
      await bound();
      assert.equal(
        await smsc.deliver({ source_addr: PHONE, data_coding: 4, short_message: Buffer.from([1, 2, 3]) }),
        0,
      );
      assert.deepEqual(heard.messages, []);
    });
  });

  describe('a line that breaks', () => {
    it('a wrong password › nothing is sent; tried again with longer and longer pauses; no password is told', async () => {
      smsc.password = 'another';
      await assert.rejects(channel.send(SMS), /bind refused with 14/);
      await assert.rejects(channel.send(SMS), /not bound/);
      await wait(500);
      const tries = smsc.binds.length;
      // 30, 60, 120, 240 ms
      assert.ok(tries >= 3 && tries <= 6, `${tries} tries`);
      assert.ok(warned.length >= 3 && warned.every((line) => !line.includes('secret')));
      smsc.password = 'secret';
      await smsc.until(() => smsc.binds.length > tries);
      await wait(50);
      assert.deepEqual(await channel.send(SMS), { id: 'id-1' });
    });

    it('nobody there › the send ends at once, and works when somebody is', async () => {
      smsc.close();
      await assert.rejects(channel.send(SMS));
      await assert.rejects(channel.send(SMS), /not bound/);
    });

    it('hung up in the middle of a send › that one is tried again by whoever sends; the next goes out', async () => {
      smsc.onSubmit = (session) => session.destroy();
      await assert.rejects(channel.send(SMS), (error: Error) => !(error instanceof MessageRefused));
      smsc.onSubmit = (session, pdu) => session.send(pdu.response({ message_id: 'after' }));
      await smsc.until(() => smsc.binds.length === 2);
      await wait(30);
      assert.deepEqual(await channel.send(SMS), { id: 'after' });
    });

    it('no response in time › the line is given up and made anew', async () => {
      smsc.onSubmit = () => {};
      const began = performance.now();
      await assert.rejects(channel.send(SMS), /no answer in time/);
      assert.ok(performance.now() - began < 1800);
      await smsc.until(() => smsc.binds.length === 2);
    });

    it('a centre that answers each part slowly › the send ends in time', async () => {
      await channel.close();
      channel = open({ patienceMs: 400 });
      smsc.onSubmit = (session, pdu) =>
        setTimeout(() => session.send(pdu.response({ message_id: smsc.nextId() })), 200);
      const began = performance.now();
      await assert.rejects(channel.send({ ...SMS, text: LONG }));
      assert.ok(performance.now() - began < 1500);
    });

    it('asks whether the other end is there; silence › a new line', async () => {
      await channel.close();
      channel = open({ enquireMs: 40 });
      let asked = 0;
      smsc.onEnquiry = (session, pdu) => {
        asked += 1;
        if (asked < 3) session.send(pdu.response());
      };
      await bound();
      await smsc.until(() => smsc.binds.length === 2);
      assert.ok(asked >= 3);
    });

    it('is asked whether it is there › answers', async () => {
      await bound();
      const answered = new Promise<Pdu>((resolve) => smsc.last.enquire_link({}, resolve));
      assert.equal((await answered).command_status, 0);
    });

    it('the other end unbinds › a new line', async () => {
      await bound();
      smsc.last.unbind({});
      await smsc.until(() => smsc.binds.length === 2);
    });

    it('closing › unbinds, and no new line is made', async () => {
      await bound();
      const unbound = new Promise((resolve) => smsc.last.once('unbind', resolve));
      await channel.close();
      await unbound;
      await wait(100);
      assert.equal(smsc.binds.length, 1);
      await assert.rejects(channel.send(SMS), /closed/);
    });
  });

  it('with TLS › a centre nobody vouches for is told no password', async function () {
    const folder = mkdtempSync(join(tmpdir(), 'smpps-'));
    const made = spawnSync(
      'openssl',
      'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout key.pem -out cert.pem'.split(
        ' ',
      ),
      { cwd: folder },
    );
    if (made.status !== 0) this.skip();
    let told = 0;
    const centre = createTlsServer(
      { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) },
      (socket) => {
        socket.on('data', (chunk) => {
          told += chunk.length;
        });
      },
    );
    centre.on('tlsClientError', () => {});
    centre.listen(0, '127.0.0.1');
    await once(centre, 'listening');
    rmSync(folder, { recursive: true });
    const { port: securePort } = centre.address() as AddressInfo;
    const gateway = smsGateway({
      url: `smpps://huiyin:secret@127.0.0.1:${securePort}?from=1`,
      token: null,
      templates: null,
      addresses: gatewayAddresses('http://box.example', 'key'),
      listener: heard,
      log: { info: assert.fail, warn: (fields: object) => warned.push(JSON.stringify(fields)) },
      patienceMs: 1000,
    });
    await assert.rejects(gateway.channel.send(SMS), /the connection broke/);
    assert.equal(told, 0);
    await gateway.channel.close?.();
    centre.close();
  });

  describe('bytes nobody can read', () => {
    const raw = (command: number, body: readonly number[], length = 16 + body.length): Buffer => {
      const head = Buffer.alloc(16);
      head.writeUInt32BE(length >>> 0, 0);
      head.writeUInt32BE(command >>> 0, 4);
      head.writeUInt32BE(1, 12);
      return Buffer.concat([head, Buffer.from(body)]);
    };
    const DELIVER = 5;
    const empty = [0, 0, 0, 0, 0, 0, 0];
    const bad: readonly [what: string, bytes: Buffer][] = [
      ['a length of 0', raw(DELIVER, [], 0)],
      ['a length of 3', raw(DELIVER, [], 3)],
      ['a length of 8', raw(DELIVER, [], 8)],
      ['a length of 4 GB', raw(DELIVER, [], 0xff_ff_ff_ff)],
      ['a length of 17 kB', raw(DELIVER, [], 17_000)],
      ['a deliver_sm without a body', raw(DELIVER, [])],
      ['a deliver_sm that ends in its number', raw(DELIVER, [0, 1, 1, 49, 51])],
      ['a short message longer than its PDU', raw(DELIVER, [...empty, 0, 0, 0, 0, 0, 0, 0, 0, 0, 200, 65])],
      [
        'a field longer than its PDU',
        raw(DELIVER, [...empty, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x04, 0x27, 0xff, 0xff]),
      ],
      ['a field cut off', raw(DELIVER, [...empty, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x0c, 0, 2])],
      [
        'a header of parts that is none',
        raw(DELIVER, [0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 8, 0, 3, 200, 0, 3]),
      ],
      ['a command nobody knows', raw(0x0f_ff, [1, 2, 3])],
      ['an outbind', raw(0x0b, [0, 0])],
      ['a submit_sm to us', raw(4, [...empty])],
      ['an answer nobody asked for', raw(0x80_00_00_04, [65, 0])],
      ['a generic_nack', raw(0x80_00_00_00, [])],
      ['a page of the web', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n<html>')],
    ];
    for (const [what, bytes] of bad) {
      it(`${what} › the program goes on and the next message goes out`, async () => {
        await bound();
        smsc.last.socket.write(bytes);
        await wait(60);
        // The first may find the line stuck and give it up; the one after has a new line.
        await channel.send(SMS).catch(() => wait(150));
        const { id } = await channel.send(SMS);
        assert.match(id, /^id-\d+$/);
      });
    }

    it('bad bytes instead of a response to the bind or to a message › tried again', async () => {
      const garbage = Buffer.from([
        0, 0, 0, 20, 0x80, 0, 0, 9, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4,
      ]);
      smsc.onBind = (session) => session.socket.write(garbage);
      await assert.rejects(channel.send(SMS), /SMPP/);
      smsc.onBind = (session, pdu) => session.send(pdu.response({ command_status: 0 }));
      await smsc.until(() => smsc.binds.length >= 2);
      await wait(60);
      assert.deepEqual(await channel.send(SMS), { id: 'id-1' });
    });

    it('two hundred random PDUs › end nothing but their own line', async () => {
      // Not random but the same each time: a generator of Park and Miller.
      let seed = 20_261_127;
      const next = (below: number): number => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % below;
      };
      channel.open();
      for (let round = 0; round < 200; round += 1) {
        await smsc.until(() => smsc.sessions.some(({ socket }) => socket.writable));
        const body = Array.from({ length: next(60) }, () => next(256));
        const commands = [DELIVER, DELIVER, 4, 9, 0x15, 0x80_00_00_04, 0x80_00_00_15, 0x01_03, next(2 ** 31)];
        const length = next(8) === 0 ? next(70) : 16 + body.length;
        for (const { socket } of smsc.sessions)
          if (socket.writable) socket.write(raw(commands[next(commands.length)] ?? DELIVER, body, length));
        await wait(2);
      }
      smsc.sessions.forEach((session) => session.destroy());
      const before = smsc.binds.length;
      await smsc.until(() => smsc.binds.length > before);
      await wait(50);
      assert.match((await channel.send(SMS)).id, /^id-\d+$/);
    }).timeout(60_000);
  });
});
