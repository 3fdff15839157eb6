import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ConfigError, configSchema, newSecret, readConfig } from '../../src/platform/config.ts';

const SAMPLE = readFileSync('.env.example', 'utf8');

/** `KEY=value` lines of the sample, as a shell would read them. */
const sampled: Readonly<Record<string, string>> = Object.fromEntries(
  [...SAMPLE.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
);

const DEFAULTS = {
  port: 3000,
  host: '127.0.0.1',
  dataDir: 'data',
  mongodbUri: null,
  baseUrl: 'http://localhost:3000',
  timeZone: 'Asia/Shanghai',
  secret: null,
  logLevel: 'info',
  trustProxy: 0,
  smtpUrl: null,
  mailFrom: 'Huiyin <mailbox@localhost>',
  mailDkim: null,
  mailReplyTo: null,
  imapUrl: null,
  smsUrl: null,
  smsToken: null,
  smsTemplates: null,
};

function refusalOf(environment: NodeJS.ProcessEnv): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
  return assert.fail('taken as it was');
}

describe('config › .env.example', () => {
  it('its keys › are the schema’s keys', () => {
    const described: unknown = configSchema.describe()['keys'];
    assert.ok(typeof described === 'object' && described !== null);
    assert.deepEqual(Object.keys(sampled).sort(), Object.keys(described).sort());
  });

  it('taken as it is › says the defaults', () => assert.deepEqual({ ...readConfig(sampled) }, DEFAULTS));

  it('its secrets › are empty', () => {
    for (const key of ['SECRET', 'SMS_TOKEN', 'MONGODB_URI', 'SMTP_URL', 'IMAP_URL'])
      assert.equal(sampled[key], '', key);
  });
});

describe('config › read', () => {
  it('an empty environment › gives the defaults, frozen', () => {
    const config = readConfig({});
    assert.deepEqual({ ...config }, DEFAULTS);
    assert.ok(Object.isFrozen(config));
  });

  it('no secret › has a default; a new one is made, never the same', () => {
    const config = readConfig({});
    assert.deepEqual([config.secret, config.smsToken], [null, null]);
    assert.notEqual(newSecret(), newSecret());
    assert.ok(newSecret().length >= 32);
  });

  it('everything set › is taken', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      DATA_DIR: 'town-data',
      MONGODB_URI: 'mongodb+srv://db.example/huiyin',
      BASE_URL: 'https://mailbox.example/',
      TIME_ZONE: 'America/New_York',
      SECRET: 'x'.repeat(32),
      LOG_LEVEL: 'debug',
      TRUST_PROXY: '2',
      SMTP_URL: 'smtps://user:word@mail.example:465',
      MAIL_FROM: 'Town <town@example.com>',
      MAIL_DKIM_DOMAIN: 'example.com',
      MAIL_DKIM_SELECTOR: 's2026',
      MAIL_DKIM_KEY_FILE: 'dkim.pem',
      MAIL_REPLY_TO: 'town+*@example.com',
      IMAP_URL: 'imaps://town:word@mail.example/INBOX',
      SMS_URL: 'https://sms.example/send',
      SMS_TOKEN: 'token',
      SMS_TEMPLATES: 'templates.json',
      PATH: 'something else of the machine',
    });
    assert.deepEqual(
      { ...config },
      {
        port: 8080,
        host: '0.0.0.0',
        dataDir: 'town-data',
        mongodbUri: 'mongodb+srv://db.example/huiyin',
        baseUrl: 'https://mailbox.example',
        timeZone: 'America/New_York',
        secret: 'x'.repeat(32),
        logLevel: 'debug',
        trustProxy: 2,
        smtpUrl: 'smtps://user:word@mail.example:465',
        mailFrom: 'Town <town@example.com>',
        mailDkim: { domain: 'example.com', selector: 's2026', keyFile: 'dkim.pem' },
        mailReplyTo: 'town+*@example.com',
        imapUrl: 'imaps://town:word@mail.example/INBOX',
        smsUrl: 'https://sms.example/send',
        smsToken: 'token',
        smsTemplates: 'templates.json',
      },
    );
  });

  it('another port, no base address › mails link to that port', () => {
    assert.equal(readConfig({ PORT: '8080' }).baseUrl, 'http://localhost:8080');
  });

  const wrong: readonly [key: string, value: string][] = [
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', ''],
    ['HOST', 'not a host'],
    ['DATA_DIR', ''],
    ['MONGODB_URI', 'postgres://localhost/huiyin'],
    ['BASE_URL', 'ftp://mailbox.example'],
    ['BASE_URL', 'mailbox.example'],
    ['TIME_ZONE', 'Asia/Atlantis'],
    ['TIME_ZONE', ''],
    ['SECRET', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', '1.5'],
    ['TRUST_PROXY', 'yes'],
    ['SMTP_URL', 'http://mail.example'],
    ['SMTP_URL', 'mail.example:25'],
    ['MAIL_FROM', ''],
    ['MAIL_FROM', 'Mailbox'],
    ['MAIL_FROM', 'Mailbox <mailbox>'],
    ['MAIL_REPLY_TO', 'box'],
    ['MAIL_REPLY_TO', 'box+*+*@town.example'],
    ['MAIL_REPLY_TO', 'Box <box@town.example>'],
    ['IMAP_URL', 'mail.example'],
    ['IMAP_URL', 'https://box:word@mail.example'],
    ['IMAP_URL', 'imap://box:word@mail.example/INBOX'],
    ['IMAP_URL', 'imaps://mail.example/INBOX'],
    ['IMAP_URL', 'imaps://box@mail.example/INBOX'],
    ['SMS_URL', 'smtp://sms.example'],
    ['SMS_URL', 'smpp+http://user:word@sms.example'],
    ['SMS_URL', 'kannel+ftp://user:word@sms.example'],
    ['SMS_URL', 'aliyun://'],
    ['SMS_URL', 'sms.example'],
  ];
  for (const [key, value] of wrong) {
    it(`${key}='${value}' › is refused by its name`, () => {
      const message = refusalOf({ SMTP_URL: 'smtp://127.0.0.1', [key]: value });
      assert.ok(message.includes(`"${key}"`), message);
      assert.equal(message.split('\n').length, 1, message);
    });
  }

  for (const url of [
    'smpp://user:word@smsc.example:2775?from=10690000',
    'smpps://user:word@smsc.example?from=10690000',
    'kannel+http://user:word@127.0.0.1:13013?from=10690000',
    'kannel+https://user:word@kannel.example?from=10690000',
    'aliyun://id:secret@dysmsapi.aliyuncs.com?sign=区长信箱',
    'tencent://id:secret@sms.tencentcloudapi.com?app=1400006666&sign=x',
    'mas+http://ap:key@112.35.1.155:1992?group=g&sign=s',
    'twilio://AC1:token@api.twilio.com?from=%2B15550001111',
    'http://127.0.0.1:8080/send',
  ])
    it(`SMS_URL='${url.split(':')[0]}://…' › is taken`, () =>
      assert.equal(readConfig({ SMS_URL: url }).smsUrl, url));

  it('two wrong values › are both named', () => {
    const message = refusalOf({ PORT: 'http', TIME_ZONE: 'Asia/Atlantis' });
    assert.ok(message.includes('"PORT"') && message.includes('"TIME_ZONE"'), message);
  });

  it('a mailbox on this machine › needs no encryption', () => {
    for (const host of ['localhost', '127.0.0.1:1143', '[::1]:1143']) {
      const url = `imap://box:word@${host}/INBOX`;
      assert.equal(readConfig({ IMAP_URL: url, SMTP_URL: 'smtp://127.0.0.1' }).imapUrl, url);
    }
  });

  it('mail in without mail out › is refused: nobody could be answered', () => {
    const message = refusalOf({ IMAP_URL: 'imaps://box:word@mail.example/INBOX' });
    assert.ok(message.includes('IMAP_URL') && message.includes('SMTP_URL'), message);
    assert.ok(!message.includes('word'), message);
  });

  it('a part of DKIM without the others › is refused', () => {
    const message = refusalOf({ MAIL_DKIM_DOMAIN: 'town.example' });
    assert.ok(message.includes('MAIL_DKIM_SELECTOR') && message.includes('MAIL_DKIM_KEY_FILE'), message);
  });

  it('a wrong secret or gateway with a password › is named, not repeated', () => {
    for (const key of ['SECRET', 'SMTP_URL', 'SMS_URL', 'IMAP_URL']) {
      const message = refusalOf({ [key]: key === 'SECRET' ? 'pass-word' : 'gopher://user:pass-word@x' });
      assert.ok(message.includes(key) && !message.includes('pass-word'), message);
    }
  });
});
