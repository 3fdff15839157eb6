import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError, type Config } from '../../platform/config.ts';
import type { Dkim } from './smtp-mail.ts';

/** What mail is signed with, read when the program starts: a wrong file is found then, not with the first mail. */
export function dkimKey(setting: Config['mailDkim']): Dkim | null {
  if (!setting) return null;
  const { domain, selector, keyFile } = setting;
  try {
    const privateKey = readFileSync(keyFile, 'utf8');
    createPrivateKey(privateKey);
    return { domainName: domain, keySelector: selector, privateKey };
  } catch {
    throw new ConfigError('"MAIL_DKIM_KEY_FILE" is not a file with a private key in PEM');
  }
}
