import { createHash, createHmac } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Tencent Cloud's TC3-HMAC-SHA256 of a JSON POST to /: the Authorization header. */
export function signTc3(call: {
  readonly host: string;
  readonly service: string;
  readonly contentType: string;
  readonly body: string;
  readonly id: string;
  readonly secret: string;
  /** Seconds since 1970, the same as in X-TC-Timestamp. */
  readonly timestamp: number;
}): string {
  const names = 'content-type;host';
  const headers = `content-type:${call.contentType}\nhost:${call.host}\n`;
  const canonical = ['POST', '/', '', headers, names, sha256(call.body)].join('\n');
  const day = new Date(call.timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${day}/${call.service}/tc3_request`;
  const toSign = ['TC3-HMAC-SHA256', call.timestamp, scope, sha256(canonical)].join('\n');
  const key = mac(mac(mac(`TC3${call.secret}`, day), call.service), 'tc3_request');
  const signature = mac(key, toSign).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${call.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}
