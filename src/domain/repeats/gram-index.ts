import { WEIGHTS, type LetterGrams } from './letter-grams.ts';
import { MOST_PLACES, PostingLists } from './posting-lists.ts';

export interface Hit {
  readonly id: string;
  /** From 0 to 1. */
  readonly similarity: number;
}

export interface IndexQuery {
  readonly grams: LetterGrams;
  readonly limit: number;
  /** Asked only of letters that would be among the best. */
  readonly isWanted?: (id: string) => boolean;
}

/** A search reads so many postings at most, those of the heaviest grams first: a bound on its time, whatever is asked. */
const MOST_READ = 400_000;
/** Letters taken out leave their postings behind until one in so many places is empty. */
const EMPTY_SHARE = 8;
const FEWEST_EMPTY = 1000;

/** Letters by their grams, in memory: some 180 bytes a letter. */
export class GramIndex {
  readonly #lists = new PostingLists();
  readonly #placeOf = new Map<string, number>();
  readonly #ids: string[] = [];
  /** What was put under each place, so that putting the same again is no work. */
  #marks = new Int32Array(1024);
  /** 1: a letter stands there. */
  #taken = new Uint8Array(1024);
  #scores = new Float32Array(1024);
  /** Places whose postings are still in the lists, and places that are free for use. */
  #emptied: number[] = [];
  #free: number[] = [];

  get size(): number {
    return this.#placeOf.size;
  }

  /** Puts a letter, in the place of what was put under its id before. */
  put(id: string, letter: LetterGrams): void {
    const mark = markOf(letter);
    const before = this.#placeOf.get(id);
    if (before !== undefined && this.#marks[before] === mark) return;
    this.remove(id);
    const place = this.#newPlace();
    this.#ids[place] = id;
    this.#placeOf.set(id, place);
    this.#marks[place] = mark;
    this.#taken[place] = 1;
    letter.grams.forEach((gram, i) => this.#lists.add(gram, place, letter.weights[i] ?? 0));
  }

  remove(id: string): void {
    const place = this.#placeOf.get(id);
    if (place === undefined) return;
    this.#placeOf.delete(id);
    this.#ids[place] = '';
    this.#taken[place] = 0;
    this.#emptied.push(place);
    if (this.#emptied.length > Math.max(FEWEST_EMPTY, this.size / EMPTY_SHARE)) this.#sweep();
  }

  /** The letters most like it, the best first. */
  search({ grams: { grams, weights }, limit, isWanted = () => true }: IndexQuery): Hit[] {
    const scores = this.#scores;
    const places = this.#ids.length;
    scores.fill(0, 0, places);
    let read = 0;
    grams.forEach((gram, i) => {
      const length = this.#lists.lengthOf(gram);
      if (read + length > MOST_READ) return;
      read += length;
      this.#lists.score(gram, WEIGHTS[weights[i] ?? 0] ?? 0, scores);
    });
    return this.#best(places, limit, isWanted);
  }

  #best(places: number, limit: number, isWanted: (id: string) => boolean): Hit[] {
    const best: Hit[] = [];
    let least = 0;
    for (let place = 0; place < places; place += 1) {
      const similarity = this.#scores[place] ?? 0;
      // Equal scores keep the order in which the letters came.
      if (similarity <= least || this.#taken[place] !== 1) continue;
      const id = this.#ids[place] ?? '';
      if (!isWanted(id)) continue;
      let at = best.length;
      while (at > 0 && (best[at - 1]?.similarity ?? 0) < similarity) at -= 1;
      best.splice(at, 0, { id, similarity: Math.min(similarity, 1) });
      if (best.length > limit) best.pop();
      if (best.length === limit) least = best.at(-1)?.similarity ?? 0;
    }
    return best;
  }

  #newPlace(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const place = this.#ids.length;
    if (place === MOST_PLACES) throw new RangeError(`an index holds ${MOST_PLACES} letters at most`);
    if (place === this.#marks.length) this.#widen(2 * place);
    return place;
  }

  #sweep(): void {
    this.#lists.sweep(this.#taken);
    this.#free = this.#free.concat(this.#emptied);
    this.#emptied = [];
  }

  #widen(room: number): void {
    const marks = new Int32Array(room);
    const taken = new Uint8Array(room);
    marks.set(this.#marks);
    taken.set(this.#taken);
    this.#marks = marks;
    this.#taken = taken;
    this.#scores = new Float32Array(room);
  }
}

/** Other for other grams or weights. */
function markOf({ grams, weights }: LetterGrams): number {
  let mark = grams.length;
  for (let i = 0; i < grams.length; i += 1)
    mark = Math.imul(mark ^ (grams[i] ?? 0) ^ ((weights[i] ?? 0) << 23), 0x9e3779b1) ^ (mark >>> 15);
  return mark;
}
