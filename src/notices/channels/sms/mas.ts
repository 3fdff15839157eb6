import Joi from 'joi';
import { createHash } from 'node:crypto';
import type { CallReader, GatewayCalls } from '../../gateway-calls.ts';
import {
  GatewayFault,
  MessageRefused,
  type DeliveryReceipt,
  type IncomingSms,
  type MessageChannel,
} from '../channel.ts';
import { callGateway } from './call-gateway.ts';
import { homeNumber, HOME_COUNTRY, internationalNumber } from './phone-number.ts';
import { codeOnly, jsonAs, jsonOf, nameOf } from './reading.ts';

export interface MasAccount {
  /** Such as http://112.35.1.155:1992/sms/norsubmit */
  readonly endpoint: string;
  /** The group's name 集团名称, as China Mobile has it. */
  readonly group: string;
  readonly id: string;
  readonly secret: string;
  /** The signature's code 签名编码, not its words. */
  readonly sign: string;
  /** Extension digits 扩展码 behind the sender's number. */
  readonly serial: string;
}

const FINAL = new Set([
  'InvalidMobile',
  'ContainSensitiveWord',
  'ContainBlackList',
  'ErrGlobalBlackList',
  'ErrEcBlackList',
]);

const answerSchema = Joi.object<{ rspcod: string; msgGroup: string; success: boolean }>({
  rspcod: Joi.string().required(),
  msgGroup: Joi.string().allow('', null).default(''),
  success: Joi.boolean().required(),
});

/** MD5 of everything in order without anything between, as the interface has it. */
export const masMac = (parts: readonly string[]): string =>
  createHash('md5').update(parts.join('')).digest('hex');

/** 云MAS of China Mobile over HTTP: free text under an approved signature; the body is JSON in base64. */
export function masSms(
  { endpoint, group, id, secret, sign, serial }: MasAccount,
  patienceMs: number,
): MessageChannel {
  return {
    async send({ to, text: content, key }) {
      const mobiles = homeNumber(internationalNumber(to, HOME_COUNTRY), HOME_COUNTRY);
      const mac = masMac([group, id, secret, mobiles, content, sign, serial]);
      const fields = {
        ecName: group,
        apId: id,
        secretKey: secret,
        mobiles,
        content,
        sign,
        addSerial: serial,
        mac,
      };
      const { status, text } = await callGateway(
        {
          url: endpoint,
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(JSON.stringify(fields)).toString('base64'),
        },
        patienceMs,
      );
      const answer = jsonAs(text, answerSchema);
      if (!answer) throw new GatewayFault(`云MAS answered ${status}, but nothing of its own`);
      if (FINAL.has(answer.rspcod)) throw new MessageRefused(answer.rspcod);
      if (!answer.success) throw new GatewayFault(`云MAS answered ${codeOnly(answer.rspcod)}`);
      return { id: answer.msgGroup || key };
    },
  };
}

/** The interface asks for a 200 only. */
const ANSWER = { type: 'application/json', body: JSON.stringify({ rspcod: 'success', success: true }) };

interface Report {
  msgGroup: string;
  reportStatus: string;
  errorCode: string;
}

const report = Joi.object<Report>({
  msgGroup: Joi.string().max(200).required(),
  reportStatus: Joi.string().max(40).required(),
  errorCode: Joi.string().allow('', null).max(40).default(''),
});

const ARRIVED = new Set(['CM:0000', 'DELIVRD']);
/** The platform's own note that it handed the message on. */
const ON_ITS_WAY = 'CM:3000';

const receipts: CallReader<DeliveryReceipt> = {
  method: 'POST',
  read: (call) =>
    jsonOf(call, Joi.array<Report[]>().items(report).single().max(1000).required())
      .filter(({ reportStatus }) => reportStatus !== ON_ITS_WAY)
      .map(({ msgGroup, reportStatus, errorCode }) => ({
        id: msgGroup,
        key: null,
        state: ARRIVED.has(reportStatus) ? 'delivered' : 'failed',
        remark: codeOnly(errorCode || reportStatus),
      })),
  answer: ANSWER,
};

interface Upward {
  mobile: string;
  smsContent: string;
  sendTime: string;
}

const upward = Joi.object<Upward>({
  mobile: Joi.string().max(30).required(),
  smsContent: Joi.string().allow('').max(5000).required(),
  sendTime: Joi.string().max(40).required(),
});

const incoming: CallReader<IncomingSms> = {
  method: 'POST',
  read: (call) =>
    jsonOf(call, Joi.array<Upward[]>().items(upward).single().max(1000).required()).map(
      ({ mobile, smsContent, sendTime }) => ({
        id: `mas ${nameOf(mobile, smsContent, sendTime)}`,
        from: homeNumber(mobile, HOME_COUNTRY),
        text: smsContent,
      }),
    ),
  answer: ANSWER,
};

export const masCalls: GatewayCalls = { receipts, incoming };
