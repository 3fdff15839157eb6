import { decode } from '../bson/codec.js';
import { doc, integer, isDoc, RawDocument, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { Arguments } from './arguments.js';
import { filterOf, type Call, type Command } from './command.js';
import {
  eachStatement,
  insertOne,
  readUpdate,
  remove,
  targetOf,
  update,
  type Failure,
  type Target,
} from './statements.js';

const ownTarget = (call: Call): Target => targetOf(call, call.db, call.args.string(call.args.name));

const errorsOf = (failures: readonly Failure[]): Value[] | undefined =>
  failures.length === 0
    ? undefined
    : failures.map(([index, fields]) => new Map([...doc({ index: integer(index) }), ...fields]));

function runInsert(call: Call): Doc {
  const target = ownTarget(call);
  const statements = call.args.list('documents');
  target.store.ensure(target.db, target.name);
  let n = 0;
  const failures = eachStatement(call, statements, (given) => {
    const sent = given instanceof RawDocument ? decode(given.bytes) : given;
    if (!isDoc(sent))
      throw new ServerError('TypeMismatch', "BSON field 'insert.documents' must hold objects");
    insertOne(target, sent, given instanceof RawDocument ? given.bytes : null);
    n += 1;
  });
  return doc({ n: integer(n), writeErrors: errorsOf(failures) });
}

const updateFields = new Set(['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'sort']);

function runUpdate(call: Call): Doc {
  const target = ownTarget(call);
  let n = 0;
  let nModified = 0;
  const upserted: Value[] = [];
  const failures = eachStatement(call, call.args.documents('updates'), (given, index) => {
    const args = new Arguments(given, 'update.updates');
    args.check(updateFields, new Set());
    const { matched, modified, inserted } = update(
      target,
      readUpdate(args, { filter: 'q', update: 'u' }, target),
    );
    n += matched + (inserted ? 1 : 0);
    nModified += modified;
    if (inserted) upserted.push(doc({ index: integer(index), _id: inserted.get('_id') }));
  });
  return doc({
    n: integer(n),
    nModified: integer(nModified),
    upserted: upserted.length > 0 ? upserted : undefined,
    writeErrors: errorsOf(failures),
  });
}

const deleteFields = new Set(['q', 'limit', 'hint']);

function runDelete(call: Call): Doc {
  const target = ownTarget(call);
  let n = 0;
  const failures = eachStatement(call, call.args.documents('deletes'), (given) => {
    const args = new Arguments(given, 'delete.deletes');
    args.check(deleteFields, new Set());
    const limit = args.whole('limit');
    if (limit !== 0 && limit !== 1)
      throw new ServerError(
        'FailedToParse',
        `The limit field in delete objects must be 0 or 1. Got ${limit}`,
      );
    n += remove(target, {
      filter: filterOf(args, 'q', target.environment),
      sort: [],
      skip: 0,
      limit: limit === 1 ? 1 : null,
      hint: args.get('hint'),
      deadline: target.deadline,
    });
  });
  return doc({ n: integer(n), writeErrors: errorsOf(failures) });
}

export const writeCommands: Readonly<Record<string, Command>> = {
  insert: { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: runInsert },
  update: { fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'], run: runUpdate },
  delete: { fields: ['deletes', 'ordered', 'let'], run: runDelete },
};
