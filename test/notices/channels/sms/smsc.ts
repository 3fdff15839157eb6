import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';

type Respond = (session: Session, pdu: Pdu) => void;

/** A short message centre on the loopback, by the package's server; each test says how it behaves. */
export class Smsc {
  readonly sessions: Session[] = [];
  readonly binds: Pdu[] = [];
  readonly submitted: Pdu[] = [];
  readonly #server: Server;
  #waiting: (() => void)[] = [];
  #lastId = 0;

  password = 'secret';
  onBind: Respond = (session, pdu) => {
    session.send(
      pdu.response({ command_status: pdu.password === this.password ? 0 : 0x0e, system_id: 'smsc' }),
    );
  };
  onSubmit: Respond = (session, pdu) => {
    session.send(pdu.response({ message_id: this.nextId() }));
  };
  onEnquiry: Respond = (session, pdu) => {
    session.send(pdu.response());
  };

  constructor() {
    this.#server = smpp.createServer((session) => {
      this.sessions.push(session);
      session.on('error', () => {});
      session.on('bind_transceiver', (pdu: Pdu) => {
        this.binds.push(pdu);
        this.onBind(session, pdu);
        this.#tell();
      });
      session.on('submit_sm', (pdu: Pdu) => {
        this.submitted.push(pdu);
        this.onSubmit(session, pdu);
        this.#tell();
      });
      session.on('enquire_link', (pdu: Pdu) => this.onEnquiry(session, pdu));
      session.on('unbind', (pdu: Pdu) => session.send(pdu.response()));
    });
  }

  nextId(): string {
    this.#lastId += 1;
    return `id-${this.#lastId}`;
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves once something holds that binding or submitting made true. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  get last(): Session {
    const session = this.sessions.at(-1);
    if (!session) throw new Error('nobody is connected');
    return session;
  }

  /** Hands a message or receipt on; the status it was acknowledged with. */
  deliver(fields: smpp.Fields): Promise<number> {
    return new Promise((resolve) => {
      this.last.deliver_sm(fields, (pdu) => resolve(pdu.command_status));
    });
  }

  close(): void {
    for (const session of this.sessions) session.destroy();
    this.#server.close();
  }
}
