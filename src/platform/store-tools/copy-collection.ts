import type { mongo } from 'mongoose';
import { batches, counterparts, deleteRows, insertRows, type RawRow } from './raw-documents.ts';

export interface Ends {
  readonly from: mongo.Db;
  readonly to: mongo.Db;
}

/**
 * Makes a collection of the target hold what the source's holds. What is there already decides what is left to do,
 * so that it can be interrupted anywhere and begun again.
 */
export async function copyCollection(
  { from, to }: Ends,
  name: string,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const source = from.collection(name);
  const target = to.collection(name);
  const isNew = (await target.findOne({}, { projection: { _id: 1 } })) === null;
  // Wrong ones go first: one of them might hold a unique key that a right one needs.
  if (!isNew) await removeWrong(source, to, name);
  const of = await source.countDocuments({});
  let done = 0;
  for await (const batch of batches(source)) {
    const there = isNew ? new Map<string, RawRow>() : await counterparts(target, batch);
    await insertRows(
      to,
      name,
      batch.filter(({ key }) => !there.has(key)),
    );
    done += batch.length;
    progress(done, of);
  }
}

/** Removes the target's documents that the source has not, or has otherwise. */
async function removeWrong(source: mongo.Collection, to: mongo.Db, name: string): Promise<void> {
  for await (const batch of batches(to.collection(name))) {
    const right = await counterparts(source, batch);
    const wrong = batch.filter(({ key, bytes }) => right.get(key)?.bytes.equals(bytes) !== true);
    await deleteRows(to, name, wrong);
  }
}

type IndexSpec = mongo.Document;

/** What a store adds to a specification by itself. */
const ownFields = new Set(['v', 'ns', 'background', 'storageEngine']);

const specOf = (given: mongo.Document): IndexSpec =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([field, value]) =>
        !ownFields.has(field) && !((field === 'sparse' || field === 'unique') && value === false),
    ),
  );

const spelled = (spec: IndexSpec): string =>
  JSON.stringify(Object.entries(spec).toSorted(([a], [b]) => (a < b ? -1 : 1)));

async function indexesOf(db: mongo.Db, name: string): Promise<Map<string, IndexSpec>> {
  const listed = await db.collection(name).listIndexes().toArray();
  const specs = listed.map(specOf).filter((spec) => spec['name'] !== '_id_');
  return new Map(specs.map((spec) => [String(spec['name']), spec]));
}

const isRight = (spec: IndexSpec, other: IndexSpec | undefined): boolean =>
  other !== undefined && spelled(spec) === spelled(other);

/** The source's indexes, all of them and no others. Returns whether one of them lets documents expire. */
export async function copyIndexes({ from, to }: Ends, name: string): Promise<boolean> {
  const wanted = await indexesOf(from, name);
  const there = await indexesOf(to, name);
  for (const [index, spec] of there) {
    if (!isRight(spec, wanted.get(index))) await to.collection(name).dropIndex(index);
  }
  const missing = [...wanted]
    .filter(([index, spec]) => !isRight(spec, there.get(index)))
    .map(([, spec]) => spec);
  if (missing.length > 0) await to.command({ createIndexes: name, indexes: missing });
  return [...wanted.values()].some((spec) => 'expireAfterSeconds' in spec);
}
