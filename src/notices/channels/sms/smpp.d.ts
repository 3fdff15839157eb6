/** What we use of the package, which has no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server, Socket } from 'node:net';

  namespace smpp {
    interface Pdu {
      readonly command: string;
      readonly command_status: number;
      readonly sequence_number: number;
      readonly system_id?: string;
      readonly password?: string;
      readonly source_addr?: string;
      readonly destination_addr?: string;
      readonly dest_addr_ton?: number;
      readonly esm_class?: number;
      readonly data_coding?: number;
      readonly registered_delivery?: number;
      readonly short_message?: DecodedMessage;
      readonly message_payload?: DecodedMessage;
      readonly message_id?: string;
      readonly receipted_message_id?: string;
      readonly message_state?: number;
      readonly sar_msg_ref_num?: number;
      readonly sar_total_segments?: number;
      readonly sar_segment_seqnum?: number;
      response(fields?: Readonly<Record<string, unknown>>): Pdu;
      toBuffer(): Buffer;
    }

    interface DecodedMessage {
      /** Bytes, where the coding is none the package knows. */
      readonly message: string | Buffer;
      /** Its elements, each with its id and length. */
      readonly udh?: readonly Buffer[];
    }

    type Fields = Readonly<Record<string, string | number | Buffer>>;
    /** False when the connection is gone. */
    type Ask = (fields: Fields, onResponse?: (pdu: Pdu) => void) => boolean;

    interface Session extends EventEmitter {
      readonly socket: Socket;
      readonly bind_transceiver: Ask;
      readonly submit_sm: Ask;
      readonly deliver_sm: Ask;
      readonly enquire_link: Ask;
      readonly unbind: Ask;
      send(pdu: Pdu): boolean;
      close(): void;
      destroy(): void;
    }

    interface Encoding {
      match(text: string): boolean;
      encode(text: string): Buffer;
    }
  }

  const smpp: {
    connect(
      options: { host: string; port: number; tls: boolean; servername?: string },
      onConnect: () => void,
    ): smpp.Session;
    createServer(onSession: (session: smpp.Session) => void): Server;
    readonly encodings: { readonly ASCII: smpp.Encoding };
  };
  export = smpp;
}
