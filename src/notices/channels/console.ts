import type { MessageChannel } from './channel.ts';

/** Says that a message went out, for demonstration and development; to whom and what stays unsaid, as in any log. */
export function consoleChannel(kind: string, say: (line: string) => void): MessageChannel {
  return {
    async send({ template, key }) {
      say(`${kind}: ${template} (${key})`);
      return { id: key };
    },
  };
}
