import { encode } from '../bson/codec.js';
import { keyText } from '../bson/index-key.js';
import { checkPath, splitPath, visit } from '../bson/paths.js';
import { doc, integer, RawDocument, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compileStages, runOn } from '../aggregate/pipeline.js';
import { compileProjection } from '../query/projection.js';
import { countRows, findRows, type Query } from '../query/find.js';
import { readSort } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';
import { Arguments } from './arguments.js';
import { tellingStage } from './collection-stats.js';
import { environmentOf, filterOf, namespaceOf, settingOf, type Call, type Command } from './command.js';
import { readSource, throughView } from './view-reads.js';
import { writeResults, writingStage } from './write-results.js';

/** The query of find, count or distinct, whose filters go by different names. */
export function readQuery(call: Call, filterField: 'filter' | 'query'): Query {
  const { args, deadline } = call;
  const limit = args.whole('limit');
  return {
    filter: filterOf(args, filterField, environmentOf(call)),
    sort: readSort(args.document('sort')),
    skip: args.amount('skip') ?? 0,
    // No limit is written as 0; count takes a negative one for its magnitude.
    limit: limit === null || limit === 0 ? null : Math.abs(limit),
    hint: args.get('hint'),
    deadline,
  };
}

function find(call: Call): Doc {
  const { args, cursors } = call;
  if ((args.whole('limit') ?? 0) < 0) throw new ServerError(51024, "BSON field 'limit' value must be >= 0");
  const query = readQuery(call, 'filter');
  const spec = args.document('projection');
  const project = compileProjection(spec, { environment: environmentOf(call), find: query.filter });
  const { collection, stages } = readSource(call);
  const stored = collection ? found(collection, query, spec.size > 0 ? project : null) : [];
  return doc({
    cursor: cursors.start({
      namespace: namespaceOf(call),
      documents: stages.length > 0 ? encoded(throughView(call, 'filter')) : stored,
      batchSize: args.amount('batchSize'),
      isSingleBatch: args.flag('singleBatch'),
    }),
  });
}

/** Without a projection the stored bytes are the answer. */
function* found(
  collection: Collection,
  query: Query,
  project: ((document: Doc) => Doc) | null,
): Generator<RawDocument> {
  for (const row of findRows(collection, query)) {
    yield new RawDocument(project ? encode(project(row.document)) : row.bytes);
  }
}

function count(call: Call): Doc {
  const { collection, stages } = readSource(call);
  const query = readQuery(call, 'query');
  if (stages.length > 0) {
    let n = 0;
    for (const document of throughView(call, 'query')) n += document.size >= 0 ? 1 : 0;
    return doc({ n: integer(n) });
  }
  return doc({ n: integer(collection ? countRows(collection, query) : 0) });
}

function distinct(call: Call): Doc {
  const { args } = call;
  const key = args.string('key');
  checkPath(key);
  const path = splitPath(key);
  const query = readQuery(call, 'query');
  const { collection, stages } = readSource(call);
  const rows = collection && stages.length === 0 ? findRows(collection, query) : [];
  const values = new Map<string, Value>();
  const collect = (value: Value): void => {
    const text = keyText(value);
    if (!values.has(text)) values.set(text, value);
  };
  for (const each of stages.length > 0 ? throughView(call, 'query') : rows) {
    visit(each instanceof Map ? each : each.document, path, false, (value) => {
      if (Array.isArray(value)) value.forEach(collect);
      else if (value !== undefined) collect(value);
      return false;
    });
  }
  return doc({ values: [...values.values()] });
}

function aggregate(call: Call): Doc {
  const { args, cursors } = call;
  if (args.get('aggregate') === 1 || typeof args.get('aggregate') !== 'string') {
    throw new ServerError(
      'InvalidNamespace',
      'this store aggregates over collections only; got {aggregate: 1}',
    );
  }
  const cursor = args.optionalDocument('cursor');
  if (cursor === null)
    throw new ServerError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const pipeline = args.list('pipeline');
  const last = writingStage(pipeline);
  const documents = aggregated(call, last ? pipeline.slice(0, -1) : pipeline);
  return doc({
    cursor: cursors.start({
      namespace: namespaceOf(call),
      documents: last ? writeResults(last, documents, call) : encoded(documents),
      batchSize: new Arguments(cursor, 'cursor').amount('batchSize'),
    }),
  });
}

/** The documents a pipeline is about are the collection's, the view's, or what a first stage tells of the collection. */
function aggregated(call: Call, pipeline: readonly Value[]): Iterable<Doc> {
  const told = tellingStage(pipeline, call);
  if (told) return compileStages(pipeline.slice(1), settingOf(call))(told);
  const { collection, stages } = readSource(call);
  return runOn(collection, [...stages, ...pipeline], settingOf(call));
}

function* encoded(documents: Iterable<Doc>): Generator<RawDocument> {
  for (const document of documents) yield new RawDocument(encode(document));
}

function getMore({ args, cursors, db }: Call): Doc {
  const id = args.get('getMore');
  if (typeof id !== 'bigint')
    throw new ServerError('TypeMismatch', "BSON field 'getMore.getMore' must be a long");
  return doc({ cursor: cursors.more(id, `${db}.${args.string('collection')}`, args.amount('batchSize')) });
}

function killCursors({ args, cursors }: Call): Doc {
  const ids = args.list('cursors').filter((id) => typeof id === 'bigint');
  const killed = ids.filter((id) => cursors.kill(id));
  return doc({
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  });
}

export const readCommands: Readonly<Record<string, Command>> = {
  find: {
    fields: [
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'let',
      'noCursorTimeout',
      'allowDiskUse',
      'allowPartialResults',
    ],
    off: ['tailable', 'awaitData', 'returnKey', 'showRecordId', 'oplogReplay', 'min', 'max'],
    run: find,
  },
  count: { fields: ['query', 'limit', 'skip', 'hint'], run: count },
  distinct: { fields: ['key', 'query', 'hint'], run: distinct },
  aggregate: {
    fields: ['pipeline', 'cursor', 'hint', 'let', 'allowDiskUse', 'bypassDocumentValidation'],
    off: ['explain'],
    run: aggregate,
  },
  getMore: { fields: ['collection', 'batchSize'], run: getMore },
  killCursors: { fields: ['cursors'], run: killCursors },
};
