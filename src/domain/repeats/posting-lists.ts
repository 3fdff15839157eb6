import { WEIGHTS } from './letter-grams.ts';

/** A posting is a letter's place in its upper 24 bits and a weight in its lower 8. */
export const MOST_PLACES = 2 ** 24;

const PAGE_BITS = 16;
const PAGE = 2 ** PAGE_BITS;
/** A list is a chain of blocks of 2, 4, 8 … and then 2048 postings: rare grams cost little, no list is ever copied. */
const LARGEST = 2048;
const IN_GROWING_BLOCKS = 2 * LARGEST - 2;

const NO_PAGE = new Uint32Array();

const sizeAt = (at: number): number => (at >= IN_GROWING_BLOCKS ? LARGEST : 1 << (31 - Math.clz32(at + 2)));

const offsetAt = (at: number): number =>
  at >= IN_GROWING_BLOCKS ? (at - IN_GROWING_BLOCKS) % LARGEST : at + 2 - sizeAt(at);

/** For each gram the letters it stands in, in flat arrays: a million letters must not be millions of objects. */
export class PostingLists {
  /** Open addressing: a gram's list, plus 1. */
  #table = new Uint32Array(1024);
  #count = 0;
  #grams = new Uint32Array(512);
  #lengths = new Uint32Array(512);
  #heads = new Uint32Array(512);
  #tails = new Uint32Array(512);
  /** A block is the address of the next one, or 0, and then its postings. Address 0 is no block's. */
  readonly #pages: Uint32Array[] = [];
  #free = 1;

  add(gram: number, place: number, weight: number): void {
    const list = this.#listOf(gram);
    const at = this.#lengths[list] ?? 0;
    const offset = offsetAt(at);
    if (offset === 0) this.#tails[list] = this.#blockAfter(list, at);
    const tail = this.#tails[list] ?? 0;
    this.#page(tail)[(tail % PAGE) + 1 + offset] = ((place << 8) | weight) >>> 0;
    this.#lengths[list] = at + 1;
  }

  lengthOf(gram: number): number {
    const list = this.#find(gram);
    return list < 0 ? 0 : (this.#lengths[list] ?? 0);
  }

  /** Adds to each letter's score what it has of a gram. */
  score(gram: number, weight: number, scores: Float32Array): void {
    const list = this.#find(gram);
    if (list < 0) return;
    let left = this.#lengths[list] ?? 0;
    let at = 0;
    for (let address = this.#heads[list] ?? 0; left > 0;) {
      const page = this.#page(address);
      const start = address % PAGE;
      const size = sizeAt(at);
      const end = start + 1 + Math.min(size, left);
      for (let i = start + 1; i < end; i += 1) {
        const posting = page[i] ?? 0;
        const place = posting >>> 8;
        scores[place] = (scores[place] ?? 0) + weight * (WEIGHTS[posting & 255] ?? 0);
      }
      at += size;
      left -= size;
      address = page[start] ?? 0;
    }
  }

  /** Takes out the postings of places that are not `kept`; the room is used again. */
  sweep(kept: Uint8Array): void {
    for (let list = 0; list < this.#count; list += 1) this.#sweepList(list, kept);
  }

  #sweepList(list: number, kept: Uint8Array): void {
    const length = this.#lengths[list] ?? 0;
    let from = this.#heads[list] ?? 0;
    let to = from;
    let stays = 0;
    for (let at = 0; at < length;) {
      const page = this.#page(from);
      const size = sizeAt(at);
      const start = (from % PAGE) + 1;
      const end = start + Math.min(size, length - at);
      for (let i = start; i < end; i += 1) {
        const posting = page[i] ?? 0;
        if (kept[posting >>> 8] !== 1) continue;
        const offset = offsetAt(stays);
        if (offset === 0 && stays > 0) to = this.#next(to);
        this.#page(to)[(to % PAGE) + 1 + offset] = posting;
        stays += 1;
      }
      at += size;
      from = page[start - 1] ?? 0;
    }
    this.#lengths[list] = stays;
    this.#tails[list] = to;
  }

  /** The block in which posting number `at` comes to stand: one that a sweep emptied, or a new one. */
  #blockAfter(list: number, at: number): number {
    const before = at === 0 ? 0 : (this.#tails[list] ?? 0);
    const emptied = at === 0 ? (this.#heads[list] ?? 0) : this.#next(before);
    if (emptied !== 0) return emptied;
    const block = this.#newBlock(sizeAt(at));
    if (at === 0) this.#heads[list] = block;
    else this.#page(before)[before % PAGE] = block;
    return block;
  }

  #newBlock(size: number): number {
    // No block lies across two pages.
    if ((this.#free % PAGE) + 1 + size > PAGE) this.#free = (Math.floor(this.#free / PAGE) + 1) * PAGE;
    const address = this.#free;
    const page = Math.floor(address / PAGE);
    if (page === this.#pages.length) this.#pages.push(new Uint32Array(PAGE));
    this.#free += 1 + size;
    return address;
  }

  #next(address: number): number {
    return this.#page(address)[address % PAGE] ?? 0;
  }

  #page(address: number): Uint32Array {
    return this.#pages[address >>> PAGE_BITS] ?? NO_PAGE;
  }

  #find(gram: number): number {
    const table = this.#table;
    for (let slot = gram % table.length; ; slot = (slot + 1) % table.length) {
      const list = (table[slot] ?? 0) - 1;
      if (list < 0 || this.#grams[list] === gram) return list;
    }
  }

  #listOf(gram: number): number {
    const found = this.#find(gram);
    if (found >= 0) return found;
    if (2 * this.#count >= this.#table.length) this.#widen();
    const list = this.#count;
    this.#grams[list] = gram;
    this.#enter(list);
    this.#count += 1;
    return list;
  }

  #enter(list: number): void {
    const table = this.#table;
    let slot = (this.#grams[list] ?? 0) % table.length;
    while (table[slot] !== 0) slot = (slot + 1) % table.length;
    table[slot] = list + 1;
  }

  #widen(): void {
    const room = this.#table.length;
    this.#table = new Uint32Array(2 * room);
    this.#grams = widened(this.#grams, room);
    this.#lengths = widened(this.#lengths, room);
    this.#heads = widened(this.#heads, room);
    this.#tails = widened(this.#tails, room);
    for (let list = 0; list < this.#count; list += 1) this.#enter(list);
  }
}

function widened(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(length);
  wider.set(array);
  return wider;
}
