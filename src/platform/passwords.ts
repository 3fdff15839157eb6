import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt as OWASP's password storage sheet has it for interactive sign-in: N=2^15, r=8, p=1 (32 MB). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

export const scryptPasswords = {
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
  },
  async matches(password: string, hash: string): Promise<boolean> {
    const [kind, salt = '', key = ''] = hash.split('$');
    if (kind !== 'scrypt') return false;
    const wanted = Buffer.from(key, 'base64url');
    const found = await derive(password, Buffer.from(salt, 'base64url'));
    return wanted.length === found.length && timingSafeEqual(wanted, found);
  },
};
