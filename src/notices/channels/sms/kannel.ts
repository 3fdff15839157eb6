import Joi from 'joi';
import type { CallReader, GatewayAddresses, GatewayCalls } from '../../gateway-calls.ts';
import {
  GatewayFault,
  MessageRefused,
  type DeliveryReceipt,
  type IncomingSms,
  type MessageChannel,
} from '../channel.ts';
import { callGateway } from './call-gateway.ts';
import { isGsmText } from './sms-parts.ts';
import { keyFromAddress, keyInAddress, queryOf, refuse } from './reading.ts';
import { homeNumber, HOME_COUNTRY } from './phone-number.ts';

export interface KannelAccount {
  /** Such as http://127.0.0.1:13013/cgi-bin/sendsms */
  readonly endpoint: string;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  /** Which of Kannel's lines, where it has several. */
  readonly line: string | null;
}

/** Delivered, not delivered, refused by the line. What is only on its way does not interest. */
const DLR_MASK = 1 + 2 + 16;

/** Kannel's sendsms as a POST: the words are the body, all else is in headers, so its access log has no number and no password. */
export function kannelSms(
  { endpoint, user, password, from, line }: KannelAccount,
  addresses: GatewayAddresses,
  patienceMs: number,
): MessageChannel {
  return {
    async send({ to, text, key }) {
      const { status } = await callGateway(
        {
          url: endpoint,
          headers: {
            'content-type': 'text/plain; charset=UTF-8',
            'x-kannel-username': user,
            'x-kannel-password': password,
            'x-kannel-from': from,
            'x-kannel-to': to.replaceAll(/[\s()-]/g, ''),
            'x-kannel-coding': isGsmText(text) ? '0' : '2',
            ...(line ? { 'x-kannel-smsc': line } : {}),
            'x-kannel-dlr-mask': String(DLR_MASK),
            // Kannel puts its own words in the place of %d and %F.
            'x-kannel-dlr-url': `${addresses.receipts}?key=${keyInAddress(key)}&type=%d&id=%F`,
          },
          body: text,
        },
        patienceMs,
      );
      if (status === 400) throw new MessageRefused('HTTP 400');
      if (status !== 202) throw new GatewayFault(`Kannel answered ${status}`);
      // It gives no id of its own: receipts come with our key.
      return { id: key };
    },
  };
}

const STATES: ReadonlyMap<string, 'delivered' | 'failed'> = new Map([
  ['1', 'delivered'],
  ['2', 'failed'],
  ['16', 'failed'],
]);

const ANSWER = { type: 'text/plain', body: '' };

/** Kannel fetches a dlr-url, so here a GET does change something; the key in its path keeps mail scanners and all others out. */
const receipts: CallReader<DeliveryReceipt> = {
  method: 'GET',
  read(call) {
    const { key, type } = queryOf(
      call,
      Joi.object<{ key: string; type: string }>({
        key: Joi.string().max(800).required(),
        type: Joi.string()
          .pattern(/^\d{1,3}$/)
          .required(),
      }),
    );
    const state = STATES.get(type);
    return state ? [{ id: null, key: keyFromAddress(key), state, remark: `dlr:${type}` }] : [];
  },
  answer: ANSWER,
};

/** A sms-service with `post-url = "…/incoming?from=%p&id=%I"` and `max-messages = 0`: the body is the message, in the charset it names. */
const incoming: CallReader<IncomingSms> = {
  method: 'POST',
  read(call) {
    const { from, id } = queryOf(
      call,
      Joi.object<{ from: string; id: string }>({
        from: Joi.string().max(40).required(),
        id: Joi.string().max(100).required(),
      }),
    );
    const type = call.header('content-type') ?? '';
    // Bytes for a telephone, not words for a person.
    if (!type.startsWith('text/plain')) return [];
    const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
    return [{ id, from: homeNumber(from, HOME_COUNTRY), text: decoded(call.body, charset) }];
  },
  // Words in the answer would be sent to the person.
  answer: ANSWER,
};

function decoded(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return refuse();
  }
}

export const kannelCalls: GatewayCalls = { receipts, incoming };
