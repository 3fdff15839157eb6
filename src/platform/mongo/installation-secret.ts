import type { Connection } from 'mongoose';

/** The secret of an installation whose environment names none: made once, by whichever process comes first. */
export async function installationSecret(connection: Connection, fresh: string): Promise<string> {
  const secrets = connection.collection<{ _id: string; value: string }>('installation');
  const kept = await secrets.findOneAndUpdate(
    { _id: 'secret' },
    { $setOnInsert: { value: fresh } },
    { upsert: true, returnDocument: 'after' },
  );
  return kept?.value ?? fresh;
}
