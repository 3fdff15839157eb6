import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { dayOf, yearOf, type Day } from '../domain/clocks/zoned-day.ts';
import type { FieldError } from '../domain/domain-error.ts';
import { isSecret, type Letter } from '../domain/letters/letter.ts';
import { letterNumber } from '../domain/letters/letter-number.ts';
import type { Unit } from '../domain/directory/directory.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { openImportedMatter } from '../domain/matters/open-matter.ts';
import { publicLetter } from '../domain/publication/public-letter.ts';
import { caseFact } from '../domain/statistics/case-fact.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Ids } from '../platform/ids.ts';
import type { PublicLetterStore } from '../publication/public-letter-store.ts';
import type { PutLetterGrams } from '../repeats/put-letter-grams.ts';
import type { FactStore } from '../statistics/fact-store.ts';
import type { ArchiveRow, OldLetter, RowText } from './archive-row.ts';

export interface ImportOrder {
  readonly source: string;
  /** For rows that name no unit; may be empty. */
  readonly unit: string;
  readonly isDryRun: boolean;
}

export interface ImportTally {
  rows: number;
  /** New here. In a dry run: what would be. */
  imported: number;
  /** There from an earlier run, with the same words. */
  known: number;
  rejected: number;
  answered: number;
  published: number;
  firstOn: Day | null;
  lastOn: Day | null;
}

export interface ImportWatch {
  rejected(row: RowText, problem: FieldError): Promise<void>;
  progress(tally: Readonly<ImportTally>): void;
}

const BATCH = 500;

type GoodRow = RowText & { readonly letter: OldLetter };

/**
 * Takes letters of former years into the store, in batches. Sends nothing and announces nothing. What is there already
 * is left alone, but its derived rows are put again, so that a run that broke off is mended by the next.
 */
export function makeImportLetters(deps: {
  matters: Pick<MatterStore, 'importedFrom' | 'insertImported' | 'nextSequences'>;
  facts: Pick<FactStore, 'put'>;
  publicLetters: Pick<PublicLetterStore, 'putMany'>;
  putLetterGrams: PutLetterGrams;
  directory: Pick<DirectoryStore, 'units'>;
  ids: Ids;
  getTownTimes: GetTownTimes;
  zone: string;
}) {
  const { matters, zone } = deps;

  return async (
    order: ImportOrder,
    rows: AsyncIterable<ArchiveRow>,
    watch: ImportWatch,
  ): Promise<ImportTally> => {
    const tally = newTally();
    const unitOf = unitsByName(await deps.directory.units(), order.unit);
    // A dry run leaves nothing in the store by which a second row of the same id would be found.
    const seenDry = new Map<string, string>();

    // What follows from a batch is written while the next one is read.
    let derived: Promise<void> = Promise.resolve();

    const reject = async (row: RowText, problem: FieldError): Promise<void> => {
      tally.rejected += 1;
      await watch.rejected(row, problem);
    };
    const takeIn = async (batch: readonly GoodRow[]): Promise<void> => {
      const earlier = await matters.importedFrom(
        order.source,
        batch.map((row) => row.letter.externalId),
      );
      const seen = new Map(earlier.map((matter) => [idOf(matter), wordsOfMatter(matter)]));
      const fresh: OldLetter[] = [];
      for (const row of batch) {
        const { letter } = row;
        const known = seen.get(letter.externalId) ?? seenDry.get(letter.externalId);
        if (known === undefined) {
          seen.set(letter.externalId, wordsOf(letter));
          fresh.push(withUnit(letter, unitOf(letter.ending.unit)));
        } else if (known === wordsOf(letter)) tally.known += 1;
        else await reject(row, { field: 'row', rule: 'otherWords' });
      }
      for (const letter of fresh) count(tally, letter, dayOf(letter.letter.receivedAt, zone));
      if (order.isDryRun) {
        for (const letter of fresh) seenDry.set(letter.externalId, wordsOf(letter));
        return;
      }
      const opened = await openAll(order.source, fresh);
      await matters.insertImported(opened);
      await derived;
      derived = derive([...earlier, ...opened]);
      // It is awaited before the next one; until then its failure has to wait.
      derived.catch(() => undefined);
    };

    let batch: GoodRow[] = [];
    for await (const row of rows) {
      tally.rows += 1;
      if (row.letter) batch.push(row);
      else await reject(row, row.problem);
      if (batch.length === BATCH) {
        await takeIn(batch);
        batch = [];
        watch.progress(tally);
      }
    }
    await takeIn(batch);
    await derived;
    watch.progress(tally);
    return tally;
  };

  /** Every letter gets a number of the year in which it was written. */
  async function openAll(source: string, letters: readonly OldLetter[]): Promise<Matter[]> {
    const ofYear = new Map<number, OldLetter[]>();
    for (const old of letters) {
      const year = yearOf(dayOf(old.letter.receivedAt, zone));
      ofYear.set(year, [...(ofYear.get(year) ?? []), old]);
    }
    const times = await deps.getTownTimes();
    const opened: Matter[] = [];
    for (const [year, written] of ofYear) {
      const first = await matters.nextSequences(year, written.length);
      written.forEach((old, i) => {
        const number = letterNumber(year, first + i);
        const opening = { id: deps.ids.next(), number, letter: old.letter, suggestions: [] };
        const origin = { source, externalId: old.externalId };
        opened.push(
          openImportedMatter(
            opening,
            origin,
            old.reply,
            times.forLetter(old.letter, old.letter.receivedAt),
            old.ending,
          ),
        );
      });
    }
    return opened;
  }

  async function derive(imported: readonly Matter[]): Promise<void> {
    await deps.facts.put(imported.map((matter) => caseFact(matter, zone)));
    await deps.publicLetters.putMany(imported.flatMap((matter) => publicLetter(matter, zone) ?? []));
    await deps.putLetterGrams(imported);
  }
}

export type ImportLetters = ReturnType<typeof makeImportLetters>;

const newTally = (): ImportTally => ({
  rows: 0,
  imported: 0,
  known: 0,
  rejected: 0,
  answered: 0,
  published: 0,
  firstOn: null,
  lastOn: null,
});

function count(tally: ImportTally, { letter, reply, ending }: OldLetter, on: Day): void {
  tally.imported += 1;
  const isAnswered = reply !== null && (ending.outcome ?? 'answered') === 'answered';
  if (isAnswered) tally.answered += 1;
  if (isAnswered && reply.isPublished && !isSecret(letter)) tally.published += 1;
  if (tally.firstOn === null || on < tally.firstOn) tally.firstOn = on;
  if (tally.lastOn === null || on > tally.lastOn) tally.lastOn = on;
}

/** A unit as an archive writes it → the directory's id; what the directory does not know stays as it is written. */
function unitsByName(units: readonly Unit[], otherwise: string): (written: string) => string {
  const ids = new Map(
    units.flatMap(({ id, name }) => [[id, id] as const, [name.zh, id] as const, [name.en, id] as const]),
  );
  return (written) => {
    const unit = written || otherwise;
    return ids.get(unit) ?? unit;
  };
}

const withUnit = (old: OldLetter, unit: string): OldLetter => ({
  ...old,
  reply: old.reply && { ...old.reply, unit },
  ending: { ...old.ending, unit },
});

const idOf = (matter: Matter): string => matter.origin?.externalId ?? '';

const wordsOf = ({ letter, reply }: OldLetter): string => digest(letter, reply?.text ?? '');

const wordsOfMatter = ({ letter, answer, refusal }: Matter): string =>
  digest(letter, answer?.text ?? refusal?.text ?? '');

/** Short, and other for other words (FNV-1a): rows of one id must agree on it. */
function digest(letter: Letter, reply: string): string {
  let hash = 0x811c9dc5;
  for (const text of [letter.title, letter.body, reply]) {
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return `${letter.receivedAt.getTime()}.${letter.body.length}.${reply.length}.${hash >>> 0}`;
}
