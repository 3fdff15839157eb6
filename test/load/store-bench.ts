import { randomUUID } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { measure, rounded } from './measure.ts';

const KINDS = 1000;

const rowSchema = new Schema(
  { name: String, kind: Number, at: Date, amount: Number, text: String, tags: [String] },
  { versionKey: false },
);
rowSchema.index({ name: 1 });
rowSchema.index({ kind: 1, at: -1 });

/** About 400 bytes, as a small record of any program. */
const row = (n: number) => ({
  name: `name-${n}`,
  kind: n % KINDS,
  at: new Date(1_700_000_000_000 + ((n * 7919) % 100_000_000) * 1000),
  amount: n / 7,
  text: `${'The quick brown fox jumps over the lazy dog. '.repeat(6)}${n}`,
  tags: [`t${n % 10}`, `u${n % 7}`],
});

/** Speed of a store at a size, one figure after the other. */
export async function benchStore(uri: string, count: number): Promise<object[]> {
  const name = `bench${randomUUID().slice(0, 8)}`;
  const connection = await mongoose.createConnection(uri, { dbName: name, maxPoolSize: 20 }).asPromise();
  const Rows = connection.model('Row', rowSchema);
  await Rows.init();
  const figures: object[] = [];
  const note = (what: string, figure: object): void => {
    figures.push({ what, ...figure });
  };
  const singles = Math.min(5000, count);
  const random = (below: number): number => Math.floor(Math.random() * below);
  await measure(200, 20, (n) => Rows.create(row(count + n)));
  note('create, 20 parallel', await measure(singles, 20, (n) => Rows.create(row(n))));
  note(
    'indexed find, 20 parallel',
    await measure(5000, 20, () => Rows.findOne({ name: `name-${random(singles)}` }).lean()),
  );

  const batch = 1000;
  const batches = Math.ceil((count - singles) / batch);
  if (batches > 0) {
    const filled = await measure(batches, 2, (n) => {
      const from = singles + n * batch;
      const rows = Array.from({ length: Math.min(batch, count - from) }, (_, i) => row(from + i));
      return Rows.collection.insertMany(rows);
    });
    note('batch insert', { documents: count - singles, perSecond: Math.round(filled.perSecond * batch) });
  }

  const ids = await Rows.find({ kind: { $lt: 5 } }, { _id: 1 })
    .limit(2000)
    .lean();
  const oneOf = () => ids[random(ids.length)]?._id;
  note('point read by _id, 1 client', await measure(2000, 1, () => Rows.findById(oneOf()).lean()));
  note(
    'update by _id, 1 client',
    await measure(1000, 1, (n) => Rows.updateOne({ _id: oneOf() }, { $set: { amount: n } })),
  );
  note(
    'sorted page of 25, 1 client',
    await measure(500, 1, () =>
      Rows.find({ kind: random(KINDS) })
        .sort({ at: -1 })
        .limit(25)
        .lean(),
    ),
  );
  note(
    'count of one kind, 1 client',
    await measure(500, 1, () => Rows.countDocuments({ kind: random(KINDS) })),
  );
  const scanned = await measure(1, 1, () => Rows.countDocuments({ text: /no such words$/ }));
  note('scan without an index', { documents: count, perSecond: Math.round(scanned.perSecond * count) });
  note('memory of the process', { rssMB: rounded(process.memoryUsage().rss / 1_048_576) });
  await connection.dropDatabase();
  await connection.close();
  return figures;
}
