/** What is remembered of the mails that came, under keyed hashes: no address, no text. */
export interface MailRow {
  /** Of Message-ID and sender. */
  readonly key: string;
  readonly sender: string;
  readonly words: string;
  readonly became: 'letter' | 'note' | 'refused';
  /** Of the matter a note was about to change. */
  readonly version: number;
  readonly at: Date;
  readonly isAnswered: boolean;
}

export interface MailLedger {
  /** Counts a mail as being tried, before anything of it is read: a mail that ends the process is counted too. */
  countTry(id: string): Promise<number>;
  /** The try was ended by something else than the mail. */
  forgive(id: string): Promise<void>;
  /** Writes down what a mail is about to become; what was written the first time stands and is returned. */
  begin(row: MailRow): Promise<MailRow>;
  markAnswered(key: string): Promise<void>;
  /** The newest mails of a sender since then, 100 at most. */
  recent(sender: string, since: Date): Promise<MailRow[]>;
}
