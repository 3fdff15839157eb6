import Joi from 'joi';
import { createHmac } from 'node:crypto';
import { DomainError } from '../../../domain/domain-error.ts';
import { sameSecret } from '../../../platform/same-secret.ts';
import type { GatewayAddresses, GatewayCall, GatewayCalls } from '../../gateway-calls.ts';
import { GatewayFault, MessageRefused, type MessageChannel } from '../channel.ts';
import { callGateway } from './call-gateway.ts';
import { homeNumber, internationalNumber } from './phone-number.ts';
import { codeOnly, formAs, formOf, jsonAs, keyFromAddress, keyInAddress, queryOf } from './reading.ts';

export interface TwilioAccount {
  /** Such as https://api.twilio.com/2010-04-01 */
  readonly endpoint: string;
  readonly sid: string;
  readonly token: string;
  /** A number, or the id of a messaging service (MG…). */
  readonly from: string;
  readonly country: string;
}

/** Invalid, unreachable, unsubscribed or not a mobile number: twilio.com/docs/api/errors */
const FINAL = new Set([21211, 21214, 21217, 21407, 21408, 21421, 21601, 21610, 21612, 21614, 21617]);

const answerSchema = Joi.object<{ sid?: string; code?: number }>({ sid: Joi.string(), code: Joi.number() });

export function twilioSms(
  { endpoint, sid, token, from, country }: TwilioAccount,
  addresses: GatewayAddresses,
  patienceMs: number,
): MessageChannel {
  return {
    async send({ to, text: words, key }) {
      const { status, text } = await callGateway(
        {
          url: `${endpoint}/Accounts/${encodeURIComponent(sid)}/Messages.json`,
          headers: {
            authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: new URLSearchParams({
            To: internationalNumber(to, country),
            [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
            Body: words,
            StatusCallback: `${addresses.receipts}?key=${keyInAddress(key)}`,
          }).toString(),
        },
        patienceMs,
      );
      const answer = jsonAs(text, answerSchema);
      if (answer?.code && FINAL.has(answer.code)) throw new MessageRefused(String(answer.code));
      if (status !== 201 || !answer?.sid) throw new GatewayFault(`Twilio answered ${answer?.code ?? status}`);
      return { id: answer.sid };
    },
  };
}

/** HMAC-SHA-1 over the address as Twilio called it and each field of the form, by name; a value twice counts once. */
export function twilioSignature(token: string, url: string, form: URLSearchParams): string {
  const fields = [...form].sort(byNameThenValue).map(([name, value]) => name + value);
  return createHmac('sha1', token)
    .update(url + [...new Set(fields)].join(''))
    .digest('base64');
}

const byNameThenValue = (a: [string, string], b: [string, string]): number =>
  inOrder(a[0], b[0]) || inOrder(a[1], b[1]);
const inOrder = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const sid = Joi.string().max(64).required();

export function twilioCalls({ token, country }: TwilioAccount, addresses: GatewayAddresses): GatewayCalls {
  const signedForm = (call: GatewayCall, address: string): URLSearchParams => {
    const form = formOf(call);
    const signature = call.header('x-twilio-signature') ?? '';
    if (!sameSecret(signature, twilioSignature(token, address + call.search, form)))
      throw new DomainError('FORBIDDEN');
    return form;
  };
  return {
    receipts: {
      method: 'POST',
      read(call) {
        const form = formAs(
          signedForm(call, addresses.receipts),
          Joi.object<{ MessageSid: string; MessageStatus: string; ErrorCode: string }>({
            MessageSid: sid,
            MessageStatus: Joi.string().required(),
            ErrorCode: Joi.string().allow('').default(''),
          }),
        );
        const { key } = queryOf(
          call,
          Joi.object<{ key: string }>({ key: Joi.string().max(800).default('') }),
        );
        const state = STATES.get(form.MessageStatus);
        if (!state) return [];
        return [
          {
            id: form.MessageSid,
            key: keyFromAddress(key),
            state,
            remark: codeOnly(form.ErrorCode || form.MessageStatus),
          },
        ];
      },
      answer: { type: 'text/plain', body: '' },
    },
    incoming: {
      method: 'POST',
      read(call) {
        const { MessageSid, From, Body } = formAs(
          signedForm(call, addresses.incoming),
          Joi.object<{ MessageSid: string; From: string; Body: string }>({
            MessageSid: sid,
            From: Joi.string().max(40).required(),
            Body: Joi.string().allow('').max(5000).required(),
          }),
        );
        return [{ id: MessageSid, from: homeNumber(From, country), text: Body }];
      },
      // Anything else would be sent to the person as an answer.
      answer: { type: 'text/xml', body: '<Response/>' },
    },
  };
}

const STATES: ReadonlyMap<string, 'delivered' | 'failed'> = new Map([
  ['delivered', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
]);
