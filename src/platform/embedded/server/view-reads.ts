import { integer, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { runOn } from '../aggregate/pipeline.js';
import { sourceOf, type Source } from '../aggregate/source.js';
import { settingOf, type Call } from './command.js';

/** What a reading command is about: the collection of that name, or what the view of that name stands on. */
export const readSource = ({ store, db, args }: Call): Source => sourceOf(store, db, args.string(args.name));

/** A find, count or distinct on a view is an aggregation over what the view stands on, as in MongoDB. */
export const viewPipeline = (
  call: Call,
  stages: readonly Value[],
  filterField: 'filter' | 'query',
): readonly Value[] => [...stages, ...commandStages(call, filterField)];

export function throughView(call: Call, filterField: 'filter' | 'query'): Iterable<Doc> {
  const { collection, stages } = readSource(call);
  return runOn(collection, viewPipeline(call, stages, filterField), settingOf(call));
}

const stage = (name: string, argument: Value): Value => new Map([[name, argument]]);

function commandStages({ args }: Call, filterField: 'filter' | 'query'): Value[] {
  const sort = args.document('sort');
  const projection = args.document('projection');
  if (sort.has('$natural'))
    throw new ServerError('InvalidPipelineOperator', '$natural sort is not supported on views');
  const skip = args.amount('skip') ?? 0;
  const limit = Math.abs(args.whole('limit') ?? 0);
  return [
    stage('$match', args.document(filterField)),
    ...(sort.size > 0 ? [stage('$sort', sort)] : []),
    ...(skip > 0 ? [stage('$skip', integer(skip))] : []),
    ...(limit > 0 ? [stage('$limit', integer(limit))] : []),
    ...(projection.size > 0 ? [stage('$project', projection)] : []),
  ];
}
