import { doc, integer, type Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { tableDamage } from '../storage/page-damage.js';
import { validateCollection } from '../storage/validate-collection.js';
import { collectionOf, namespaceOf, type Call, type Command } from './command.js';

/** Looks a collection through: its pages, its documents, and each index against the documents. Nothing is repaired. */
function validate(call: Call): Doc {
  const { store, args } = call;
  const collection = collectionOf(call);
  if (!collection)
    throw new ServerError(
      'NamespaceNotFound',
      `Collection '${namespaceOf(call)}' does not exist to validate.`,
    );
  const { documents, corrupt, nonCompliant, indexes } = validateCollection(collection);
  const tables = [`d_${collection.id}`, ...collection.indexes.map(({ id }) => `i_${id}`)];
  const pages = tables
    .map((table) => tableDamage(store.database.sqlite, table))
    .filter((damage) => damage !== null);
  const broken = indexes.filter(({ missing, extra }) => missing > 0 || extra > 0);
  const errors = [
    ...pages,
    ...corrupt.map((rid) => `the document at place ${rid} cannot be read`),
    ...broken.map(
      ({ name, missing, extra, examples }) =>
        `index ${name} lacks ${missing} entries and has ${extra} too many; _id of documents: ${examples.join(', ')}`,
    ),
  ];
  return doc({
    ns: namespaceOf(call),
    nInvalidDocuments: integer(corrupt.length),
    nNonCompliantDocuments: integer(nonCompliant),
    nrecords: integer(documents),
    nIndexes: integer(indexes.length),
    keysPerIndex: new Map(indexes.map(({ name, entries }) => [name, integer(entries)])),
    indexDetails: new Map(indexes.map((index) => [index.name, doc({ valid: !broken.includes(index) })])),
    valid: errors.length === 0,
    repaired: false,
    warnings: nonCompliant > 0 ? [`${nonCompliant} documents break the collection's validator`] : [],
    errors,
    full: args.flag('full'),
  });
}

export const validateCommand: Command = {
  fields: ['full', 'background', 'checkBSONConformance'],
  off: ['repair', 'fixMultikey', 'metadata', 'enforceFastCount'],
  run: validate,
};
