import { encode } from '../bson/codec.js';
import { doc, RawDocument, type Doc } from '../bson/values.js';
import { Arguments } from './arguments.js';
import type { Call } from './command.js';

/** The reply of a command that lists what there is, in batches as its `cursor` asks. */
export function listReply(call: Call, namespace: string, documents: readonly Doc[]): Doc {
  return doc({
    cursor: call.cursors.start({
      namespace,
      documents: documents.map((document) => new RawDocument(encode(document))),
      batchSize: new Arguments(call.args.document('cursor'), 'cursor').amount('batchSize'),
    }),
  });
}
