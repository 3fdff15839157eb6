import type { Doc, Value } from '../bson/values.js';
import { compileFilter, type Filter } from '../query/filter.js';
import type { Environment } from '../aggregate/expression-types.js';
import { compileExpression } from '../aggregate/expression.js';
import type { Setting } from '../aggregate/setting.js';
import type { Collection } from '../storage/collection.js';
import type { Store } from '../storage/store.js';
import type { Deadline } from '../query/find.js';
import { ServerError } from '../errors.js';
import type { Arguments } from './arguments.js';
import type { Cursors } from './cursors.js';

/** The clients of this server. */
export interface Connections {
  current: number;
  totalCreated: number;
}

/** What a command works on. */
export interface Call {
  readonly args: Arguments;
  readonly db: string;
  readonly store: Store;
  readonly cursors: Cursors;
  readonly connections: Connections;
  readonly connectionId: number;
  readonly now: Date;
  readonly deadline: Deadline;
}

/** One command: the fields it knows, those it only accepts switched off, and what it does. `ok: 1` is added. */
export interface Command {
  readonly fields: readonly string[];
  readonly off?: readonly string[];
  /** Takes any field, for commands whose content is information only. */
  readonly isLenient?: boolean;
  readonly run: (call: Call) => Doc;
}

/** The collection named by the command's first field; null when it does not exist. */
export const collectionOf = ({ store, db, args }: Call): Collection | null =>
  store.find(db, args.string(args.name));

export function needsCollection(call: Call): Collection {
  const found = collectionOf(call);
  if (found) return found;
  throw new ServerError('NamespaceNotFound', `ns does not exist: ${namespaceOf(call)}`);
}

export const namespaceOf = ({ db, args }: Call): string => `${db}.${args.string(args.name)}`;

/** `now` and the variables of `let`, which are evaluated before any document is looked at. */
export function environmentOf({ args, now }: Call): Environment {
  const empty: Environment = { now, variables: new Map() };
  const context = { root: new Map<string, Value>(), environment: empty };
  const variables = [...args.document('let')].map(
    ([name, value]) => [name, compileExpression(value)(context)] as const,
  );
  return { now, variables: new Map(variables) };
}

/** What the stages of a pipeline need besides their documents. */
export function settingOf(call: Call): Setting {
  const { store, db, args, deadline } = call;
  return { store, db, environment: environmentOf(call), deadline, hint: args.get('hint') };
}

export const filterOf = (args: Arguments, field: string, environment: Environment): Filter =>
  compileFilter(args.document(field), environment);
