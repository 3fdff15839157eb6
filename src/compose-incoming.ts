import type { Channels } from './compose-notices.ts';
import type { DirectoryStore } from './directory/directory-store.ts';
import { makeMailForms } from './letters/mail-forms.ts';
import { imapInbox } from './letters/mail-inbox.imap.ts';
import type { MailLedger } from './letters/mail-ledger.ts';
import type { AttachmentStore } from './letters/attachment-store.ts';
import type { ReceiveLetter } from './letters/submit-letter.ts';
import { makeTakeInMail } from './letters/take-in-mail.ts';
import { makeTakeInSms } from './letters/take-in-sms.ts';
import type { TrackLetter } from './letters/track-letter.ts';
import type { ChangeMatter } from './matters/change-matter.ts';
import type { MatterStore } from './matters/matter-store.ts';
import type { Say } from './notices/compose-message.ts';
import { addressIn } from './notices/mail-keys.ts';
import type { ReplyAddresses } from './notices/reply-addresses.ts';
import type { TakeReceipt } from './notices/take-receipt.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { keyedHashes } from './platform/keyed-hashes.ts';
import type { Log } from './platform/log.ts';
import type { Words } from './platform/words.ts';

/** The part of the composition that takes in what people send by mail and SMS. */
export function composeIncoming(deps: {
  config: Config;
  matters: MatterStore;
  directory: DirectoryStore;
  attachments: AttachmentStore;
  mailLedger: MailLedger;
  submitLetter: ReceiveLetter;
  trackLetter: TrackLetter;
  changeMatter: ChangeMatter;
  secrets: ReturnType<typeof keyedHashes>;
  addresses: ReplyAddresses;
  channels: Channels;
  takeReceipt: TakeReceipt;
  isDemonstration: () => Promise<boolean>;
  words: Words;
  say: Say;
  clock: Clock;
  log: Log;
}) {
  const { config, channels, log } = deps;
  const takeInMail = config.imapUrl
    ? makeTakeInMail({
        ...deps,
        inbox: imapInbox(config.imapUrl, log),
        ledger: deps.mailLedger,
        forms: makeMailForms(deps.words),
        channel: channels.mail,
        baseUrl: config.baseUrl,
        receipt: deps.takeReceipt,
        mailbox: addressIn(config.mailFrom),
      })
    : null;
  return {
    takeInSms: makeTakeInSms({ ...deps, sms: channels.sms }),
    sweeps: {
      // What answers nobody takes nothing in: the demonstration town's mails go nowhere.
      takeInMail: async (now: Date): Promise<number> =>
        takeInMail && !(await deps.isDemonstration()) ? takeInMail(now) : 0,
    },
  };
}
