import Joi from 'joi';
import { randomUUID } from 'node:crypto';
import type { CallReader, GatewayCalls } from '../../gateway-calls.ts';
import {
  GatewayFault,
  MessageRefused,
  type DeliveryReceipt,
  type IncomingSms,
  type MessageChannel,
} from '../channel.ts';
import { canonicalQuery, signAcs3 } from './acs3-signature.ts';
import { callGateway } from './call-gateway.ts';
import { homeNumber, HOME_COUNTRY, internationalNumber } from './phone-number.ts';
import { codeOnly, jsonAs, jsonOf, listOf } from './reading.ts';
import { fillTemplate, type SmsTemplates } from './sms-templates.ts';

export interface AliyunAccount {
  /** Such as https://dysmsapi.aliyuncs.com/ */
  readonly endpoint: string;
  readonly id: string;
  readonly secret: string;
  readonly sign: string;
}

/** What Aliyun will say again however often it is asked. Quotas, money and signatures are somebody's to mend, so those are tried again. */
const FINAL = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.MOBILE_COUNT_OVER_LIMIT',
  'isv.BLACK_KEY_CONTROL_LIMIT',
  'isv.SMS_TEMPLATE_ILLEGAL',
  'isv.TEMPLATE_MISSING_PARAMETERS',
  'isv.TEMPLATE_PARAMS_ILLEGAL',
  'isv.INVALID_JSON_PARAM',
  'isv.INVALID_PARAMETERS',
  'isv.PARAM_LENGTH_LIMIT',
  'isv.PARAM_NOT_SUPPORT_URL',
  'isv.SMS_CONTENT_ILLEGAL',
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED',
]);

const answerSchema = Joi.object<{ Code: string; BizId?: string }>({
  Code: Joi.string().required(),
  BizId: Joi.string(),
});

/** OutId is echoed in the receipt and holds 256 characters. */
const MOST_OUT_ID = 256;

/** SendSms of Aliyun's short message service, version 2017-05-25. */
export function aliyunSms(
  { endpoint, id, secret, sign }: AliyunAccount,
  templates: SmsTemplates,
  patienceMs: number,
): MessageChannel {
  return {
    async send(message) {
      const { code, values } = fillTemplate(templates, message);
      const query = canonicalQuery({
        PhoneNumbers: aliyunNumber(message.to),
        SignName: sign,
        TemplateCode: code,
        TemplateParam: JSON.stringify(Object.fromEntries(values)),
        ...(message.key.length <= MOST_OUT_ID ? { OutId: message.key } : {}),
      });
      const { host, ...headers } = signAcs3({
        host: new URL(endpoint).host,
        query,
        action: 'SendSms',
        version: '2017-05-25',
        id,
        secret,
        at: new Date(),
        nonce: randomUUID(),
      });
      const { status, text } = await callGateway(
        { url: `${endpoint}?${query}`, headers, body: '' },
        patienceMs,
      );
      const answer = jsonAs(text, answerSchema);
      if (!answer) throw new GatewayFault(`Aliyun answered ${status}, but nothing of its own`);
      if (FINAL.has(answer.Code)) throw new MessageRefused(answer.Code);
      if (answer.Code !== 'OK') throw new GatewayFault(`Aliyun answered ${codeOnly(answer.Code)}`);
      return { id: answer.BizId ?? message.key };
    },
  };
}

/** At home without a prefix, abroad with the country's but without a plus. */
function aliyunNumber(to: string): string {
  return homeNumber(internationalNumber(to, HOME_COUNTRY), HOME_COUNTRY).replace('+', '');
}

const ANSWER = { type: 'application/json', body: JSON.stringify({ code: 0, msg: '接收成功' }) };
const id = Joi.alternatives(Joi.string().max(200), Joi.number());

interface Report {
  biz_id: string | number;
  out_id: string;
  success: boolean;
  err_code: string;
}

/** SmsReport, HTTP 批量推送: help.aliyun.com/document_detail/101867.html */
const receipts: CallReader<DeliveryReceipt> = {
  method: 'POST',
  read: (call) =>
    jsonOf(
      call,
      listOf(
        Joi.object<Report>({
          biz_id: id.required(),
          out_id: Joi.string().allow('', null).max(MOST_OUT_ID).default(''),
          success: Joi.boolean().required(),
          err_code: Joi.string().allow('', null).default(''),
        }),
      ),
    ).map((report) => ({
      id: String(report.biz_id),
      key: report.out_id || null,
      state: report.success ? 'delivered' : 'failed',
      remark: codeOnly(report.err_code ?? ''),
    })),
  answer: ANSWER,
};

interface Upward {
  phone_number: string;
  content: string;
  sequence_id: string | number;
}

/** SmsUp: help.aliyun.com/document_detail/101847.htm */
const incoming: CallReader<IncomingSms> = {
  method: 'POST',
  read: (call) =>
    jsonOf(
      call,
      listOf(
        Joi.object<Upward>({
          phone_number: Joi.string().max(30).required(),
          content: Joi.string().allow('').max(5000).required(),
          sequence_id: id.required(),
        }),
      ),
    ).map((sms) => ({
      id: `aliyun ${sms.sequence_id}`,
      from: homeNumber(sms.phone_number, HOME_COUNTRY),
      text: sms.content,
    })),
  answer: ANSWER,
};

export const aliyunCalls: GatewayCalls = { receipts, incoming };
