import { ConfigError } from '../../../platform/config.ts';
import type { Log } from '../../../platform/log.ts';
import type { GatewayAddresses, GatewayCalls } from '../../gateway-calls.ts';
import type { GatewayListener, MessageChannel } from '../channel.ts';
import { httpSms, httpSmsCalls } from '../http-sms.ts';
import { aliyunCalls, aliyunSms } from './aliyun.ts';
import { PATIENCE_MS } from './call-gateway.ts';
import { credentialsOf, gatewayAddress, httpAddress, type GatewayAddress } from './gateway-address.ts';
import { kannelCalls, kannelSms } from './kannel.ts';
import { masCalls, masSms } from './mas.ts';
import { HOME_COUNTRY } from './phone-number.ts';
import { smppSms } from './smpp-sms.ts';
import type { SmsTemplates } from './sms-templates.ts';
import { tencentCalls, tencentSms } from './tencent.ts';
import { twilioCalls, twilioSms } from './twilio.ts';

/** The way out, to be closed in the end, and the ways back in. */
export interface SmsGateway {
  readonly channel: MessageChannel;
  /** Null: this gateway keeps a line of its own and calls no address of ours. */
  readonly calls: GatewayCalls | null;
  /** From now on receipts and messages come in over such a line. Sending opens it as well. */
  open(): void;
}

export interface SmsGatewaySettings {
  readonly url: string;
  readonly token: string | null;
  readonly templates: SmsTemplates | null;
  readonly addresses: GatewayAddresses;
  readonly listener: GatewayListener;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly patienceMs?: number;
}

/** The gateway the setting SMS_URL names. @throws ConfigError: what is missing, never what is there. */
export function smsGateway(settings: SmsGatewaySettings): SmsGateway {
  const address = gatewayAddress(settings.url);
  const { addresses, token, patienceMs = PATIENCE_MS } = settings;
  switch (address.provider) {
    case 'smpp':
    case 'smpps': {
      const channel = smppChannel(address, settings);
      return { channel, calls: null, open: () => channel.open() };
    }
    case 'kannel': {
      const { id: user, secret: password } = credentialsOf(address);
      const { from, line = null } = address.options(['from'], ['line']);
      const endpoint = httpAddress(address, '/cgi-bin/sendsms');
      return overHttp(
        kannelSms({ endpoint, user, password, from, line }, addresses, patienceMs),
        kannelCalls,
      );
    }
    case 'aliyun': {
      const account = {
        endpoint: httpAddress(address),
        ...credentialsOf(address),
        ...address.options(['sign'], []),
      };
      return overHttp(aliyunSms(account, templatesFor(address, settings), patienceMs), aliyunCalls);
    }
    case 'tencent': {
      const { app, sign, region = 'ap-guangzhou' } = address.options(['app', 'sign'], ['region']);
      const account = { endpoint: httpAddress(address), ...credentialsOf(address), app, sign, region };
      return overHttp(tencentSms(account, templatesFor(address, settings), patienceMs), tencentCalls);
    }
    case 'mas': {
      const { group, sign, serial = '' } = address.options(['group', 'sign'], ['serial']);
      const endpoint = httpAddress(address, '/sms/norsubmit');
      return overHttp(
        masSms({ endpoint, ...credentialsOf(address), group, sign, serial }, patienceMs),
        masCalls,
      );
    }
    case 'twilio': {
      const { id: sid, secret } = credentialsOf(address);
      const { from, country = HOME_COUNTRY } = address.options(['from'], ['country']);
      const account = { endpoint: httpAddress(address, '/2010-04-01'), sid, token: secret, from, country };
      return overHttp(twilioSms(account, addresses, patienceMs), twilioCalls(account, addresses));
    }
    case 'http':
    case 'https':
      return overHttp(httpSms({ url: settings.url, token, patienceMs }), httpSmsCalls);
    default:
      throw new ConfigError('"SMS_URL" names no kind of gateway that is known');
  }
}

const overHttp = (channel: MessageChannel, calls: GatewayCalls): SmsGateway => ({
  channel,
  calls,
  open: () => {},
});

const SMPP_PORT = 2775;
const SMPPS_PORT = 3550;

function smppChannel(
  address: GatewayAddress,
  { listener, log, patienceMs = PATIENCE_MS }: SmsGatewaySettings,
) {
  const { from, type = '' } = address.options(['from'], ['type']);
  const { id: systemId, secret: password } = credentialsOf(address);
  const [, host = '', port] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(address.host) ?? [];
  return smppSms(
    {
      host,
      port: port ? Number(port) : address.isSecure ? SMPPS_PORT : SMPP_PORT,
      isSecure: address.isSecure,
      systemId,
      password,
      systemType: type,
      from,
    },
    { listener, log, patienceMs },
  );
}

function templatesFor({ provider }: GatewayAddress, { templates }: SmsGatewaySettings): SmsTemplates {
  if (!templates)
    throw new ConfigError(
      `"SMS_TEMPLATES" is needed: ${provider} sends approved templates only, and this file names them`,
    );
  return templates;
}
