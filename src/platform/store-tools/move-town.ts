import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { copyCollection, copyIndexes, type Ends } from './copy-collection.ts';
import { recordsCollection, moveRecords, recordTown, townOf } from './move-record.ts';
import { sumOf, type Sum } from './raw-documents.ts';

/** Who is signed in, and the scheduler's timetable: both are made anew where the program starts. */
export const leftOut: readonly string[] = ['sessions', 'scheduled_jobs', 'job_runs'];

/** A document may expire on one side while the other is read. */
const roundsWhenExpiring = 3;

/** Why nothing was begun; `commands:move.refused` has a sentence for each. */
export type MoveRefusal = 'emptySource' | 'unfinishedSource' | 'otherTown' | 'sameTown';

export class MoveRefused extends Error {
  readonly why: MoveRefusal;

  constructor(why: MoveRefusal) {
    super(why);
    this.why = why;
  }
}

export interface Moved {
  readonly collection: string;
  readonly from: Sum;
  readonly to: Sum;
}

export const isSame = ({ from, to }: Moved): boolean =>
  from.count === to.count && from.checksum === to.checksum;

export interface MoveOptions extends Ends {
  /** Make a target that holds this same town already equal to the source, losing what only the target has. */
  readonly overwrite: boolean;
  readonly now: Date;
  readonly progress: (collection: string, done: number, of: number) => void;
}

/** Copies a town from one store into another and compares the two. Begun again after an interruption, it goes on. */
export async function moveTown(options: MoveOptions): Promise<Moved[]> {
  const { from, to, now } = options;
  await begin(options);
  const collections = await collectionsOf(from);
  for (const name of (await collectionsOf(to)).keys()) {
    if (!collections.has(name)) await to.dropCollection(name);
  }
  const moved: Moved[] = [];
  for (const [name, settings] of collections) {
    await makeCollection(to, name, settings);
    moved.push(await moveCollection(options, name));
  }
  if (moved.every(isSame)) await recordMove(to, 'done', now);
  return moved;
}

async function moveCollection(options: MoveOptions, name: string): Promise<Moved> {
  for (let round = 1; ; round += 1) {
    await copyCollection(options, name, (done, of) => options.progress(name, done, of));
    const expires = await copyIndexes(options, name);
    const moved = {
      collection: name,
      from: await sumOf(options.from.collection(name)),
      to: await sumOf(options.to.collection(name)),
    };
    if (isSame(moved) || !expires || round === roundsWhenExpiring) return moved;
  }
}

async function begin({ from, to, overwrite, now }: MoveOptions): Promise<void> {
  if (await isEmpty(from)) throw new MoveRefused('emptySource');
  const source = await townOf(from);
  const target = await townOf(to);
  if (source.move === 'copying') throw new MoveRefused('unfinishedSource');
  if (!(await isEmpty(to)) || target.town !== null) {
    if (target.town === null || target.town !== source.town) throw new MoveRefused('otherTown');
    if (target.move !== 'copying' && !overwrite) throw new MoveRefused('sameTown');
  }
  const town = source.town ?? randomUUID();
  if (source.town === null) await recordTown(from, town);
  await recordMove(to, 'copying', now);
  await recordTown(to, town);
}

const recordMove = async (to: mongo.Db, state: 'copying' | 'done', at: Date): Promise<void> => {
  await moveRecords(to).updateOne({ _id: 'move' }, { $set: { value: state, at } }, { upsert: true });
};

/** The collections a move is about, with the options they were made with. */
async function collectionsOf(db: mongo.Db): Promise<Map<string, mongo.Document>> {
  const listed = await db.listCollections().toArray();
  return new Map(
    listed
      .filter(({ name, type }) => type !== 'view' && !name.startsWith('system.'))
      .filter(({ name }) => name !== recordsCollection && !leftOut.includes(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((each) => [each.name, 'options' in each ? (each.options ?? {}) : {}]),
  );
}

async function isEmpty(db: mongo.Db): Promise<boolean> {
  for (const name of (await collectionsOf(db)).keys()) {
    if (await db.collection(name).findOne({}, { projection: { _id: 1 } })) return false;
  }
  return true;
}

async function makeCollection(to: mongo.Db, name: string, settings: mongo.Document): Promise<void> {
  if ((await to.listCollections({ name }).toArray()).length > 0) return;
  await to.command({ create: name, ...settings });
}
