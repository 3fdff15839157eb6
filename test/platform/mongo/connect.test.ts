import assert from 'node:assert/strict';
import { connectMongo } from '../../../src/platform/mongo/connect.ts';

describe('a database that does not answer', () => {
  it('is named by its variable, and its password by nobody', async () => {
    const uri = 'mongodb://someone:hidden-word@127.0.0.1:1/town?serverSelectionTimeoutMS=200';
    await assert.rejects(connectMongo(uri), (error: Error) => {
      assert.match(error.message, /MONGODB_URI/);
      assert.doesNotMatch(error.message, /hidden-word|someone/);
      return true;
    });
  });
});
