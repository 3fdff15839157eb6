import type {
  DeliveryReceipt,
  GatewayListener,
  IncomingSms,
  OutgoingMessage,
} from '../../../../src/notices/channels/channel.ts';
import {
  gatewayAddresses,
  type GatewayAddresses,
  type GatewayCall,
} from '../../../../src/notices/gateway-calls.ts';
import type { SmsTemplates } from '../../../../src/notices/channels/sms/sms-templates.ts';

export const PHONE = '13800001234';

export const SMS: OutgoingMessage = {
  to: PHONE,
  subject: '',
  text: '【区长信箱】信件2026-000001-8已有答复，请查看：https://box.example/letters/track',
  template: 'answered',
  params: { number: '2026-000001-8', unit: '城建局', link: 'https://box.example/letters/track', other: '' },
  key: 'm-1/7/answered/citizen/sms',
};

export const TEMPLATES: SmsTemplates = new Map([['answered', { code: 'T_1', params: ['unit', 'number'] }]]);

export const ADDRESSES: GatewayAddresses = gatewayAddresses('https://box.example', 'the-key');

/** A gateway's call as the route hands it on. */
export const call = (
  body: string | Uint8Array,
  { search = '', headers = {} }: { search?: string; headers?: Record<string, string> } = {},
): GatewayCall => ({ search, header: (name) => headers[name], body: Buffer.from(body) });

export interface Heard extends GatewayListener {
  readonly receipts: DeliveryReceipt[];
  readonly messages: IncomingSms[];
  /** How many calls from now on are not kept. */
  failing: number;
}

export function listening(): Heard {
  const keep = async <T>(list: T[], one: T): Promise<void> => {
    if (heard.failing > 0) {
      heard.failing -= 1;
      throw new Error('the store is down');
    }
    list.push(one);
  };
  const heard: Heard = {
    receipts: [],
    messages: [],
    failing: 0,
    receipt: (receipt) => keep(heard.receipts, receipt),
    incoming: (message) => keep(heard.messages, message),
  };
  return heard;
}
