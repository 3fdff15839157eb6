/** A message on its way out, in words and as a template: mainland gateways take only the latter. */
export interface OutgoingMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly template: string;
  readonly params: Readonly<Record<string, string>>;
  /** The ledger's key; a gateway that echoes it lets a receipt find its row. */
  readonly key: string;
  /** Where one POST ends messages of this kind; a mail program shows it as a button of its own (RFC 8058). */
  readonly unsubscribeUrl?: string;
  /** The Message-ID of the mail that this one answers. */
  readonly inReplyTo?: string;
}

/** One way of reaching people. */
export interface MessageChannel {
  /** Resolves with the gateway's own id once it has the message. @throws MessageRefused: never again; anything else is tried again. */
  send(message: OutgoingMessage): Promise<{ readonly id: string }>;
  close?(): Promise<void>;
}

/** The gateway will not take this message however often it is asked: an unknown number, a template it does not have. */
export class MessageRefused extends Error {
  /** `reason`: the gateway's own code or status, never its words, which may quote the number. */
  constructor(reason: string) {
    super(reason);
    this.name = 'MessageRefused';
  }
}

/** The gateway did not take a message this time. */
export class GatewayFault extends Error {
  /** `reason`: of codes and our own words, as it goes into the ledger and the log: no number, address or text. */
  constructor(reason: string) {
    super(reason);
    this.name = 'GatewayFault';
  }
}

/** The town has set up no gateway of this kind: nothing went out, and the ledger says so. */
export class NoGateway extends MessageRefused {
  constructor() {
    super('no gateway');
    this.name = 'NoGateway';
  }
}

/** What a gateway says later of a message it took, found by its own id or by our key. */
export interface DeliveryReceipt {
  readonly id: string | null;
  readonly key: string | null;
  readonly state: 'delivered' | 'failed';
  /** The gateway's code. */
  readonly remark: string;
}

/** A message from outside: a person answers, or writes of their own accord. */
export interface IncomingSms {
  /** The gateway's id; the same one twice is one message. */
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

/** What comes back from a gateway. Resolves once it is durable: only then may the gateway be told so. */
export interface GatewayListener {
  receipt(receipt: DeliveryReceipt): Promise<void>;
  incoming(message: IncomingSms): Promise<void>;
}
