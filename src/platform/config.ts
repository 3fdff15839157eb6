import Joi from 'joi';
import { randomBytes } from 'node:crypto';

/** Everything the environment may say, parsed once. `.env.example` lists the same keys; a test compares them. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly mongodbUri: string | null;
  readonly baseUrl: string;
  readonly timeZone: string;
  readonly secret: string | null;
  readonly logLevel: string;
  readonly trustProxy: number;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly mailDkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
  readonly mailReplyTo: string | null;
  readonly imapUrl: string | null;
  readonly smsUrl: string | null;
  readonly smsToken: string | null;
  /** A file with the templates a mainland gateway has approved. */
  readonly smsTemplates: string | null;
}

const isTimeZone: Joi.CustomValidator<string> = (value, helpers) => {
  try {
    Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    return helpers.error('zone.unknown');
  }
};

/** Providers' names may be followed by the transport, as in kannel+http; by itself a name means TLS. */
const SMS_GATEWAY = /^(smpps?|https?|(kannel|aliyun|tencent|mas|twilio)(\+https?)?):\/\/[^/\s]/;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** A password goes over a line that others can read only within this machine. */
const isMailbox: Joi.CustomValidator<string> = (value, helpers) => {
  if (!URL.canParse(value)) return helpers.error('mailbox.address');
  const { protocol, hostname, username, password } = new URL(value);
  const isSafe = protocol === 'imaps:' || (protocol === 'imap:' && LOOPBACK.test(hostname));
  return isSafe && hostname !== '' && username !== '' && password !== ''
    ? value
    : helpers.error('mailbox.address');
};

export const configSchema = Joi.object({
  PORT: Joi.number().port().default(3000),
  HOST: Joi.string().hostname().default('127.0.0.1'),
  DATA_DIR: Joi.string().default('data'),
  // Its own sentence: the usual one would print the address with its password.
  MONGODB_URI: Joi.string()
    .pattern(/^mongodb(\+srv)?:\/\//, 'address')
    .empty('')
    .messages({
      'string.pattern.name': '"MONGODB_URI" is not an address such as mongodb://host:27017/huiyin',
    }),
  BASE_URL: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .empty(''),
  TIME_ZONE: Joi.string()
    .custom(isTimeZone)
    .default('Asia/Shanghai')
    .messages({ 'zone.unknown': '"TIME_ZONE" is not a time zone such as Asia/Shanghai' }),
  SECRET: Joi.string().min(32).empty(''),
  LOG_LEVEL: Joi.string().valid('debug', 'info', 'warn', 'error', 'silent').default('info'),
  TRUST_PROXY: Joi.number().integer().min(0).max(10).default(0),
  SMTP_URL: Joi.string()
    .uri({ scheme: ['smtp', 'smtps'] })
    .empty('')
    .messages({
      'string.uriCustomScheme': '"SMTP_URL" is not an address such as smtp://user:password@host:587',
    }),
  MAIL_FROM: Joi.string()
    .pattern(/^(?:[^<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/, 'address')
    .default('Huiyin <mailbox@localhost>')
    .messages({
      'string.pattern.name': '"MAIL_FROM" is not a sender such as Mailbox <mailbox@town.example>',
    }),
  MAIL_DKIM_DOMAIN: Joi.string().hostname().empty(''),
  MAIL_DKIM_SELECTOR: Joi.string().hostname().empty(''),
  MAIL_DKIM_KEY_FILE: Joi.string().empty(''),
  MAIL_REPLY_TO: Joi.string()
    .pattern(/^[^\s@<>*]+\*?[^\s@<>*]*@[^\s@<>*]+$/, 'address')
    .empty('')
    .messages({
      'string.pattern.name': '"MAIL_REPLY_TO" is not an address such as mailbox+*@town.example',
    }),
  IMAP_URL: Joi.string().custom(isMailbox).empty('').messages({
    'mailbox.address':
      '"IMAP_URL" is not an address such as imaps://user:password@host/INBOX (imap:// on this machine only)',
  }),
  // Its own sentence too: users and passwords of gateways stand in it.
  SMS_URL: Joi.string().pattern(SMS_GATEWAY, 'address').empty('').messages({
    'string.pattern.name':
      '"SMS_URL" is not the address of a gateway: smpp(s)://, kannel+http(s)://, aliyun://, tencent://, mas://, mas+http://, twilio:// or http(s)://',
  }),
  SMS_TOKEN: Joi.string().empty(''),
  SMS_TEMPLATES: Joi.string().empty(''),
})
  .and('MAIL_DKIM_DOMAIN', 'MAIL_DKIM_SELECTOR', 'MAIL_DKIM_KEY_FILE')
  // A mail that is taken in is answered, at least with its code.
  .with('IMAP_URL', 'SMTP_URL')
  .messages({
    'object.and': '"MAIL_DKIM_DOMAIN", "MAIL_DKIM_SELECTOR" and "MAIL_DKIM_KEY_FILE": all three or none',
    'object.with': '"IMAP_URL" needs "SMTP_URL": what comes in by mail is answered',
  });

/** A setting nobody could work with; the message names each variable. */
export class ConfigError extends Error {}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const { value, error } = configSchema.validate(environment, { abortEarly: false, stripUnknown: true });
  if (error) throw new ConfigError(error.details.map((detail) => detail.message).join('\n'));
  return Object.freeze({
    port: value.PORT,
    host: value.HOST,
    dataDir: value.DATA_DIR,
    mongodbUri: value.MONGODB_URI ?? null,
    baseUrl: (value.BASE_URL ?? `http://localhost:${value.PORT}`).replace(/\/$/, ''),
    timeZone: value.TIME_ZONE,
    secret: value.SECRET ?? null,
    logLevel: value.LOG_LEVEL,
    trustProxy: value.TRUST_PROXY,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    mailDkim: value.MAIL_DKIM_DOMAIN
      ? {
          domain: value.MAIL_DKIM_DOMAIN,
          selector: value.MAIL_DKIM_SELECTOR,
          keyFile: value.MAIL_DKIM_KEY_FILE,
        }
      : null,
    mailReplyTo: value.MAIL_REPLY_TO ?? null,
    imapUrl: value.IMAP_URL ?? null,
    smsUrl: value.SMS_URL ?? null,
    smsToken: value.SMS_TOKEN ?? null,
    smsTemplates: value.SMS_TEMPLATES ?? null,
  });
}

/** A key for this installation, made when the environment names none; the caller keeps it in the store. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
