import { Schema, type Connection } from 'mongoose';
import type { CredentialStore } from './credential-store.ts';

const credentialSchema = new Schema<{ _id: string; hash: string }>(
  { _id: String, hash: { type: String, required: true } },
  { collection: 'credentials', versionKey: false },
);

export function mongoCredentialStore(connection: Connection): CredentialStore {
  const credentials = connection.model('Credential', credentialSchema);
  return {
    async hashOf(personId) {
      const row = await credentials.findById(personId).lean<{ hash: string }>();
      return row?.hash ?? null;
    },
    async setHash(personId, hash) {
      await credentials.updateOne({ _id: personId }, { $set: { hash } }, { upsert: true });
    },
  };
}
