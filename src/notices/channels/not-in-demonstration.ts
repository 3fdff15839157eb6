import type { MessageChannel } from './channel.ts';

/** The invented people of the demonstration town have invented numbers: nothing of it ever reaches a real gateway. */
export const notInDemonstration = (
  real: MessageChannel | null,
  shown: MessageChannel,
  isDemonstration: () => Promise<boolean>,
): MessageChannel => ({
  async send(message) {
    const channel = real && !(await isDemonstration()) ? real : shown;
    return channel.send(message);
  },
});
