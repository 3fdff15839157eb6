import { NoGateway, type MessageChannel } from './channel.ts';

/** The invented people of the demonstration town have invented numbers: nothing of it ever reaches a real gateway. */
export const notInDemonstration = (
  real: MessageChannel | null,
  shown: MessageChannel,
  isDemonstration: () => Promise<boolean>,
): MessageChannel => ({
  async send(message) {
    if (await isDemonstration()) return shown.send(message);
    if (!real) throw new NoGateway();
    return real.send(message);
  },
});
