import Joi from 'joi';
import type { CallReader, GatewayCalls } from '../gateway-calls.ts';
import {
  GatewayFault,
  MessageRefused,
  type DeliveryReceipt,
  type IncomingSms,
  type MessageChannel,
} from './channel.ts';
import { callGateway, PATIENCE_MS } from './sms/call-gateway.ts';
import { codeOnly, jsonAs, jsonOf, listOf } from './sms/reading.ts';

const id = Joi.alternatives(Joi.string().max(200), Joi.number());
const answerSchema = Joi.object<{ id: string | number }>({ id: id.required() });

/** SMS through a gateway that takes a JSON POST {to, text, template, params, key} and answers 2xx once it has it. */
export function httpSms({
  url,
  token,
  patienceMs = PATIENCE_MS,
}: {
  url: string;
  token: string | null;
  patienceMs?: number;
}): MessageChannel {
  const { target, headers } = withoutCredentials(url, token);
  return {
    async send({ to, text: words, template, params, key }) {
      const body = JSON.stringify({ to, text: words, template, params, key });
      const { status, text } = await callGateway({ url: target, headers, body }, patienceMs);
      if (status === 422) throw new MessageRefused('HTTP 422');
      // The gateway's words may quote the number: only its status goes on.
      if (status < 200 || status > 299) throw new GatewayFault(`SMS gateway answered ${status}`);
      // Some proxy between us and it shows a page of its own; the gateway has not seen the message.
      if (/^\s*</.test(text)) throw new GatewayFault(`SMS gateway answered ${status}, but with a page`);
      return { id: String(jsonAs(text, answerSchema)?.id ?? key) };
    },
  };
}

/** User and password may stand in the address; they are sent as a header and kept out of everything else. */
function withoutCredentials(url: string, token: string | null) {
  const target = new URL(url);
  const { username, password } = target;
  target.username = '';
  target.password = '';
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const authorization = token ? `Bearer ${token}` : username !== '' && `Basic ${basic.toString('base64')}`;
  return {
    target: target.href,
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
  };
}

const ANSWER = { type: 'application/json', body: JSON.stringify({ ok: true }) };

interface Report {
  id?: string | number;
  key?: string;
  state: 'delivered' | 'failed';
  code: string;
}

/** POST {id or key, state: delivered or failed, code}, or a list of them. */
const receipts: CallReader<DeliveryReceipt> = {
  method: 'POST',
  read: (call) =>
    jsonOf(
      call,
      listOf(
        Joi.object<Report>({
          id,
          key: Joi.string().max(512),
          state: Joi.valid('delivered', 'failed').required(),
          code: Joi.string().allow('').max(40).default(''),
        }).or('id', 'key'),
      ).single(),
    ).map((report) => ({
      id: report.id === undefined ? null : String(report.id),
      key: report.key ?? null,
      state: report.state,
      remark: codeOnly(report.code),
    })),
  answer: ANSWER,
};

interface Reply {
  id: string | number;
  from: string;
  text: string;
}

/** POST {id, from, text}, or a list of them. */
const incoming: CallReader<IncomingSms> = {
  method: 'POST',
  read: (call) =>
    jsonOf(
      call,
      listOf(
        Joi.object<Reply>({
          id: id.required(),
          from: Joi.string().max(40).required(),
          text: Joi.string().allow('').max(5000).required(),
        }),
      ).single(),
    ).map((sms) => ({ id: String(sms.id), from: sms.from, text: sms.text })),
  answer: ANSWER,
};

export const httpSmsCalls: GatewayCalls = { receipts, incoming };
