import assert from 'node:assert/strict';
import { takeDown, type PublicNotice } from '../../src/domain/publication/public-notice.ts';
import { makeIndexes } from '../../src/platform/mongo/connect.ts';
import { mongoPublicNoticeStore } from '../../src/publication/public-notice-store.mongo.ts';
import type { PublicNoticeStore } from '../../src/publication/public-notice-store.ts';
import { on } from '../support/builders.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const notice = (id: string, hour: number): PublicNotice => ({
  id,
  title: `告知 ${id}`,
  text: '正文',
  language: 'zh-CN',
  about: { id: `m-${id}`, number: '2026-000001-0' },
  publishedAt: on(`2026-09-24 ${hour}:00`),
  publishedBy: 'p',
  takenDown: null,
});

describe('where public notices are kept', () => {
  let database: TestDatabase;
  let store: PublicNoticeStore;
  beforeEach(async () => {
    database = await openDatabase();
    store = mongoPublicNoticeStore(database.connection);
    await makeIndexes(database.connection);
  });
  afterEach(() => database.end());

  it('the newest first, and a few of them', async () => {
    assert.equal(await store.lastPutAt(), null);
    for (const each of [notice('b', 11), notice('a', 10), notice('c', 12)]) await store.put(each);
    assert.deepEqual(await store.latest(2), [notice('c', 12), notice('b', 11)]);
    assert.deepEqual(await store.byId('a'), notice('a', 10));
    assert.equal(await store.byId('x'), null);
  });

  it('taken down › kept, listed no more, and seen as a change', async () => {
    await store.put(notice('a', 10));
    const putAt = await store.lastPutAt();
    assert.ok(putAt);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const down = takeDown(notice('a', 10), 'p', '过时', on('2026-09-25 10:00'));
    await store.put(down);
    assert.deepEqual(await store.latest(9), []);
    assert.deepEqual(await store.byId('a'), down);
    assert.ok((await store.lastPutAt())! > putAt);
  });
});
