import { createHash, createHmac } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** RFC 3986, which leaves fewer letters alone than the language's own escape. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

export const canonicalQuery = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');

/** Aliyun's signature of version 3, of a POST to / with everything behind the question mark: the headers to send. */
export function signAcs3(call: {
  readonly host: string;
  readonly query: string;
  readonly action: string;
  readonly version: string;
  readonly id: string;
  readonly secret: string;
  readonly at: Date;
  readonly nonce: string;
}): Readonly<Record<string, string>> {
  const body = sha256('');
  const signed = {
    host: call.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': body,
    'x-acs-date': call.at.toISOString().replace(/\.\d+/, ''),
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  };
  const names = Object.keys(signed).join(';');
  const headers = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/', call.query, headers.join(''), names, body].join('\n');
  const signature = createHmac('sha256', call.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${call.id},SignedHeaders=${names},Signature=${signature}`;
  return { ...signed, authorization };
}
