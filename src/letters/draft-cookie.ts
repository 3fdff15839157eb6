/** The key of the letter in the making: known to this browser alone, and told to the letter's own pages only. */
export const DRAFT_COOKIE = 'letter';

const KEPT_MS = 24 * 60 * 60 * 1000;
const KEY = /^[A-Za-z0-9_-]{43}$/;

export function draftKeyIn(cookies: string | undefined): string | null {
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim());
  return asKey(pairs.find((pair) => pair.startsWith(`${DRAFT_COOKIE}=`))?.slice(DRAFT_COOKIE.length + 1));
}

/** What came in as a key, or null when it cannot be one. */
export const asKey = (value: string | undefined): string | null =>
  value !== undefined && KEY.test(value) ? value : null;

export const draftCookie = (isSecure: boolean) =>
  ({ path: '/letters', httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: KEPT_MS }) as const;
