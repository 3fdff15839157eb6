import { isIP } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import type { Log } from '../../../platform/log.ts';
import { GatewayFault } from '../channel.ts';

export interface SmppServer {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
}

export interface SmppTimes {
  /** For each response. */
  readonly responseMs: number;
  /** Between two questions whether the other end is still there. */
  readonly enquireMs: number;
  /** Before the first new try; doubled with each failure, up to a minute. */
  readonly backOffMs: number;
}

export const SMPP_TIMES: SmppTimes = { responseMs: 5_000, enquireMs: 30_000, backOffMs: 1_000 };

const LONGEST_BACK_OFF_MS = 60_000;
const OK = 0;
const TRY_AGAIN = 0x64; // ESME_RX_T_APPN

type Asked = 'bind_transceiver' | 'submit_sm' | 'enquire_link' | 'unbind';

/**
 * One bound connection, made anew when it breaks. The package throws and falls silent on bytes it cannot read,
 * so any fault of a session ends that session: a fresh one starts from a known state.
 */
export function smppLink(
  server: SmppServer,
  deps: {
    readonly times: SmppTimes;
    /** Acknowledged to the other end once this resolves; refused for now when it rejects. */
    readonly onDelivery: (pdu: Pdu) => Promise<void>;
    readonly log: Pick<Log, 'info' | 'warn'>;
  },
) {
  const { times, onDelivery, log } = deps;
  let bound: Promise<Session> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let failures = 0;
  let isClosed = false;
  const ends = new WeakMap<Session, (why: string) => void>();

  function connect(): Promise<Session> {
    const { host, port, isSecure: tls } = server;
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => end('no bind in time'), times.responseMs);
      let enquiring: NodeJS.Timeout | undefined;
      let hasEnded = false;
      const end = (why: string): void => {
        if (hasEnded) return;
        hasEnded = true;
        clearTimeout(overdue);
        clearInterval(enquiring);
        session.destroy();
        reject(new GatewayFault(`SMPP: ${why}`));
        lost(why);
      };
      const session = smpp.connect({ host, port, tls, ...(isIP(host) ? {} : { servername: host }) }, () => {
        const { systemId: system_id, password, systemType: system_type } = server;
        ask(session, 'bind_transceiver', { system_id, password, system_type, interface_version: 0x34 }).then(
          ({ command_status: status }) => {
            if (status !== OK) return end(`bind refused with ${status}`);
            clearTimeout(overdue);
            failures = 0;
            log.info({ host, port }, 'sms.smpp.bound');
            enquiring = setInterval(
              () => void ask(session, 'enquire_link', {}).catch(() => {}),
              times.enquireMs,
            );
            return resolve(session);
          },
          () => end('no answer to the bind'),
        );
      });
      ends.set(session, end);
      session.on('error', () => end('the connection broke'));
      session.on('close', () => end('the connection was closed'));
      listen(session, end);
    });
  }

  /** What the other end may ask of us. */
  function listen(session: Session, end: (why: string) => void): void {
    const reply = (pdu: Pdu, status: number): void => {
      try {
        session.send(pdu.response({ command_status: status }));
      } catch {
        end('a response could not be written');
      }
    };
    session.on('enquire_link', (pdu: Pdu) => reply(pdu, OK));
    session.on('unbind', (pdu: Pdu) => {
      reply(pdu, OK);
      end('the other end unbound');
    });
    session.on('deliver_sm', (pdu: Pdu) => {
      onDelivery(pdu).then(
        () => reply(pdu, OK),
        () => reply(pdu, TRY_AGAIN),
      );
    });
    session.on('unknown', (pdu: Pdu) => reply(pdu, 3));
  }

  function lost(why: string): void {
    bound = null;
    if (isClosed) return;
    log.warn({ why, failures }, 'sms.smpp.lost');
    const wait = Math.min(times.backOffMs * 2 ** failures, LONGEST_BACK_OFF_MS);
    failures += 1;
    retry = setTimeout(() => {
      retry = null;
      void open();
    }, wait);
  }

  function open(): Promise<Session> {
    bound ??= connect();
    // Whoever waits for it hears of the failure; nobody has to wait.
    bound.catch(() => {});
    return bound;
  }

  /** One question and its response; without one in time the session is not to be trusted any more. */
  function ask(
    session: Session,
    what: Asked,
    fields: smpp.Fields,
    withinMs = times.responseMs,
    onResponse: (pdu: Pdu) => void = () => {},
  ): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      const stop = (why: string): void => {
        clearTimeout(timer);
        session.off('close', onClose);
        reject(new GatewayFault(`SMPP: ${why}`));
      };
      const onClose = (): void => stop('the connection was closed');
      const timer = setTimeout(() => {
        stop('no answer in time');
        ends.get(session)?.('no answer in time');
      }, withinMs);
      session.once('close', onClose);
      const isSent = session[what](fields, (pdu) => {
        clearTimeout(timer);
        session.off('close', onClose);
        onResponse(pdu);
        resolve(pdu);
      });
      if (!isSent) stop('the connection is gone');
    });
  }

  return {
    /** Binds, and stays bound from then on. */
    open: (): void => void open(),

    /** `onResponse` runs before anything that follows it on the line is read. */
    async submit(fields: smpp.Fields, withinMs: number, onResponse: (pdu: Pdu) => void): Promise<Pdu> {
      if (isClosed) throw new GatewayFault('SMPP: closed');
      if (retry) throw new GatewayFault('SMPP: not bound');
      const until = performance.now() + withinMs;
      const session = await inTime(open(), withinMs);
      const left = until - performance.now();
      return ask(session, 'submit_sm', fields, Math.max(1, Math.min(left, times.responseMs)), onResponse);
    },

    async close(): Promise<void> {
      isClosed = true;
      if (retry) clearTimeout(retry);
      retry = null;
      const session = await bound?.catch(() => null);
      if (!session) return;
      await ask(session, 'unbind', {}, 1_000).catch(() => {});
      ends.get(session)?.('closed by us');
    },
  };
}

function inTime<T>(promise: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new GatewayFault('SMPP: not bound in time')), withinMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export type SmppLink = ReturnType<typeof smppLink>;
