import type { DeliveryReceipt } from '../channel.ts';

/** A message on its way, in one part or more. */
export interface SentMessage {
  /** The gateway has taken a part under this id. */
  took(id: string): void;
  /** The message will be sent anew: what becomes of these parts is of no interest. */
  forget(): void;
}

/**
 * Several receipts for the parts of one message, as one: delivered once all are, failed once one is.
 * Kept in memory only: after a restart the last part, whose id is the message's, speaks for all.
 */
export function sentParts(most = 10_000) {
  const messages = new Map<string, { key: string; count: number; ids: string[]; arrived: Set<string> }>();
  return {
    begin(key: string, count: number): SentMessage {
      const message = { key, count, ids: [] as string[], arrived: new Set<string>() };
      return {
        took(id) {
          message.ids.push(id);
          messages.set(id, message);
          const oldest = messages.keys().next().value;
          if (messages.size > most && oldest !== undefined) messages.delete(oldest);
        },
        forget: () => message.ids.forEach((id) => messages.delete(id)),
      };
    },

    /** What the listener is to hear; null while other parts are still under way. The same receipt twice says the same. */
    receiptOf(id: string, state: DeliveryReceipt['state'], remark: string): DeliveryReceipt | null {
      const message = messages.get(id);
      if (!message) return { id, key: null, state, remark };
      if (state === 'delivered') message.arrived.add(id);
      const isWhole = message.ids.length === message.count;
      if (state === 'delivered' && message.arrived.size < message.count) return null;
      return { id: (isWhole ? message.ids.at(-1) : undefined) ?? null, key: message.key, state, remark };
    },
  };
}
