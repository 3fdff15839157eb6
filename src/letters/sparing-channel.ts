import { GatewayFault, MessageRefused, type MessageChannel } from '../notices/channels/channel.ts';

const FAILURES_IN_A_ROW = 3;

/**
 * A mail server that failed so often in a row is not asked again until `anew`: each answer would cost all the patience
 * there is, and the letters behind are to come in meanwhile.
 */
export function sparing(channel: Pick<MessageChannel, 'send'>) {
  let failures = 0;
  return {
    anew(): void {
      failures = 0;
    },
    async send(message: Parameters<MessageChannel['send']>[0]): Promise<{ readonly id: string }> {
      if (failures >= FAILURES_IN_A_ROW) throw new GatewayFault('left in peace');
      try {
        const taken = await channel.send(message);
        failures = 0;
        return taken;
      } catch (error) {
        failures = error instanceof MessageRefused ? 0 : failures + 1;
        throw error;
      }
    },
  };
}
