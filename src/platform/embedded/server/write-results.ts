import { decode, encode } from '../bson/codec.js';
import { isDoc, RawDocument, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { stageEntry } from '../aggregate/document-stages.js';
import type { Call } from './command.js';
import { compileMerge } from './merge-stage.js';
import { insertOne, targetOf, type Target } from './statements.js';

/** The stage that writes what the others make. */
export interface WritingStage {
  readonly name: '$out' | '$merge';
  readonly argument: Value;
}

/** A pipeline's last stage when it writes; null when the pipeline only reads. */
export function writingStage(pipeline: readonly Value[]): WritingStage | null {
  const last = pipeline.at(-1);
  if (last === undefined) return null;
  const [name, argument] = stageEntry(last);
  return name === '$out' || name === '$merge' ? { name, argument } : null;
}

/** Results are all made before one is written: what is written to may be what is read. */
const mostResultBytes = 100 * 1024 * 1024;

/** Writes the results; the reply of such an aggregation is empty. */
export function writeResults({ name, argument }: WritingStage, results: Iterable<Doc>, call: Call): never[] {
  const write = name === '$out' ? compileOut(argument, call) : compileMerge(argument, call);
  let bytes = 0;
  const made = Array.from(results, (result) => {
    const encoded = encode(result);
    bytes += encoded.length;
    if (bytes > mostResultBytes) {
      throw new ServerError(
        'QueryExceededMemoryLimit',
        `the embedded store writes no more than ${mostResultBytes} bytes with one ${name}`,
      );
    }
    return new RawDocument(encoded);
  });
  write(made);
  return [];
}

/** `$out` puts the results in the place of a collection, whose indexes and options stay, or leaves it as it was. */
function compileOut(argument: Value, call: Call): (results: readonly RawDocument[]) => void {
  const target = outTarget(argument, call);
  const { store, db, name } = target;
  store.find(db, name);
  return (results) => {
    store.undoably(() => {
      const before = store.find(db, name);
      if (before) store.drop(before);
      const made = store.ensure(db, name, before?.options);
      for (const { spec } of before?.indexes ?? []) made.createIndex(spec.document);
      for (const { bytes } of results) insertOne(target, decode(bytes), bytes);
    });
    call.cursors.killOver((namespace) => namespace === `${db}.${name}`);
  };
}

function outTarget(argument: Value, call: Call): Target {
  if (typeof argument === 'string') return targetOf(call, call.db, argument);
  const [db, coll, third] = isDoc(argument)
    ? [argument.get('db'), argument.get('coll'), argument.size > 2]
    : [];
  if (typeof db === 'string' && typeof coll === 'string' && third === false) return targetOf(call, db, coll);
  throw new ServerError(16990, `$out only supports a string or { db, coll }, got ${show(argument)}`);
}
