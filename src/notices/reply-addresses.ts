import { addressIn, readKey } from './mail-keys.ts';

/** Where the answer to a mail goes: an address that names the matter, and that nobody but its reader could know. */
export interface ReplyAddresses {
  /** For the mail of this key; null when nobody may add to the matter by answering it. */
  readonly of: (key: string) => string | null;
  /** The matter an address names; null: none, or not one of ours. */
  readonly matterOf: (address: string) => string | null;
}

/**
 * `pattern` is such as `mailbox+*@town.example`; without a star every answer goes to the one address, and what it answers
 * is told by its references alone. Followers and staff hear of matters too: only the writer's mails name them.
 */
export function makeReplyAddresses(pattern: string, replyKey: (matterId: string) => string): ReplyAddresses {
  const [before = '', after] = pattern.split('*');
  const tokenOf = (matterId: string): string => `${matterId}-${replyKey(matterId)}`;
  return {
    of(key) {
      const { matterId, recipient } = readKey(key);
      if (recipient !== 'citizen') return null;
      return after === undefined ? before : `${before}${tokenOf(matterId)}${after}`;
    },
    matterOf(written) {
      if (after === undefined) return null;
      const address = addressIn(written);
      const isOurs = address.startsWith(before.toLowerCase()) && address.endsWith(after.toLowerCase());
      const token = isOurs ? address.slice(before.length, address.length - after.length) : '';
      const matterId = token.slice(0, Math.max(0, token.lastIndexOf('-')));
      return matterId !== '' && token === tokenOf(matterId) ? matterId : null;
    },
  };
}

/** Where answers go when nothing else is set: beside the mailbox itself. `box@town.example` → `box+*@town.example` */
export function replyPatternFor(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+*${address.slice(at)}`;
}
