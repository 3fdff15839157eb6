/** A message on its way out, in words and as a template: mainland gateways take only the latter. */
export interface OutgoingMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly template: string;
  readonly params: Readonly<Record<string, string>>;
  /** The ledger's key; a gateway that echoes it lets a receipt find its row. */
  readonly key: string;
}

/** One way of reaching people. Rejects when the message was not taken; resolves with the gateway's own id for it. */
export interface MessageChannel {
  send(message: OutgoingMessage): Promise<{ readonly id: string }>;
}
