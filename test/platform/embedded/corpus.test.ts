import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { differences } from './corpus/differences.js';
import { expressionCases, expressionRefusals, subject } from './corpus/expressions.js';
import { filterTables } from './corpus/filters.js';
import { pipelineCases } from './corpus/pipelines.js';
import { projectionCases, sortCases } from './corpus/projections.js';
import { updateCases, upsertCases } from './corpus/updates.js';
import { openStoreUnderTest, type Fields, type Row } from './store-under-test.js';

const { EJSON, ObjectId } = mongo.BSON;

/** What a line of the corpus needs of an engine. */
interface Engine {
  readonly isEmbedded: boolean;
  /** Whether its error codes are MongoDB's. */
  readonly hasCodes: boolean;
  collectionOf(rows: readonly Fields[]): Promise<mongo.Collection<Row>>;
  close(): Promise<void>;
}

async function openEmbedded(): Promise<Engine> {
  const tested = await openStoreUnderTest();
  return {
    isEmbedded: true,
    hasCodes: true,
    collectionOf: (rows) => tested.collectionOf(rows),
    close: () => tested.close(),
  };
}

async function openServer(uri: string): Promise<Engine> {
  const client = await mongo.MongoClient.connect(uri);
  const db = client.db(`corpus${randomUUID().replaceAll('-', '').slice(0, 12)}`);
  let made = 0;
  const unknown = await outcome(
    db
      .collection('c')
      .find({ a: { $frobnicate: 1 } })
      .toArray(),
  );
  return {
    isEmbedded: false,
    hasCodes: unknown === 2,
    collectionOf: async (rows) => {
      made += 1;
      const collection = db.collection<Row>(`c${made}`);
      if (rows.length > 0) await collection.insertMany(rows.map((row) => ({ _id: new ObjectId(), ...row })));
      return collection;
    },
    close: async () => {
      await db.dropDatabase();
      await client.close();
    },
  };
}

/** Values as they are stored: Double 1 is not Int32 1. */
const raw = { promoteValues: false, promoteBuffers: false, bsonRegExp: true };

const typed = (value: unknown): string => EJSON.stringify(value, { relaxed: false });

/** A result, or the code of the refusal. */
async function outcome<T>(promise: Promise<T>): Promise<T | number> {
  try {
    return await promise;
  } catch (error) {
    // With unpromoted values the code arrives as an Int32.
    if (error instanceof mongo.MongoServerError) return Number(error.code);
    throw error;
  }
}

/** Codes are compared where they are MongoDB's; elsewhere it counts that the line is refused at all. */
const same = (engine: Engine, result: unknown, expected: unknown, message?: string): void =>
  typeof result === 'number' && typeof expected === 'number' && !engine.hasCodes
    ? assert.ok(result > 0 && expected > 0, message)
    : assert.equal(result, expected, message);

interface Line {
  readonly title: string;
  readonly check: (engine: Engine) => Promise<void>;
}

async function idsOf(cursor: mongo.FindCursor<mongo.WithId<Row>>): Promise<string | number> {
  const found = await outcome(cursor.project({ _id: 1 }).toArray());
  return typeof found === 'number' ? found : found.map(({ _id }) => String(_id)).join(' ');
}

function filterLines(): Line[] {
  return filterTables.flatMap(({ name, rows, cases }) => {
    const made = new Map<Engine, Promise<mongo.Collection<Row>[]>>();
    const collectionsOf = async (engine: Engine): Promise<mongo.Collection<Row>[]> => {
      const plain = await engine.collectionOf(rows);
      if (!engine.isEmbedded) return [plain];
      const field = Object.keys(rows[0] ?? {}).at(-1) ?? '';
      const indexed = await engine.collectionOf(rows);
      await indexed.createIndexes([{ key: { [field]: 1 } }, { key: { [field]: -1, _id: 1 } }]);
      return [plain, indexed];
    };
    return cases.map(([filter, expected]) => ({
      title: `finds among ${name} by ${typed(filter)}`,
      check: async (engine) => {
        const collections = made.get(engine) ?? collectionsOf(engine);
        made.set(engine, collections);
        for (const collection of await collections) {
          const found = await idsOf(collection.find(filter).sort({ _id: 1 }));
          const sorted = typeof found === 'number' ? found : found.split(' ').sort().join(' ');
          same(engine, sorted, expected);
        }
      },
    }));
  });
}

const isReplacement = (update: Fields | Fields[]): boolean =>
  !Array.isArray(update) && !Object.keys(update)[0]?.startsWith('$');

function updateLines(): Line[] {
  return updateCases.map(({ name, before, update, after, filter, arrayFilters }) => ({
    title: `updates: ${name}`,
    check: async (engine) => {
      const collection = await engine.collectionOf([{ _id: 1, ...before }]);
      const options = arrayFilters ? { arrayFilters } : {};
      const result = await outcome(collection.updateOne({ _id: 1, ...filter }, update, options));
      same(engine, typeof result === 'number' && result, typeof after === 'number' && after);
      const expected = typeof after === 'number' ? before : after;
      const [stored] = await collection.find({}, raw).toArray();
      assert.equal(typed(stored), typed({ _id: 1, ...expected }));
    },
  }));
}

function upsertLines(): Line[] {
  return upsertCases.map(({ name, filter, update, after, arrayFilters }) => ({
    title: `upserts: ${name}`,
    check: async (engine) => {
      const collection = await engine.collectionOf([]);
      const options = { upsert: true, ...(arrayFilters ? { arrayFilters } : {}) };
      const result =
        isReplacement(update) && !Array.isArray(update)
          ? await outcome(collection.replaceOne(filter, update, options))
          : await outcome(collection.updateOne(filter, update, options));
      if (typeof after === 'number') {
        same(engine, result, after);
        return;
      }
      const [stored = {}] = await collection.find({}, raw).toArray();
      const { _id, ...rest } = stored as Fields;
      assert.equal(typed('_id' in after ? { _id, ...rest } : rest), typed(after));
    },
  }));
}

function projectionLines(): Line[] {
  return projectionCases.map(({ projection, before, after, filter = {} }) => ({
    title: `projects ${typed(projection)}`,
    check: async (engine) => {
      const collection = await engine.collectionOf([before]);
      const found = await outcome(collection.find(filter, raw).project(projection).toArray());
      if (typeof after === 'number') same(engine, found, after);
      else assert.equal(typed(found), typed([after]));
    },
  }));
}

function sortLines(): Line[] {
  return sortCases.map(({ name, rows, sort, ids }) => ({
    title: `sorts ${name}`,
    check: async (engine) => {
      const collection = await engine.collectionOf(rows);
      assert.equal(await idsOf(collection.find({}).sort(sort)), ids);
      // There are no indexes over positions.
      if (!engine.isEmbedded || Object.keys(sort).some((path) => /\.\d/.test(path))) return;
      await collection.createIndex(sort);
      assert.equal(await idsOf(collection.find({}).sort(sort)), ids, 'with an index');
    },
  }));
}

function pipelineLines(): Line[] {
  return pipelineCases.map(({ name, rows, pipeline, after }) => ({
    title: `runs ${name}`,
    check: async (engine) => {
      const collection = await engine.collectionOf(rows);
      const result = await outcome(collection.aggregate(pipeline, raw).toArray());
      if (typeof after === 'number') same(engine, result, after);
      else assert.equal(typed(result), typed(after));
    },
  }));
}

function expressionLines(): Line[] {
  const evaluate = async (engine: Engine, expression: unknown): Promise<unknown> => {
    const collection = await engine.collectionOf([subject]);
    const pipeline = [{ $project: { _id: 0, r: expression } }];
    const result = await outcome(collection.aggregate(pipeline, raw).toArray());
    return typeof result === 'number' ? result : result[0]?.['r'];
  };
  const values = expressionCases.map(([expression, value]): Line => ({
    title: `computes ${typed(expression)} as ${typed(value)}`,
    check: async (engine) => assert.equal(typed(await evaluate(engine, expression)), typed(value)),
  }));
  const refusals = expressionRefusals.map(([expression, code]): Line => ({
    title: `refuses to compute ${typed(expression)}`,
    check: async (engine) => same(engine, await evaluate(engine, expression), code),
  }));
  return [...values, ...refusals];
}

const corpus: readonly Line[] = [
  ...filterLines(),
  ...updateLines(),
  ...upsertLines(),
  ...projectionLines(),
  ...sortLines(),
  ...pipelineLines(),
  ...expressionLines(),
];

function runOn(open: () => Promise<Engine>, pendingOf: (title: string) => string | undefined): void {
  let engine: Engine;
  before(async () => {
    engine = await open();
  });
  after(() => engine.close());
  for (const { title, check } of corpus) {
    const reason = pendingOf(title);
    if (reason === undefined) it(title, () => check(engine));
    else it(`${title} (${reason})`);
  }
}

describe('the corpus', () => {
  it('has lines enough, each by its own name, and excuses none that is not there', () => {
    const titles = new Set(corpus.map(({ title }) => title));
    assert.equal(titles.size, corpus.length);
    assert.ok(corpus.length >= 400, String(corpus.length));
    assert.deepEqual(
      [...differences.keys()].filter((title) => !titles.has(title)),
      [],
    );
  });

  describe('on the embedded store', () => runOn(openEmbedded, () => undefined));

  const uri = process.env['TEST_MONGODB_URI'];
  if (!uri) it('on the server TEST_MONGODB_URI names');
  else
    describe('on TEST_MONGODB_URI', () =>
      runOn(
        () => openServer(uri),
        (title) => differences.get(title),
      ));
});
