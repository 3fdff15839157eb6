import { decode, encode } from '../bson/codec.js';
import { RawDocument, type Doc } from '../bson/values.js';

/** What MongoDB calls maxMessageSizeBytes. */
export const maxMessageBytes = 48_000_000;

const headerBytes = 16;

const opcodes = { reply: 1, query: 2004, message: 2013 } as const;

/** Bits of OP_MSG. Of the lower sixteen, those not listed must not be set; of the upper all may be passed over. */
const flags = { checksumPresent: 1, moreToCome: 2 } as const;

/** Bytes that are no message of the protocol; the connection is not worth keeping. */
export class MalformedMessage extends Error {}

export interface Request {
  readonly id: number;
  readonly command: Doc;
  /** Answer in the form of the legacy OP_QUERY, which drivers use for their first hello. */
  readonly isLegacy: boolean;
  readonly wantsReply: boolean;
}

/** Cuts a stream of bytes into messages. */
export class Frames {
  private chunks: Buffer[] = [];
  private length = 0;

  *push(chunk: Buffer): Generator<Buffer> {
    this.chunks.push(chunk);
    this.length += chunk.length;
    for (let size = this.size(); size !== null && this.length >= size; size = this.size()) {
      const all = this.joined();
      this.chunks = all.length > size ? [all.subarray(size)] : [];
      this.length -= size;
      yield all.subarray(0, size);
    }
  }

  private size(): number | null {
    if (this.length < 4) return null;
    const first = this.chunks[0];
    const size = (first && first.length >= 4 ? first : this.joined()).readInt32LE(0);
    if (size < headerBytes || size > maxMessageBytes) throw new MalformedMessage(`message of ${size} bytes`);
    return size;
  }

  private joined(): Buffer {
    const [only, second] = this.chunks;
    const all = only && !second ? only : Buffer.concat(this.chunks);
    this.chunks = [all];
    return all;
  }
}

/** Reads one whole message. Throws MalformedMessage, or InvalidBSON for its documents. */
export function readRequest(bytes: Buffer): Request {
  const opcode = bytes.readInt32LE(12);
  if (opcode === opcodes.message) return readMessage(bytes);
  if (opcode === opcodes.query) return readQuery(bytes);
  throw new MalformedMessage(`opcode ${opcode}`);
}

function documentAt(bytes: Buffer, at: number, end: number): Buffer {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : -1;
  if (size < 5 || at + size > end) throw new MalformedMessage('document out of bounds');
  return bytes.subarray(at, at + size);
}

function readMessage(bytes: Buffer): Request {
  if (bytes.length < headerBytes + 5) throw new MalformedMessage('message without a body');
  const bits = bytes.readUInt32LE(headerBytes);
  if ((bits & 0xffff & ~flags.moreToCome) !== 0) throw new MalformedMessage(`flags ${bits}`);
  let command: Doc | null = null;
  const sequences: [string, RawDocument[]][] = [];
  for (let at = headerBytes + 4; at < bytes.length;) {
    const kind = bytes[at];
    at += 1;
    if (kind === 0 && command === null) {
      const body = documentAt(bytes, at, bytes.length);
      command = decode(body);
      at += body.length;
    } else if (kind === 1) {
      const size = at + 4 <= bytes.length ? bytes.readInt32LE(at) : -1;
      if (size < 5 || at + size > bytes.length) throw new MalformedMessage('section out of bounds');
      sequences.push(readSequence(bytes.subarray(at + 4, at + size)));
      at += size;
    } else throw new MalformedMessage(`section of kind ${kind}`);
  }
  if (command === null) throw new MalformedMessage('message without a body');
  for (const [name, documents] of sequences) {
    if (command.has(name)) throw new MalformedMessage(`'${name}' is there twice`);
    command.set(name, documents);
  }
  return { id: bytes.readInt32LE(4), command, isLegacy: false, wantsReply: (bits & flags.moreToCome) === 0 };
}

function readSequence(bytes: Buffer): [string, RawDocument[]] {
  const end = bytes.indexOf(0);
  if (end < 0) throw new MalformedMessage('section without a name');
  const documents: RawDocument[] = [];
  for (let at = end + 1; at < bytes.length;) {
    const document = documentAt(bytes, at, bytes.length);
    documents.push(new RawDocument(document));
    at += document.length;
  }
  return [bytes.toString('utf8', 0, end), documents];
}

function readQuery(bytes: Buffer): Request {
  const end = bytes.indexOf(0, headerBytes + 4);
  if (end < 0) throw new MalformedMessage('query without a collection');
  const namespace = bytes.toString('utf8', headerBytes + 4, end);
  const command = decode(documentAt(bytes, end + 9, bytes.length));
  if (!namespace.endsWith('.$cmd')) throw new MalformedMessage(`query on ${namespace}`);
  command.set('$db', namespace.slice(0, -'.$cmd'.length));
  return { id: bytes.readInt32LE(4), command, isLegacy: true, wantsReply: true };
}

let lastReplyId = 0;

export function writeReply({ id, isLegacy }: Request, reply: Doc): Buffer[] {
  const body = encode(reply);
  const header = Buffer.alloc(isLegacy ? headerBytes + 20 : headerBytes + 5);
  lastReplyId = (lastReplyId + 1) & 0x7fffffff;
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(lastReplyId, 4);
  header.writeInt32LE(id, 8);
  header.writeInt32LE(isLegacy ? opcodes.reply : opcodes.message, 12);
  if (isLegacy) {
    const awaitCapable = 8;
    header.writeInt32LE(awaitCapable, headerBytes);
    header.writeInt32LE(1, headerBytes + 16);
  }
  return [header, body];
}
