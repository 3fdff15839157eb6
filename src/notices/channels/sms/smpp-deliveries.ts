import type { Pdu } from 'smpp';
import type { DeliveryReceipt } from '../channel.ts';
import type { PartPlace } from './incoming-parts.ts';
import { codeOnly } from './reading.ts';

/** What a deliver_sm says: a receipt, or words of a person. Null: nothing for us, such as a message still on its way. */
export type Delivery =
  | {
      readonly kind: 'receipt';
      readonly id: string;
      readonly state: DeliveryReceipt['state'];
      readonly remark: string;
    }
  | {
      readonly kind: 'words';
      readonly from: string;
      readonly to: string;
      readonly text: string;
      readonly place: PartPlace | null;
    };

const MESSAGE_TYPE = 0x3c;
const RECEIPT = 0x04;

/** Final states, as numbers of the TLV and as words of the text form. The others (on its way, accepted, unknown) are not final. */
const STATES: ReadonlyMap<string | number, DeliveryReceipt['state']> = new Map<
  string | number,
  DeliveryReceipt['state']
>([
  [2, 'delivered'],
  [3, 'failed'],
  [4, 'failed'],
  [5, 'failed'],
  [8, 'failed'],
  ['DELIVRD', 'delivered'],
  ['EXPIRED', 'failed'],
  ['DELETED', 'failed'],
  ['UNDELIV', 'failed'],
  ['REJECTD', 'failed'],
]);

export function readDelivery(pdu: Pdu): Delivery | null {
  const written = pdu.short_message?.message || pdu.message_payload?.message || '';
  const text = typeof written === 'string' ? written : '';
  const isReceipt =
    ((pdu.esm_class ?? 0) & MESSAGE_TYPE) === RECEIPT || pdu.receipted_message_id !== undefined;
  if (isReceipt) return receiptIn(pdu, text);
  // Bytes for a telephone, not words for a person.
  if (typeof written !== 'string') return null;
  return {
    kind: 'words',
    from: pdu.source_addr ?? '',
    to: pdu.destination_addr ?? '',
    text,
    place: placeOf(pdu),
  };
}

/** `id:… sub:… dlvrd:… submit date:… done date:… stat:DELIVRD err:000 text:…`, or the same in TLVs, which are surer. */
function receiptIn(pdu: Pdu, text: string): Delivery | null {
  const id = pdu.receipted_message_id || /\bid:(\S+)/i.exec(text)?.[1];
  const word = /\bstat:(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? '';
  const state = STATES.get(pdu.message_state ?? word);
  if (!id || !state) return null;
  const code = /\berr:(\S+)/i.exec(text)?.[1] ?? '';
  const said = word || `state:${pdu.message_state}`;
  return { kind: 'receipt', id, state, remark: codeOnly(code === '' ? said : `${said}:${code}`) || said };
}

const EIGHT_BITS = 0x00;
const SIXTEEN_BITS = 0x08;

function placeOf(pdu: Pdu): PartPlace | null {
  const udh = pdu.short_message?.udh ?? pdu.message_payload?.udh ?? [];
  for (const element of udh) {
    const [kind, length = 0] = element;
    if (kind === EIGHT_BITS && length === 3 && element.length === 5)
      return sensible(element[2], element[3], element[4]);
    if (kind === SIXTEEN_BITS && length === 4 && element.length === 6)
      return sensible(element.readUInt16BE(2), element[4], element[5]);
  }
  return sensible(pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum);
}

function sensible(reference?: number, count = 0, number = 0): PartPlace | null {
  return reference !== undefined && count > 1 && number >= 1 && number <= count
    ? { reference, count, number }
    : null;
}
