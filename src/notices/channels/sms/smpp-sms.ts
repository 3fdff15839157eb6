import type { Pdu } from 'smpp';
import { randomInt } from 'node:crypto';
import type { Log } from '../../../platform/log.ts';
import {
  GatewayFault,
  MessageRefused,
  type GatewayListener,
  type MessageChannel,
  type OutgoingMessage,
} from '../channel.ts';
import { PATIENCE_MS } from './call-gateway.ts';
import { incomingParts } from './incoming-parts.ts';
import { homeNumber, HOME_COUNTRY } from './phone-number.ts';
import { nameOf } from './reading.ts';
import { sentParts, type SentMessage } from './sent-parts.ts';
import { smsParts, type SmsPart } from './sms-parts.ts';
import { readDelivery } from './smpp-deliveries.ts';
import { smppLink, SMPP_TIMES, type SmppServer, type SmppTimes } from './smpp-link.ts';

/** Parts of one message come within seconds; a minute later the missing one is lost. */
const PARTS_MS = 60_000;

/** What an SMSC will say again however often it is asked: of the length, the number, the kind. Full queues and throttling are not here. */
const FINAL = new Set([
  0x01, 0x0b, 0x33, 0x34, 0x40, 0x42, 0x43, 0x48, 0x49, 0x50, 0x51, 0x66, 0xc2, 0xc3, 0xc4,
]);

const UDH_INDICATOR = 0x40;
const INTERNATIONAL = 1;
const ALPHANUMERIC = 5;
const ISDN = 1;

/** SMS over SMPP 3.4, straight to a centre or an aggregator: one connection for what goes out, its receipts and what comes in. */
export function smppSms(
  server: SmppServer & { readonly from: string },
  deps: {
    readonly listener: GatewayListener;
    readonly log: Pick<Log, 'info' | 'warn'>;
    readonly patienceMs?: number;
    readonly times?: SmppTimes;
    readonly partsMs?: number;
  },
): MessageChannel & { open(): void; close(): Promise<void> } {
  const { listener, log, patienceMs = PATIENCE_MS, times = SMPP_TIMES, partsMs = PARTS_MS } = deps;
  const sent = sentParts();
  const received = incomingParts({
    patienceMs: partsMs,
    onLate: (message) => {
      hand(message).catch(() => log.warn({}, 'sms.smpp.part-not-kept'));
    },
  });
  const link = smppLink(server, { times, onDelivery, log });
  let reference = randomInt(256);
  let turn: Promise<unknown> = Promise.resolve();

  const hand = ({ from, to, text }: { from: string; to: string; text: string }): Promise<void> => {
    // Version 3.4 gives an incoming message no id: the same words on the same day are the same message come again.
    const day = new Date().toISOString().slice(0, 10);
    return listener.incoming({
      id: `smpp ${nameOf(from, to, text, day)}`,
      from: homeNumber(from, HOME_COUNTRY),
      text,
    });
  };

  async function onDelivery(pdu: Pdu): Promise<void> {
    const delivery = readDelivery(pdu);
    if (!delivery) return;
    if (delivery.kind === 'receipt') {
      const receipt = sent.receiptOf(delivery.id, delivery.state, delivery.remark);
      if (receipt) await listener.receipt(receipt);
      return;
    }
    const { from, to, place } = delivery;
    if (!place) return hand(delivery);
    // A centre with a window of one sends the next part only after this one is acknowledged, so only the last one waits.
    const whole = received.add(from, to, place, delivery.text);
    if (!whole) return;
    await hand({ from, to, text: whole.text });
    whole.done();
  }

  /** A window of one: a message waits for the one before it, and no longer than that one may take. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function sendWithin({ to, text, key }: OutgoingMessage, until: number): Promise<{ id: string }> {
    reference = (reference + 1) % 256;
    const parts = smsParts(text, reference);
    const message = sent.begin(key, parts.length);
    let id = '';
    try {
      for (const part of parts) id = await submit(to, part, message, until);
    } catch (error) {
      message.forget();
      throw error;
    }
    return { id: id || key };
  }

  async function submit(to: string, part: SmsPart, message: SentMessage, until: number): Promise<string> {
    const left = until - performance.now();
    if (left <= 0) throw new GatewayFault('SMPP: no answer in time');
    const fields = { ...addressesOf(server.from, to), ...contentOf(part) };
    const { command_status: status, message_id: id = '' } = await link.submit(fields, left, (pdu) => {
      // At once: the receipt may be the next thing on the line.
      if (pdu.command_status === 0 && pdu.message_id) message.took(pdu.message_id);
    });
    if (FINAL.has(status)) throw new MessageRefused(`0x${status.toString(16)}`);
    if (status !== 0) throw new GatewayFault(`SMPP: refused for now with 0x${status.toString(16)}`);
    return id;
  }

  return {
    open: link.open,
    send(message) {
      const until = performance.now() + patienceMs;
      return inTurn(() => sendWithin(message, until));
    },
    async close() {
      await link.close();
      received.close();
    },
  };
}

function addressesOf(from: string, written: string) {
  const to = written.replaceAll(/[\s()-]/g, '');
  const isName = /\D/.test(from);
  return {
    source_addr_ton: isName ? ALPHANUMERIC : 0,
    source_addr_npi: isName ? 0 : ISDN,
    source_addr: from,
    dest_addr_ton: to.startsWith('+') ? INTERNATIONAL : 0,
    dest_addr_npi: ISDN,
    destination_addr: to.replace('+', ''),
  };
}

const contentOf = ({ coding, hasHeader, bytes }: SmsPart) => ({
  esm_class: hasHeader ? UDH_INDICATOR : 0,
  data_coding: coding,
  registered_delivery: 1,
  short_message: bytes,
});
