import { randomUUID } from 'node:crypto';
import { letterNumber } from '../../src/domain/letters/letter-number.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { anAnsweredMatter, on } from '../support/builders.ts';
import { generatedLetter } from './generated-letters.ts';
import { rounded } from './measure.ts';
import { openRepeatsStore } from './repeats-store.ts';

/** A process of its own: puts so many matters into a store and makes them findable. Says what that cost. */

const [place = '', size = '0'] = process.argv.slice(2);
const count = Number(size);
const BATCH = 1000;
/** Of ten matters so many are published. */
const PUBLISHED = 6;

const example = anAnsweredMatter();

function aGeneratedMatter(n: number): Matter {
  const isPublished = n % 10 < PUBLISHED;
  const decidedAt = on('2026-09-30 10:00');
  return {
    ...example,
    id: randomUUID(),
    number: letterNumber(2000 + (n % 26), 1 + Math.floor(n / 26)),
    letter: generatedLetter(n),
    publication: isPublished
      ? { isPublished, decidedAt, decidedBy: 'office', reason: '', title: [], body: [], answer: [] }
      : null,
  };
}

const store = await openRepeatsStore(place);
// The other indexes of the matters answer no question of this bench, and take long to make.
await store.connection.model('LetterGrams').createIndexes();
const matters = store.connection.collection<{ _id: string }>('matters');
for (let from = 0; from < count; from += BATCH) {
  const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => aGeneratedMatter(from + i));
  await matters.insertMany(batch.map(({ id, ...matter }) => ({ _id: id, ...matter, announcedSeq: 1 })));
}
const started = performance.now();
await store.finding.rebuildLetterGrams();
const seconds = (performance.now() - started) / 1000;
console.log(
  JSON.stringify({
    what: 'rebuild',
    letters: count,
    seconds: rounded(seconds),
    perSecond: Math.round(count / seconds),
    rssMB: rounded(process.memoryUsage().rss / 1_048_576),
  }),
);
await store.close();
process.exit(0);
