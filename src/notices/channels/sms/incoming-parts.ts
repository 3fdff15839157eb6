/** Which part of which long message a short one is. */
export interface PartPlace {
  readonly reference: number;
  readonly count: number;
  readonly number: number;
}

export interface LongMessage {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** Puts the parts of long messages together. What stays incomplete is handed over as far as it came. */
export function incomingParts(options: {
  readonly patienceMs: number;
  readonly onLate: (message: LongMessage) => void;
  readonly most?: number;
}) {
  const { patienceMs, onLate, most = 200 } = options;
  const open = new Map<
    string,
    { texts: string[]; count: number; timer: NodeJS.Timeout; from: string; to: string }
  >();

  const giveUp = (name: string): void => {
    const message = open.get(name);
    if (!message) return;
    clearTimeout(message.timer);
    open.delete(name);
    onLate({ from: message.from, to: message.to, text: message.texts.map((text) => text ?? '…').join('') });
  };

  return {
    /** The whole message once this part completes it; `done` when that is durable, till then the parts are kept. */
    add(from: string, to: string, place: PartPlace, text: string): { text: string; done: () => void } | null {
      const name = JSON.stringify([from, to, place.reference, place.count]);
      const oldest = open.keys().next().value;
      if (!open.has(name) && open.size >= most && oldest !== undefined) giveUp(oldest);
      const message = open.get(name) ?? {
        texts: Array.from<string>({ length: place.count }),
        count: place.count,
        timer: setTimeout(() => giveUp(name), patienceMs),
        from,
        to,
      };
      open.set(name, message);
      message.texts[place.number - 1] = text;
      if (message.texts.some((known) => known === undefined)) return null;
      return {
        text: message.texts.join(''),
        done() {
          clearTimeout(message.timer);
          open.delete(name);
        },
      };
    },

    close: (): void => [...open.keys()].forEach(giveUp),
  };
}
