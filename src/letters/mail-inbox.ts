/** A file that a letter may carry, by what it is and not by what the mail says of it. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A mail as it came, decoded; nothing in it is trusted. */
export interface IncomingMail {
  /** With its brackets; null: it came without one. */
  readonly messageId: string | null;
  /** Of its bytes: tells a mail without a Message-ID from the next. */
  readonly fingerprint: string;
  readonly from: { readonly name: string; readonly address: string } | null;
  /** Every address it was sent or delivered to. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The Message-IDs of what it answers. */
  readonly references: readonly string[];
  /** By their names in lower case, unfolded, the first of each name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly files: readonly MailFile[];
  /** The names of files that a letter may not carry: by kind, size or number. */
  readonly leftOut: readonly string[];
  /** What a mail server says of a mail of ours. */
  readonly report: DeliveryReport | null;
  /** False: too large to be read; only its head is known. */
  readonly isWhole: boolean;
}

export interface DeliveryReport {
  /** failed, delayed, delivered, relayed or expanded (RFC 3464). */
  readonly action: string;
  /** Such as 5.1.1 */
  readonly status: string;
  /** Of the mail it is about; null: it does not say. */
  readonly messageId: string | null;
}

export interface WaitingMail {
  /** The mailbox's own for it: the same at each sweep. */
  readonly id: string;
  read(): Promise<IncomingMail>;
}

/** Where a mail goes. `waiting`: it stays for the next sweep. */
export type MailPlace = 'processed' | 'refused' | 'failed' | 'waiting';

/** The mailbox. A mail is in it until it has its place: whoever dies in between finds it there again. */
export interface MailInbox {
  /** Hands every waiting mail, the oldest first, to `take` and puts it where that says. Returns how many were put. */
  sweep(take: (mail: WaitingMail) => Promise<MailPlace>): Promise<number>;
}
