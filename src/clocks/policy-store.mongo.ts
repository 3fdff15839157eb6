import { Schema, type Connection } from 'mongoose';
import { policyName, type ClockPolicy } from '../domain/clocks/clock-policy.ts';
import { DomainError } from '../domain/domain-error.ts';
import { isDuplicateKey } from '../platform/mongo/duplicate-key.ts';
import type { PolicyStore, SavedPolicy } from './policy-store.ts';

interface PolicyRow {
  readonly _id: string;
  readonly policy: ClockPolicy;
  readonly by: string;
  readonly at: Date;
}

const policySchema = new Schema<PolicyRow>(
  {
    _id: String,
    policy: { type: Schema.Types.Mixed, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'clock_policies', versionKey: false, minimize: false },
);
policySchema.index({ at: 1, _id: 1 });

export function mongoPolicyStore(connection: Connection): PolicyStore {
  const policies = connection.model('ClockPolicy', policySchema);
  const versions = async (): Promise<SavedPolicy[]> => {
    const rows = await policies.find({}).sort({ at: 1, _id: 1 }).lean<PolicyRow[]>();
    return rows.map(({ policy, by, at }) => ({ policy, by, at }));
  };
  return {
    versions,
    async all() {
      return (await versions()).map(({ policy }) => policy);
    },
    async add(policy, { by, at }) {
      try {
        await policies.insertMany([{ _id: policyName(policy), policy, by, at }]);
      } catch (error) {
        if (isDuplicateKey(error)) throw new DomainError('STALE');
        throw error;
      }
    },
  };
}
