import type { Connection } from 'mongoose';
import type { GetTownTimes } from './clocks/get-town-times.ts';
import type { DirectoryStore } from './directory/directory-store.ts';
import type { MatterStore } from './matters/matter-store.ts';
import type { GatewayListener, IncomingSms, MessageChannel } from './notices/channels/channel.ts';
import { consoleChannel } from './notices/channels/console.ts';
import { notInDemonstration } from './notices/channels/not-in-demonstration.ts';
import { smsGateway } from './notices/channels/sms/sms-gateway.ts';
import { readSmsTemplates } from './notices/channels/sms/sms-templates.ts';
import { dkimKey } from './notices/channels/dkim-key.ts';
import { smtpMail } from './notices/channels/smtp-mail.ts';
import { makeChangeMessageWish } from './notices/change-message-wish.ts';
import { makeCompose, type Say } from './notices/compose-message.ts';
import { makeDeliverNotices } from './notices/deliver-notices.ts';
import { gatewayAddresses } from './notices/gateway-calls.ts';
import { makeFailOver } from './notices/fail-over.ts';
import type { ComposeForFollower } from './notices/follower-notice.ts';
import { mongoMessageWishStore } from './notices/message-wish-store.mongo.ts';
import { makeRestsUntil } from './notices/not-before.ts';
import type { NoticeStore } from './notices/notice-store.ts';
import { addressIn } from './notices/mail-keys.ts';
import { outboxTroubles } from './notices/outbox-troubles.ts';
import { makePrepareNotice } from './notices/prepare-notice.ts';
import { makeReplyAddresses, replyPatternFor } from './notices/reply-addresses.ts';
import { makeStillWanted } from './notices/still-wanted.ts';
import { makeTakeReceipt } from './notices/take-receipt.ts';
import { makeTellHeads } from './notices/tell-heads.ts';
import { makeTellPeople } from './notices/tell-people.ts';
import { makeComposeTownNotice } from './notices/town-notice.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { keyedHashes } from './platform/keyed-hashes.ts';
import type { Log } from './platform/log.ts';

export type Channels = Readonly<Record<'mail' | 'sms', MessageChannel>>;

/** The part of the composition that tells people: the ledger, its outbox, and the gateways it leaves by. */
export function composeNotices(deps: {
  connection: Connection;
  config: Config;
  notices: NoticeStore;
  matters: MatterStore;
  directory: DirectoryStore;
  getTownTimes: GetTownTimes;
  composeForFollower: ComposeForFollower;
  say: Say;
  secrets: ReturnType<typeof keyedHashes>;
  takeInSms: (message: IncomingSms) => Promise<void>;
  clock: Clock;
  elapsed: () => number;
  log: Log;
  /** Where messages go instead of the configured gateways; for tests. */
  channels?: Channels | undefined;
}) {
  const { config, directory, log } = deps;
  const { baseUrl } = config;
  const wishes = mongoMessageWishStore(deps.connection);
  const known = { ...deps, baseUrl, keys: deps.secrets, wishes, messageWishes: wishes };
  const show = (line: string) => log.info({ message: line }, 'message.shown');
  const replies = makeReplyAddresses(
    config.mailReplyTo ?? replyPatternFor(addressIn(config.mailFrom)),
    deps.secrets.replyKey,
  );
  const mail = config.smtpUrl
    ? smtpMail({
        url: config.smtpUrl,
        from: config.mailFrom,
        dkim: dkimKey(config.mailDkim),
        ...(config.imapUrl && { replyTo: replies.of }),
      })
    : null;
  const addresses = gatewayAddresses(baseUrl, deps.secrets.gatewayKey());
  const isDemonstration = async () => (await directory.town())?.isDemonstration ?? false;
  const failOver = makeFailOver(deps);
  const takeReceipt = makeTakeReceipt({ ...deps, failOver });
  const gatewayListener: GatewayListener = { receipt: takeReceipt, incoming: deps.takeInSms };
  const gateway = config.smsUrl
    ? smsGateway({
        url: config.smsUrl,
        token: config.smsToken,
        templates: config.smsTemplates ? readSmsTemplates(config.smsTemplates) : null,
        addresses,
        listener: gatewayListener,
        log,
      })
    : null;
  const sms = gateway?.channel ?? null;
  const channels = deps.channels ?? {
    mail: notInDemonstration(mail, consoleChannel('mail', show), isDemonstration),
    sms: notInDemonstration(sms, consoleChannel('sms', show), isDemonstration),
  };
  const deliverNotices = makeDeliverNotices({
    ...deps,
    channels,
    failOver,
    restsUntil: makeRestsUntil(deps),
    prepareNotice: makePrepareNotice({
      ...known,
      compose: makeCompose(known),
      composeTownNotice: makeComposeTownNotice(known),
      stillWanted: makeStillWanted(known),
    }),
  });
  const deliverMail = (now: Date) => deliverNotices('mail', now);
  const deliverSms = (now: Date) => deliverNotices('sms', now);
  return {
    tellPeople: makeTellPeople(known),
    channels,
    replies,
    isDemonstration,
    services: {
      takeReceipt,
      messageWishes: wishes,
      changeMessageWish: makeChangeMessageWish(known),
      gatewayCalls: gateway?.calls ?? null,
      gatewayListener,
      gatewayAddresses: addresses,
      outboxTroubles: outboxTroubles(config),
    },
    /** For a program that serves: commands neither bind nor receive. */
    openSmsLine: async (): Promise<void> => {
      if (!(await isDemonstration())) gateway?.open();
    },
    sweeps: {
      deliverMail,
      deliverSms,
      deliverNotices: async (now: Date) => (await deliverSms(now)) + (await deliverMail(now)),
      tellHeads: makeTellHeads(deps),
    },
    async close() {
      await mail?.close();
      await sms?.close?.();
    },
  };
}
