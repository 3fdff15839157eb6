/** A buffer that grows as it is written. One may be shared by all calls of a synchronous encoder. */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(64 * 1024);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** A copy of what was written since `clear`. */
  taken(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length));
  }

  /** Makes room and returns where it begins. The buffer may be another one afterwards. */
  private reserve(size: number): number {
    const start = this.length;
    this.length += size;
    if (this.length > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.length, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, start);
      this.buffer = larger;
    }
    return start;
  }

  byte(value: number): void {
    const start = this.reserve(1);
    this.buffer[start] = value;
  }

  bytes(content: Uint8Array): void {
    const start = this.reserve(content.length);
    this.buffer.set(content, start);
  }

  /** UTF-8, without length or end. */
  text(content: string): void {
    // Three bytes a code unit is the most UTF-8 needs; what is left over is given back.
    const start = this.reserve(content.length * 3);
    this.length = start + this.buffer.write(content, start, 'utf8');
  }

  int32LE(value: number): void {
    const start = this.reserve(4);
    this.buffer.writeInt32LE(value, start);
  }

  /** Overwrites four bytes written before, such as a length that was not known yet. */
  int32LEAt(value: number, at: number): void {
    this.buffer.writeInt32LE(value, at);
  }

  int64LE(value: bigint): void {
    const start = this.reserve(8);
    this.buffer.writeBigUInt64LE(BigInt.asUintN(64, value), start);
  }

  doubleLE(value: number): void {
    const start = this.reserve(8);
    this.buffer.writeDoubleLE(value, start);
  }

  uint16BE(value: number): void {
    const start = this.reserve(2);
    this.buffer.writeUInt16BE(value, start);
  }

  uint32BE(value: number): void {
    const start = this.reserve(4);
    this.buffer.writeUInt32BE(value, start);
  }

  uint64BE(value: bigint): void {
    const start = this.reserve(8);
    this.buffer.writeBigUInt64BE(value, start);
  }

  /** Inverts every bit from `start` on. */
  invertFrom(start: number): void {
    for (let at = start; at < this.length; at += 1) this.buffer[at] = ~(this.buffer[at] ?? 0);
  }
}
