import { isDoc, show, typeName, type Doc, type Value } from '../bson/values.js';
import { ServerError, type ErrorName } from '../errors.js';
import { compileAddition, compileProjection } from '../query/projection.js';
import { compileExpression } from './expression.js';
import type { Environment } from './expression-types.js';

/** One document in, one document out. */
export type DocumentStage = (document: Doc) => Doc;

type MakeStage = (argument: Value, environment: Environment, name: string) => DocumentStage;

export function needsDoc(argument: Value, name: string, code: ErrorName | number = 40272): Doc {
  if (isDoc(argument)) return argument;
  throw new ServerError(code, `${name} specification must be an object, got ${typeName(argument)}`);
}

const addFields: MakeStage = (argument, environment, name) =>
  compileAddition(needsDoc(argument, name), environment);

const project: MakeStage = (argument, environment, name) =>
  compileProjection(needsDoc(argument, name, 15969), { environment, find: null });

const unset: MakeStage = (argument, environment) => {
  const paths = Array.isArray(argument) ? argument : [argument];
  if (paths.length === 0)
    throw new ServerError(31119, '$unset specification must be a string or an array with at least one field');
  const spec: Doc = new Map();
  for (const path of paths) {
    if (typeof path !== 'string')
      throw new ServerError(
        31120,
        '$unset specification must be a string or an array containing only string values',
      );
    spec.set(path, false);
  }
  return compileProjection(spec, { environment, find: null });
};

const replaceWith: MakeStage = (argument, environment, name) => {
  const expression = compileExpression(argument);
  return (root) => {
    const made = expression({ root, environment });
    if (isDoc(made)) return made;
    throw new ServerError(
      40228,
      `'${name}' expression must evaluate to an object, but resulting value was: ${show(made)}`,
    );
  };
};

const replaceRoot: MakeStage = (argument, environment, name) => {
  const given = needsDoc(argument, name, 40229);
  const newRoot = given.get('newRoot');
  if (newRoot === undefined || given.size !== 1)
    throw new ServerError(40231, 'no newRoot specified for the $replaceRoot stage');
  return replaceWith(newRoot, environment, 'newRoot');
};

const documentStages: Readonly<Record<string, MakeStage>> = {
  $addFields: addFields,
  $set: addFields,
  $project: project,
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
};

/** The stage of that name, or null when it is not one that turns each document into another. */
export const documentStage = (
  name: string,
  argument: Value,
  environment: Environment,
): DocumentStage | null => documentStages[name]?.(argument, environment, name) ?? null;

/** A stage's only entry: its name and argument. */
export function stageEntry(stage: Value): readonly [name: string, argument: Value] {
  const [entry, second] = isDoc(stage) ? [...stage] : [];
  if (entry && !second) return entry;
  throw new ServerError(40323, 'A pipeline stage specification object must contain exactly one field.');
}

/** A pipeline given as an update. */
export function compileDocumentPipeline(stages: readonly Value[], environment: Environment): DocumentStage {
  const compiled = stages.map((stage) => {
    const [name, argument] = stageEntry(stage);
    const made = documentStage(name, argument, environment);
    if (!made) throw new ServerError('InvalidOptions', `${name} is not allowed to be used within an update`);
    return made;
  });
  return (document) => compiled.reduce((result, stage) => stage(result), document);
}
