import Joi from 'joi';
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
import { codeOnly, jsonAs, jsonOf, listOf, nameOf } from './reading.ts';
import { fillTemplate, type SmsTemplates } from './sms-templates.ts';
import { signTc3 } from './tc3-signature.ts';

export interface TencentAccount {
  /** Such as https://sms.tencentcloudapi.com/ */
  readonly endpoint: string;
  readonly id: string;
  readonly secret: string;
  readonly app: string;
  readonly sign: string;
  readonly region: string;
}

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** What Tencent will say again however often it is asked. */
const FINAL =
  /^(InvalidParameterValue\.(IncorrectPhoneNumber|TemplateParameter\w+|TemplateWithDirtyWords|ContentLengthLimit)|FailedOperation\.(PhoneNumberInBlacklist|TemplateIncorrectOrUnapproved|TemplateParamSetNotMatchApprovedTemplate|TemplateIdNotExist|ContainSensitiveWord|MarketingSendTimeConstraint)|UnsupportedOperation\.\w+)$/;

const answerSchema = Joi.object<{
  Response: { Error?: { Code: string }; SendStatusSet?: { Code: string; SerialNo: string }[] };
}>({
  Response: Joi.object({
    Error: Joi.object({ Code: Joi.string().required() }),
    SendStatusSet: Joi.array().items(
      Joi.object({ Code: Joi.string().required(), SerialNo: Joi.string().allow('').default('') }),
    ),
  }).required(),
});

/** SendSms of Tencent Cloud, version 2021-01-11. */
export function tencentSms(
  { endpoint, id, secret, app, sign, region }: TencentAccount,
  templates: SmsTemplates,
  patienceMs: number,
): MessageChannel {
  const { host } = new URL(endpoint);
  return {
    async send(message) {
      const { code, values } = fillTemplate(templates, message);
      const body = JSON.stringify({
        PhoneNumberSet: [internationalNumber(message.to, HOME_COUNTRY)],
        SmsSdkAppId: app,
        SignName: sign,
        TemplateId: code,
        TemplateParamSet: values.map(([, value]) => value),
        SessionContext: message.key,
      });
      const timestamp = Math.floor(Date.now() / 1000);
      const headers = {
        authorization: signTc3({
          host,
          service: 'sms',
          contentType: CONTENT_TYPE,
          body,
          id,
          secret,
          timestamp,
        }),
        'content-type': CONTENT_TYPE,
        'x-tc-action': 'SendSms',
        'x-tc-version': '2021-01-11',
        'x-tc-region': region,
        'x-tc-timestamp': String(timestamp),
      };
      const { status, text } = await callGateway({ url: endpoint, headers, body }, patienceMs);
      const answer = jsonAs(text, answerSchema)?.Response;
      const sent = answer?.SendStatusSet?.[0];
      const said = answer?.Error?.Code ?? sent?.Code;
      if (said === undefined) throw new GatewayFault(`Tencent answered ${status}, but nothing of its own`);
      if (FINAL.test(said)) throw new MessageRefused(said);
      if (said !== 'Ok') throw new GatewayFault(`Tencent answered ${codeOnly(said)}`);
      return { id: sent?.SerialNo || message.key };
    },
  };
}

const ANSWER = { type: 'application/json', body: JSON.stringify({ result: 0, errmsg: 'OK' }) };

interface Report {
  sid: string;
  ext: string;
  report_status: 'SUCCESS' | 'FAIL';
  errmsg: string;
}

/** 短信下发状态通知: cloud.tencent.com/document/product/382/5807 */
const receipts: CallReader<DeliveryReceipt> = {
  method: 'POST',
  read: (call) =>
    jsonOf(
      call,
      listOf(
        Joi.object<Report>({
          sid: Joi.string().max(200).required(),
          ext: Joi.string().allow('', null).max(512).default(''),
          report_status: Joi.valid('SUCCESS', 'FAIL').required(),
          errmsg: Joi.string().allow('', null).default(''),
        }),
      ),
    ).map((report) => ({
      id: report.sid,
      key: report.ext || null,
      state: report.report_status === 'SUCCESS' ? 'delivered' : 'failed',
      remark: codeOnly(report.errmsg ?? ''),
    })),
  answer: ANSWER,
};

interface Reply {
  nationcode: string;
  mobile: string;
  text: string;
  time: number;
}

/** 短信回复: cloud.tencent.com/document/api/382/5809 */
const incoming: CallReader<IncomingSms> = {
  method: 'POST',
  read(call) {
    const reply = jsonOf(
      call,
      Joi.object<Reply>({
        nationcode: Joi.string()
          .pattern(/^\d{1,4}$/)
          .required(),
        mobile: Joi.string().max(30).required(),
        text: Joi.string().allow('').max(5000).required(),
        time: Joi.number().required(),
      }).required(),
    );
    const { nationcode, mobile, text, time } = reply;
    return [
      {
        id: `tencent ${nameOf(nationcode, mobile, text, String(time))}`,
        from: homeNumber(`+${nationcode}${mobile}`, HOME_COUNTRY),
        text,
      },
    ];
  },
  answer: ANSWER,
};

export const tencentCalls: GatewayCalls = { receipts, incoming };
