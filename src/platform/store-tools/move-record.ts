import type { mongo } from 'mongoose';

/** Where a store remembers which town it holds and whether a move into it was finished. Never copied itself. */
export const recordsCollection = 'store_moves';

export interface MoveRecord {
  readonly _id: 'town' | 'move';
  readonly value: string;
  readonly at?: Date;
}

export const moveRecords = (db: mongo.Db): mongo.Collection<MoveRecord> =>
  db.collection<MoveRecord>(recordsCollection);

export interface TownRecord {
  /** Given at the first move; null before. */
  readonly town: string | null;
  readonly move: 'copying' | 'done' | null;
}

export async function townOf(db: mongo.Db): Promise<TownRecord> {
  const records = await moveRecords(db).find().toArray();
  const valueOf = (id: MoveRecord['_id']): string | null =>
    records.find(({ _id }) => _id === id)?.value ?? null;
  const move = valueOf('move');
  return { town: valueOf('town'), move: move === 'copying' || move === 'done' ? move : null };
}

export async function recordTown(db: mongo.Db, town: string): Promise<void> {
  await moveRecords(db).updateOne({ _id: 'town' }, { $set: { value: town } }, { upsert: true });
}

/** Whether a store is the target of a move that has still to be finished: nobody may work on it. */
export const isUnfinishedMove = async (db: mongo.Db): Promise<boolean> =>
  (await townOf(db)).move === 'copying';
