import { doc, integer, isDoc, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { headQuery } from '../aggregate/pipeline.js';
import { findRows, planOf, type Effort, type Query } from '../query/find.js';
import type { Plan } from '../query/planner.js';
import type { Collection } from '../storage/collection.js';
import { Arguments } from './arguments.js';
import {
  collectionOf,
  environmentOf,
  filterOf,
  namespaceOf,
  settingOf,
  type Call,
  type Command,
} from './command.js';
import { readQuery } from './read-commands.js';
import { readSource, viewPipeline } from './view-reads.js';

/** Explains how the documents of a command are come by; of an aggregation its head, which is what indexes serve. */
function explain(call: Call): Doc {
  const explained = call.args.document('explain');
  const [name = ''] = explained.keys();
  const inner: Call = { ...call, args: new Arguments(explained, name) };
  const { collection, query } = lookedInto(inner);
  const verbosity = call.args.get('verbosity') ?? 'allPlansExecution';
  const plan: Plan | null = collection && planOf(collection, query);
  const effort: Effort = { keys: 0, documents: 0 };
  // How many documents there are is known without looking at any.
  const isKept = name === 'count' && query.filter.kind === 'and' && query.filter.parts.length === 0;
  const queryPlanner = doc({
    namespace: namespaceOf(inner),
    winningPlan: isKept
      ? doc({ stage: 'RECORD_STORE_FAST_COUNT' })
      : plan
        ? describe(plan, query)
        : doc({ stage: 'EOF' }),
    rejectedPlans: [],
  });
  if (verbosity === 'queryPlanner') return doc({ explainVersion: '1', queryPlanner });
  const startedAt = performance.now();
  const returned = collection && plan && !isKept ? [...findRows(collection, query, effort, plan)].length : 0;
  return doc({
    explainVersion: '1',
    queryPlanner,
    executionStats: doc({
      executionSuccess: true,
      nReturned: integer(returned),
      executionTimeMillis: integer(Math.round(performance.now() - startedAt)),
      totalKeysExamined: integer(effort.keys),
      totalDocsExamined: integer(effort.documents),
    }),
  });
}

/** What indexes serve of the command; only reading commands know views. */
function lookedInto(call: Call): { collection: Collection | null; query: Query } {
  const { args } = call;
  if (!reading.has(args.name)) return { collection: collectionOf(call), query: queryOf(call) };
  const { collection, stages } = readSource(call);
  if (stages.length === 0) return { collection, query: queryOf(call) };
  const pipeline =
    args.name === 'aggregate'
      ? [...stages, ...args.list('pipeline')]
      : viewPipeline(call, stages, args.name === 'find' ? 'filter' : 'query');
  return { collection, query: headQuery(pipeline, settingOf(call)) };
}

const reading = new Set(['find', 'count', 'distinct', 'aggregate']);

function queryOf(call: Call): Query {
  const { args } = call;
  switch (args.name) {
    case 'find':
      return readQuery(call, 'filter');
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return readQuery(call, 'query');
    case 'aggregate':
      return headQuery(args.list('pipeline'), settingOf(call));
    case 'update':
    case 'delete': {
      const [statement = new Map<string, Value>()] = args.documents(`${args.name}s`);
      const filter = filterOf(new Arguments(statement, args.name), 'q', environmentOf(call));
      return { filter, sort: [], skip: 0, limit: null, hint: statement.get('hint'), deadline: call.deadline };
    }
    default:
      throw new ServerError('CommandNotFound', `Explain failed due to unknown command: ${args.name}`);
  }
}

/** The tree of stages in MongoDB's words. */
function describe(plan: Plan, { sort, skip, limit }: Query): Doc {
  let stage = source(plan);
  if (sort.length > 0 && !plan.isSorted) {
    const sortPattern = doc(Object.fromEntries(sort.map(([path, direction]) => [path, integer(direction)])));
    stage = doc({ stage: 'SORT', sortPattern, inputStage: stage });
  }
  if (skip > 0) stage = doc({ stage: 'SKIP', skipAmount: integer(skip), inputStage: stage });
  return limit === null ? stage : doc({ stage: 'LIMIT', limitAmount: integer(limit), inputStage: stage });
}

function source(plan: Plan): Doc {
  switch (plan.kind) {
    case 'collection':
      return doc({ stage: 'COLLSCAN', direction: plan.isBackward ? 'backward' : 'forward' });
    case 'union':
      return doc({ stage: 'SUBPLAN', inputStage: doc({ stage: 'OR', inputStages: plan.plans.map(source) }) });
    case 'index': {
      const { spec, multikey } = plan.index;
      const scan = doc({
        stage: 'IXSCAN',
        keyPattern: spec.key,
        indexName: spec.name,
        isMultiKey: multikey.size > 0,
        isUnique: spec.unique,
        isSparse: spec.sparse,
        isPartial: spec.partial !== null,
        direction: plan.isBackward ? 'backward' : 'forward',
        ranges: integer(plan.ranges.length),
      });
      return doc({ stage: 'FETCH', inputStage: scan });
    }
    default:
      return plan satisfies never;
  }
}

export const explainCommand: Command = {
  fields: ['verbosity'],
  run: (call) => {
    if (!isDoc(call.args.get('explain'))) throw new ServerError('TypeMismatch', 'explain needs a command');
    return explain(call);
  },
};
