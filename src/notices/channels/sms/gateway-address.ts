import { ConfigError } from '../../../platform/config.ts';

/** SMS_URL, taken apart. Its words name the setting, never what it holds. */
export interface GatewayAddress {
  readonly provider: string;
  readonly isSecure: boolean;
  readonly user: string;
  readonly password: string;
  /** With its port, if it has one. */
  readonly host: string;
  readonly path: string;
  /** What stands behind the question mark: all of `needed`, some of `possible`, nothing else. */
  options<N extends string, P extends string>(
    needed: readonly N[],
    possible: readonly P[],
  ): Readonly<Record<N, string> & Partial<Record<P, string>>>;
}

/** A provider's name alone means TLS. */
const PLAIN = new Set(['http', 'smpp']);

export function gatewayAddress(written: string): GatewayAddress {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (!url) throw new ConfigError('"SMS_URL" is not an address');
  const [provider = '', transport] = url.protocol.slice(0, -1).split('+');
  return {
    provider,
    isSecure: !PLAIN.has(transport ?? provider),
    user: plain(url.username),
    password: plain(url.password),
    host: url.host,
    path: url.pathname,
    options(needed, possible) {
      const known: readonly string[] = [...needed, ...possible];
      for (const name of url.searchParams.keys()) {
        if (!known.includes(name))
          throw new ConfigError(`"SMS_URL" for ${provider} knows no "${name}"; it knows ${known.join(', ')}`);
      }
      for (const name of needed) {
        if (!url.searchParams.get(name))
          throw new ConfigError(`"SMS_URL" for ${provider} needs "${name}=…" behind its question mark`);
      }
      // Checked above: each needed one is there, and only known ones are.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return Object.fromEntries(url.searchParams) as never;
    },
  };
}

/** User and password, where a provider has both. */
export function credentialsOf({ provider, user, password }: GatewayAddress): { id: string; secret: string } {
  if (user === '' || password === '')
    throw new ConfigError(`"SMS_URL" for ${provider} needs user and password before its "@"`);
  return { id: user, secret: password };
}

export const httpAddress = ({ isSecure, host, path }: GatewayAddress, defaultPath = '/'): string =>
  `${isSecure ? 'https' : 'http'}://${host}${path === '' || path === '/' ? defaultPath : path}`;

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new ConfigError('"SMS_URL" has a "%" in user or password that is not written as %25');
  }
}
