import mongoose from 'mongoose';

/** A connection of our own, never the library's global one: two compositions can live in one process. */
export async function connectMongo(uri: string): Promise<mongoose.Connection> {
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: 10_000,
    autoIndex: false,
    // A write that was acknowledged has been journalled.
    writeConcern: { w: 'majority', journal: true },
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    // The driver's own words may hold the address, and the address a password.
    if (error instanceof mongoose.mongo.MongoServerSelectionError || isServerSelection(error)) {
      throw new DatabaseUnreachable('The database that MONGODB_URI names does not answer.');
    }
    throw error;
  }
}

/** No server at the address. */
export class DatabaseUnreachable extends Error {}

const isServerSelection = (error: unknown): boolean =>
  error instanceof Error && error.name === 'MongooseServerSelectionError';

/** Every index of every model that was defined on the connection. */
export async function makeIndexes(connection: mongoose.Connection): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
}
