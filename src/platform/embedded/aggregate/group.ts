import { Int32 } from 'bson';
import { keyComponent, keyText } from '../bson/index-key.js';
import { isNumeric } from '../bson/numbers.js';
import { integer, isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compileExpression } from './expression.js';
import { type Environment, type Expression } from './expression-types.js';
import { mergeObjects } from './array-operators.js';
import { average, extreme } from './number-operators.js';
import { Sum } from './sum.js';

/** Gathers the values of one group. */
interface Accumulator {
  add(value: Value | undefined): void;
  result(): Value;
}

/** Keeps one value and folds each further one into it. */
function folding(
  start: Value,
  fold: (kept: Value, value: Value | undefined, isFirst: boolean) => Value,
): () => Accumulator {
  return () => {
    let kept = start;
    let isFirst = true;
    return {
      add: (value) => {
        kept = fold(kept, value, isFirst);
        isFirst = false;
      },
      result: () => kept,
    };
  };
}

/** Keeps all numbers, because an average of partial sums would round otherwise. */
function averaging(): Accumulator {
  const numbers: Value[] = [];
  return {
    add: (value) => {
      if (isNumeric(value)) numbers.push(value);
    },
    result: () => average(numbers),
  };
}

function counting(): Accumulator {
  let count = 0;
  return {
    add: () => {
      count += 1;
    },
    result: () => integer(count),
  };
}

function pushing(): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value !== undefined) values.push(value);
    },
    result: () => values,
  };
}

function collecting(): Accumulator {
  const values = new Map<string, Value>();
  return {
    add: (value) => {
      if (value !== undefined && !values.has(keyText(value))) values.set(keyText(value), value);
    },
    result: () => [...values.values()],
  };
}

const accumulators: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => new Sum(),
  $avg: averaging,
  $min: folding(null, (kept, value) => extreme([kept, value], 1)),
  $max: folding(null, (kept, value) => extreme([kept, value], -1)),
  $first: folding(null, (kept, value, isFirst) => (isFirst ? (value ?? null) : kept)),
  $last: folding(null, (_, value) => value ?? null),
  $push: pushing,
  $addToSet: collecting,
  $mergeObjects: folding(new Map(), (kept, value) => mergeObjects([kept, value])),
  $count: counting,
};

interface Field {
  readonly name: string;
  readonly expression: Expression;
  readonly make: () => Accumulator;
}

/** The accumulated fields of $group and $bucket. */
export function readAccumulators(fields: Iterable<readonly [string, Value]>): Field[] {
  return [...fields].map(([name, given]) => {
    const [entry, second] = isDoc(given) ? [...given] : [];
    if (!entry?.[0].startsWith('$'))
      throw new ServerError(40234, `The field '${name}' must be an accumulator object`);
    if (second) throw new ServerError(40238, `The field '${name}' must specify one accumulator`);
    if (name.includes('.')) throw new ServerError(40235, `The field name '${name}' cannot contain '.'`);
    const [operator, argument] = entry;
    const make = accumulators[operator];
    if (!make) throw new ServerError(15952, `unknown group operator '${operator}'`);
    if (operator === '$count' && !(isDoc(argument) && argument.size === 0)) {
      throw new ServerError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
    }
    if (Array.isArray(argument) && argument.length !== 1)
      throw new ServerError(40237, `The ${operator} accumulator is a unary operator`);
    return {
      name,
      expression: compileExpression(Array.isArray(argument) ? (argument[0] ?? null) : argument),
      make,
    };
  });
}

/** Groups documents by a key; groups appear in the order of their first document. */
export function grouped(
  documents: Iterable<Doc>,
  {
    key,
    fields,
    environment,
  }: { key: (document: Doc) => Value; fields: readonly Field[]; environment: Environment },
): Doc[] {
  const groups = new Map<string, { id: Value; gathered: Accumulator[] }>();
  for (const root of documents) {
    const id = key(root);
    const text = keyText(id);
    let group = groups.get(text);
    if (!group) {
      group = { id, gathered: fields.map(({ make }) => make()) };
      groups.set(text, group);
    }
    for (const [at, { expression }] of fields.entries())
      group.gathered[at]?.add(expression({ root, environment }));
  }
  return [...groups.values()].map(({ id, gathered }) => {
    const made: Doc = new Map([['_id', id]]);
    for (const [at, { name }] of fields.entries()) made.set(name, gathered[at]?.result() ?? null);
    return made;
  });
}

export function compileGroup(
  spec: Doc,
  environment: Environment,
): (documents: Iterable<Doc>) => Iterable<Doc> {
  const id = spec.get('_id');
  if (id === undefined) throw new ServerError(15955, 'a group specification must include an _id');
  const expression = compileExpression(id);
  const fields = readAccumulators([...spec].filter(([name]) => name !== '_id'));
  const key = (root: Doc): Value => expression({ root, environment }) ?? null;
  return (documents) => grouped(documents, { key, fields, environment });
}

/** $bucket: each value belongs to the last boundary that is not greater than it. */
export function compileBucket(
  spec: Doc,
  environment: Environment,
): (documents: Iterable<Doc>) => Iterable<Doc> {
  const boundaries = spec.get('boundaries');
  const groupBy = spec.get('groupBy');
  if (!Array.isArray(boundaries) || groupBy === undefined)
    throw new ServerError(40198, '$bucket requires groupBy and boundaries');
  for (const name of spec.keys()) {
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(name))
      throw new ServerError(40197, `Unrecognized option to $bucket: ${name}.`);
  }
  const bytes = boundaries.map((boundary) => keyComponent(boundary, 1));
  if (bytes.length < 2)
    throw new ServerError(40192, 'The $bucket boundaries field must have at least 2 values');
  if (bytes.some((each, at) => at > 0 && Buffer.compare(bytes[at - 1] ?? each, each) >= 0)) {
    throw new ServerError(40194, `The 'boundaries' option to $bucket must be sorted: ${show(boundaries)}`);
  }
  const expression = compileExpression(groupBy);
  const other = spec.get('default');
  const key = (root: Doc): Value => {
    const value = keyComponent(expression({ root, environment }), 1);
    const above = bytes.findIndex((each) => Buffer.compare(value, each) < 0);
    const found = above <= 0 ? undefined : boundaries[above - 1];
    if (found !== undefined) return found;
    if (other !== undefined) return other;
    throw new ServerError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
  const output = spec.get('output');
  const count: Value = new Map([['$sum', new Int32(1)]]);
  const fields = readAccumulators(isDoc(output) ? output : [['count', count]]);
  return (documents) => {
    const groups = grouped(documents, { key, fields, environment });
    return groups.sort((a, b) =>
      Buffer.compare(keyComponent(a.get('_id'), 1), keyComponent(b.get('_id'), 1)),
    );
  };
}
