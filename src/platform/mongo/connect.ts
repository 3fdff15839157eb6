import mongoose from 'mongoose';

/** A connection of our own, never the library's global one: two compositions can live in one process. */
export async function connectMongo(uri: string): Promise<mongoose.Connection> {
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: 10_000,
    autoIndex: false,
    // A write that was acknowledged has been journalled.
    writeConcern: { w: 'majority', journal: true },
  });
  return connection.asPromise();
}

/** Every index of every model that was defined on the connection. */
export async function makeIndexes(connection: mongoose.Connection): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
}
