import assert from 'node:assert/strict';
import { makeIndexes } from '../../src/platform/mongo/connect.ts';
import { mongoFollowerStore } from '../../src/repeats/follower-store.mongo.ts';
import type { Follower } from '../../src/repeats/follower-store.ts';
import { mongoSavedLetterStore } from '../../src/repeats/saved-letter-store.mongo.ts';
import { on } from '../support/builders.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

describe('the stores of what is asked before filing', () => {
  let database: TestDatabase;
  before(async () => {
    database = await openDatabase();
  });
  after(() => database.end());

  const follower = (patch: Partial<Follower> = {}): Follower => ({
    id: 'f1',
    matterId: 'm1',
    mail: 'li@mail.example',
    language: 'zh-CN',
    isConfirmed: false,
    since: on('2026-09-24 10:00'),
    pace: 'atOnce',
    digestId: 'd1',
    ...patch,
  });

  it('followers › are added once, confirmed once, and found by their matter only then', async () => {
    const followers = mongoFollowerStore(database.connection);
    await makeIndexes(database.connection);
    assert.equal(await followers.find('f1'), null);
    await followers.add(follower());
    await followers.add(follower({ mail: 'LI@mail.example', since: on('2026-09-24 11:00') }));
    await followers.add(follower({ id: 'f2', matterId: 'm2', isConfirmed: true }));
    assert.deepEqual(await followers.find('f1'), follower());
    assert.deepEqual(await followers.ofMatter('m1'), []);

    await followers.confirm('f1', on('2026-09-24 12:00'));
    await followers.confirm('f1', on('2026-09-24 13:00'));
    const confirmed = follower({ isConfirmed: true, since: on('2026-09-24 12:00') });
    assert.deepEqual(await followers.ofMatter('m1'), [confirmed]);

    await followers.add(follower());
    assert.deepEqual(await followers.find('f1'), confirmed, 'asking again changes nothing');
    await followers.remove('f1');
    await followers.remove('f1');
    assert.equal(await followers.find('f1'), null);
    await followers.confirm('f1', on('2026-09-24 14:00'));
    assert.equal(await followers.find('f1'), null, 'a confirmation brings nobody back');
  });

  it('followers › at their pace, and all that one address follows weekly together', async () => {
    const followers = mongoFollowerStore(database.connection);
    const weekly = { pace: 'weekly', digestId: 'd7' } as const;
    const first = follower({ ...weekly, id: 'w1', isConfirmed: true, since: on('2026-09-24 08:00') });
    await followers.add(follower({ ...weekly, id: 'w2', matterId: 'm2', isConfirmed: true }));
    await followers.add(first);
    await followers.add(follower({ ...weekly, id: 'w3', matterId: 'm3' }));
    await followers.add(follower({ digestId: 'd7', id: 'w4', matterId: 'm4', isConfirmed: true }));
    const ids = async (digestId = 'd7') => (await followers.ofDigest(digestId)).map(({ id }) => id);
    assert.deepEqual(await ids(), ['w1', 'w2']);
    assert.deepEqual((await followers.ofDigest('d7'))[0], first);
    await followers.setPace('w4', 'weekly', 'd7');
    await followers.setPace('w2', 'atOnce', 'd7');
    await followers.setPace('nobody', 'weekly', 'd7');
    assert.deepEqual(await ids(), ['w1', 'w4']);
    await followers.removeDigest('d7');
    assert.deepEqual(await ids(), []);
    assert.equal((await followers.find('w2'))?.pace, 'atOnce', 'who hears at once goes on');
  });

  it('followers › a row of before there was a digest hears at once, and can be changed', async () => {
    const followers = mongoFollowerStore(database.connection);
    const { id, pace: _, digestId: __, ...old } = follower({ id: 'old', matterId: 'm8', isConfirmed: true });
    await database.connection.collection<{ _id: string }>('followers').insertOne({ _id: id, ...old });
    assert.deepEqual(await followers.find('old'), { id, ...old, pace: 'atOnce', digestId: '' });
    assert.deepEqual(await followers.ofDigest(''), []);
    await followers.setPace('old', 'weekly', 'd8');
    assert.deepEqual(
      (await followers.ofDigest('d8')).map((each) => each.id),
      ['old'],
    );
  });

  it('followers › only those who have not confirmed are to be forgotten', async () => {
    const followers = mongoFollowerStore(database.connection);
    const rows = database.connection.collection<{ _id: string; removeAt?: Date }>('followers');
    const removeAt = async (id: string) => (await rows.findOne({ _id: id }))?.removeAt;
    const earliest = Date.now() + 71 * 3_600_000;
    await followers.add(follower({ id: 'f3' }));
    const end = (await removeAt('f3'))?.getTime() ?? 0;
    assert.ok(end > earliest && end < earliest + 2 * 3_600_000, String(end));
    await followers.confirm('f3', on('2026-09-24 12:00'));
    assert.equal(await removeAt('f3'), undefined);
    assert.equal(await removeAt('f2'), undefined);
  });

  it('saved letters › count once for a draft, by day, until the letter is written after all', async () => {
    const saved = mongoSavedLetterStore(database.connection);
    const count = () => saved.between('2026-09-24', '2026-09-25');
    await saved.add({ draft: 'd1', day: '2026-09-23', number: '1' });
    await saved.add({ draft: 'd2', day: '2026-09-24', number: '1' });
    await saved.add({ draft: 'd2', day: '2026-09-26', number: '2' });
    await saved.add({ draft: 'd3', day: '2026-09-25', number: '1' });
    assert.equal(await count(), 2);
    assert.equal(await saved.between('2026-09-23', '2026-09-26'), 3);
    await saved.remove('d2');
    await saved.remove('d2');
    assert.equal(await count(), 1);
  });
});
