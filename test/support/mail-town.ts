import type { Connection } from 'mongoose';
import { readMail } from '../../src/letters/incoming-mail.mime.ts';
import { makeMailForms } from '../../src/letters/mail-forms.ts';
import type { MailInbox, MailPlace } from '../../src/letters/mail-inbox.ts';
import { mongoMailLedger } from '../../src/letters/mail-ledger.mongo.ts';
import { makeTakeInMail, type TakeInMail, type TakeInMailDeps } from '../../src/letters/take-in-mail.ts';
import type { DeliveryReceipt, OutgoingMessage } from '../../src/notices/channels/channel.ts';
import {
  makeReplyAddresses,
  replyPatternFor,
  type ReplyAddresses,
} from '../../src/notices/reply-addresses.ts';
import { makeLog } from '../../src/platform/log.ts';
import { connectMongo, makeIndexes } from '../../src/platform/mongo/connect.ts';
import type { Huiyin } from '../../src/compose.ts';

export const MAILBOX = 'box@town.example';

/** A town's mailbox, as it is composed; what it sends and hears of is caught. */
export interface MailTown {
  readonly addresses: ReplyAddresses;
  readonly answers: OutgoingMessage[];
  readonly receipts: DeliveryReceipt[];
  readonly logged: string[];
  readonly takeIn: TakeInMail;
  end(): Promise<void>;
}

export async function aMailTown(
  town: Pick<Huiyin, 'services' | 'words'> & { readonly uri: string },
  inbox: MailInbox,
  patch: Partial<TakeInMailDeps> = {},
): Promise<MailTown> {
  const connection: Connection = await connectMongo(town.uri);
  const ledger = mongoMailLedger(connection);
  await makeIndexes(connection);
  const answers: OutgoingMessage[] = [];
  const receipts: DeliveryReceipt[] = [];
  const logged: string[] = [];
  const { matters, directory, changeMatter, attachments, submitLetter, secrets } = town.services;
  const addresses = makeReplyAddresses(replyPatternFor(MAILBOX), secrets.replyKey);
  const takeIn = makeTakeInMail({
    inbox,
    ledger,
    matters,
    directory,
    changeMatter,
    attachments,
    submitLetter,
    secrets,
    addresses,
    forms: makeMailForms(town.words),
    channel: {
      async send(message) {
        answers.push(message);
        return { id: `answer-${answers.length}` };
      },
    },
    say: (language, key, params) => town.words.in(language)(key, params),
    baseUrl: 'http://huiyin.example',
    receipt: async (receipt) => {
      receipts.push(receipt);
    },
    mailbox: MAILBOX,
    log: makeLog('debug', { write: (line: string) => logged.push(line) }),
    ...patch,
  });
  return { addresses, answers, receipts, logged, takeIn, end: () => connection.close() };
}

let piled = 0;

/** Mails that lie in memory, where only what becomes of them is asked. */
export function aPile(): MailInbox & {
  readonly waiting: Map<string, string | Buffer>;
  readonly places: Map<string, MailPlace>;
  put(raw: string | Buffer): string;
} {
  const waiting = new Map<string, string | Buffer>();
  const places = new Map<string, MailPlace>();
  return {
    waiting,
    places,
    put(raw) {
      piled += 1;
      waiting.set(`1/${piled}`, raw);
      return `1/${piled}`;
    },
    async sweep(take) {
      let put = 0;
      for (const [id, raw] of waiting) {
        const place = await take({ id, read: () => readMail(Buffer.from(raw), true) });
        places.set(id, place);
        if (place === 'waiting') continue;
        waiting.delete(id);
        put += 1;
      }
      return put;
    },
  };
}
