export interface EmbeddedStore {
  readonly uri: string;
  readonly own: boolean;
  close(): Promise<void>;
}
export class EmbeddedStoreBusy extends Error {}
export async function openEmbeddedStore(_options: {
  dataDir: string;
  whenRunning: 'join' | 'refuse';
  databaseName?: string;
}): Promise<EmbeddedStore> {
  throw new Error('The embedded store is not here yet: set MONGODB_URI.');
}
