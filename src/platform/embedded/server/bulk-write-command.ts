import { encode } from '../bson/codec.js';
import { doc, integer, RawDocument, type Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { Arguments } from './arguments.js';
import { filterOf, type Call, type Command } from './command.js';
import { eachStatement, insertOne, readUpdate, remove, targetOf, update, type Target } from './statements.js';

const noOffs = new Set<string>();

/** The first field names what a statement does; its value says on which of the namespaces. */
const statementFields = {
  insert: new Set(['insert', 'document']),
  update: new Set(['update', 'filter', 'updateMods', 'multi', 'upsert', 'arrayFilters', 'hint', 'sort']),
  delete: new Set(['delete', 'filter', 'multi', 'hint']),
} as const;

type Kind = keyof typeof statementFields;

const isKind = (name: string | undefined): name is Kind =>
  name !== undefined && Object.hasOwn(statementFields, name);

function readTarget(call: Call, given: Doc): Target {
  const args = new Arguments(given, 'bulkWrite.nsInfo');
  args.check(new Set(['ns']), noOffs);
  const namespace = args.string('ns');
  const at = namespace.indexOf('.');
  if (at < 1) throw new ServerError('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  return targetOf(call, namespace.slice(0, at), namespace.slice(at + 1));
}

/** Statements of all kinds on several collections, as a client's own bulkWrite sends them. */
function bulkWrite(call: Call): Doc {
  const { args, cursors, db } = call;
  if (db !== 'admin')
    throw new ServerError('Unauthorized', 'bulkWrite may only be run against the admin database.');
  const targets = args.documents('nsInfo').map((given) => readTarget(call, given));
  const total = { inserted: 0, matched: 0, modified: 0, upserted: 0, deleted: 0 };
  const results = new Map<number, Doc>();
  const failures = eachStatement(call, args.documents('ops'), (given, index) => {
    const [kind] = given.keys();
    if (!isKind(kind))
      throw new ServerError('FailedToParse', 'BulkWrite ops must begin with insert, update or delete');
    const statement = new Arguments(given, `bulkWrite.${kind}`);
    statement.check(statementFields[kind], noOffs);
    const target = targets[statement.amount(kind) ?? -1];
    if (!target)
      throw new ServerError('BadValue', `BulkWrite ops entry ${index} has an invalid nsInfo index.`);
    results.set(index, run(kind, statement, target, total));
  });
  for (const [index, fields] of failures) results.set(index, new Map([...doc({ ok: 0 }), ...fields]));
  const isErrorsOnly = args.flag('errorsOnly');
  const replies = [...results]
    .toSorted(([a], [b]) => a - b)
    .map(([index, result]) => new Map([...doc({ idx: integer(index) }), ...result]))
    .filter((reply) => !isErrorsOnly || reply.get('ok') === 0);
  return doc({
    cursor: cursors.start({
      namespace: 'admin.$cmd.bulkWrite',
      documents: replies.map((reply) => new RawDocument(encode(reply))),
      batchSize: new Arguments(args.document('cursor'), 'cursor').amount('batchSize') ?? Infinity,
    }),
    nErrors: integer(failures.length),
    nInserted: integer(total.inserted),
    nMatched: integer(total.matched),
    nModified: integer(total.modified),
    nUpserted: integer(total.upserted),
    nDeleted: integer(total.deleted),
  });
}

type Total = Record<'inserted' | 'matched' | 'modified' | 'upserted' | 'deleted', number>;

function run(kind: Kind, args: Arguments, target: Target, total: Total): Doc {
  switch (kind) {
    case 'insert':
      insertOne(target, args.document('document'), null);
      total.inserted += 1;
      return doc({ ok: 1, n: integer(1) });
    case 'update': {
      const names = { filter: 'filter', update: 'updateMods' };
      const { matched, modified, inserted } = update(target, readUpdate(args, names, target));
      total.matched += matched;
      total.modified += modified;
      total.upserted += inserted ? 1 : 0;
      return doc({
        ok: 1,
        n: integer(inserted ? 1 : matched),
        nModified: integer(modified),
        upserted: inserted ? doc({ _id: inserted.get('_id') }) : undefined,
      });
    }
    case 'delete': {
      const removed = remove(target, {
        filter: filterOf(args, 'filter', target.environment),
        sort: [],
        skip: 0,
        limit: args.flag('multi') ? null : 1,
        hint: args.get('hint'),
        deadline: target.deadline,
      });
      total.deleted += removed;
      return doc({ ok: 1, n: integer(removed) });
    }
    default:
      return kind satisfies never;
  }
}

export const bulkWriteCommand: Command = {
  fields: ['ops', 'nsInfo', 'ordered', 'errorsOnly', 'cursor', 'bypassDocumentValidation', 'let'],
  run: bulkWrite,
};
