import assert from 'node:assert/strict';
import { mongoCredentialStore } from '../../src/accounts/credential-store.mongo.ts';
import { mongoDirectoryStore } from '../../src/directory/directory-store.mongo.ts';
import type { PublicLetter } from '../../src/domain/publication/public-letter.ts';
import { caseFact } from '../../src/domain/statistics/case-fact.ts';
import { mongoAttachmentStore } from '../../src/letters/attachment-store.mongo.ts';
import { mongoDraftStore } from '../../src/letters/draft-store.mongo.ts';
import { learnClassifier } from '../../src/domain/routing/learn-classifier.ts';
import { packClassifier } from '../../src/domain/routing/packed-classifier.ts';
import { mongoLearntUnitsStore } from '../../src/letters/learnt-units-store.mongo.ts';
import { LETTERS_OF_UNITS } from '../domain/routing/letters-of-units.ts';
import { mongoMessageWishStore } from '../../src/notices/message-wish-store.mongo.ts';
import { mongoNoticeStore } from '../../src/notices/notice-store.mongo.ts';
import { QUEUED, type Notice } from '../../src/notices/notice.ts';
import { makeIndexes } from '../../src/platform/mongo/connect.ts';
import { mongoPublicLetterStore } from '../../src/publication/public-letter-store.mongo.ts';
import { mongoFactStore } from '../../src/statistics/fact-store.mongo.ts';
import { aMatter, on } from '../support/builders.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';
import { TEST_PEOPLE, TEST_TOWN, TEST_UNITS } from '../support/test-town.ts';

describe('the smaller stores', () => {
  let database: TestDatabase;
  before(async () => {
    database = await openDatabase();
  });
  after(() => database.end());

  it('the directory keeps town, units in their order, people and rules', async () => {
    const directory = mongoDirectoryStore(database.connection);
    await makeIndexes(database.connection);
    assert.equal(await directory.town(), null);
    await directory.saveTown(TEST_TOWN);
    assert.deepEqual(await directory.town(), TEST_TOWN);
    for (const unit of TEST_UNITS) await directory.saveUnit(unit);
    const [first, ...others] = TEST_UNITS;
    assert.ok(first);
    await directory.saveUnit({ ...first, phone: '0000-7654321' });
    assert.deepEqual(await directory.units(), [{ ...first, phone: '0000-7654321' }, ...others]);
    for (const person of TEST_PEOPLE) await directory.savePerson(person);
    const heads = await directory.peopleOf('head', 'roads');
    assert.deepEqual(
      heads.map(({ username }) => username),
      ['roads-head'],
    );
    assert.equal((await directory.personByUsername('leader'))?.id, 'p-leader');
    assert.equal(await directory.personByUsername('nobody'), null);
    const namesake = { ...TEST_PEOPLE[0], id: 'p-other' };
    await assert.rejects(directory.savePerson(namesake as (typeof TEST_PEOPLE)[number]), {
      code: 'INVALID_INPUT',
    });
    const rules = [{ id: 'one', any: ['路'], unit: 'roads' }];
    await directory.saveRoutingRules(rules);
    assert.deepEqual(await directory.routingRules(), rules);
  });

  it('passwords lie apart from people', async () => {
    const credentials = mongoCredentialStore(database.connection);
    assert.equal(await credentials.hashOf('p-1'), null);
    await credentials.setHash('p-1', 'one');
    await credentials.setHash('p-1', 'two');
    assert.equal(await credentials.hashOf('p-1'), 'two');
  });

  it('what was learnt of the units › the last night’s alone, its day to be had by itself', async () => {
    const learnt = mongoLearntUnitsStore(database.connection);
    assert.deepEqual([await learnt.learntOn(), await learnt.read()], [null, null]);
    await learnt.save({ learntOn: '2026-09-24', letters: 2, classifier: null });
    const classifier = packClassifier(learnClassifier(LETTERS_OF_UNITS, { version: 'v', seed: 1 }));
    await learnt.save({ learntOn: '2026-09-25', letters: 12, classifier });
    assert.equal(await learnt.learntOn(), '2026-09-25');
    assert.deepEqual(await learnt.read(), { learntOn: '2026-09-25', letters: 12, classifier });
  });

  it('drafts and attachments come back as they were', async () => {
    const drafts = mongoDraftStore(database.connection);
    const attachments = mongoAttachmentStore(database.connection);
    const ref = { id: 'a1', name: '照片.jpg', type: 'image/jpeg', size: 3 };
    const draft = {
      answers: { title: '路灯不亮', body: '' },
      attachments: [ref],
      language: 'zh-CN',
      shown: { numbers: ['2026-000001-2'], choice: 'followed', chosen: '2026-000001-2' },
    } as const;
    await drafts.save('k', draft, on('2026-09-23 10:00'));
    assert.deepEqual(await drafts.find('k'), draft);
    await drafts.remove('k');
    assert.equal(await drafts.find('k'), null);
    await attachments.put({ ...ref, bytes: Buffer.from([255, 0, 1]) }, on('2026-09-23 10:00'));
    assert.deepEqual(await attachments.get('a1'), { ...ref, bytes: Buffer.from([255, 0, 1]) });
    assert.equal(await attachments.get('a2'), null);
  });

  it('facts are replaced, and found by the day of receipt', async () => {
    const facts = mongoFactStore(database.connection);
    const fact = caseFact(aMatter(), 'Asia/Shanghai');
    await facts.put([fact, { ...fact, id: 'm2', receivedOn: '2026-10-01' }]);
    await facts.put([{ ...fact, unit: 'water' }]);
    assert.deepEqual(await facts.receivedBetween('2026-09-23', '2026-09-23'), [{ ...fact, unit: 'water' }]);
    await facts.put([{ ...fact, version: fact.version - 1, unit: 'roads' }]);
    assert.equal((await facts.receivedBetween('2026-09-23', '2026-09-23'))[0]?.unit, 'water');
    assert.equal((await facts.receivedBetween('2026-09-23', '2026-10-01')).length, 2);
    assert.equal((await facts.openNow()).length, 2);
    await facts.clear();
    assert.equal((await facts.openNow()).length, 0);
  });

  describe('public letters', () => {
    const shown = (number: string, patch: Partial<PublicLetter>): PublicLetter => ({
      number,
      kind: 'complaint',
      title: '路灯不亮',
      body: '滨河路的路灯坏了三天。',
      answer: '已经修好。',
      signedAs: '王某某',
      unit: 'roads',
      resolution: 'solved',
      receivedOn: '2026-09-01',
      answeredOn: '2026-09-03',
      days: 2,
      isOnTime: true,
      isReopened: false,
      overall: null,
      language: 'zh-CN',
      ...patch,
    });
    const nothing = { words: '', unit: null, kind: null, page: 1, perPage: 10 };

    it('are found by Chinese words without spaces, by English words, unit and kind, newest first', async () => {
      const letters = mongoPublicLetterStore(database.connection);
      await letters.put(shown('1', {}));
      await letters.put(
        shown('2', { title: '公交改线', answeredOn: '2026-09-05', unit: 'buses', kind: 'suggestion' }),
      );
      await letters.put(
        shown('3', {
          title: 'Bus 12 is late',
          body: 'Every morning.',
          answeredOn: '2026-09-04',
          language: 'en',
        }),
      );
      const numbers = async (query: object) =>
        (await letters.list({ ...nothing, ...query })).items.map(({ number }) => number);
      assert.deepEqual(await numbers({}), ['2', '3', '1']);
      assert.deepEqual(await numbers({ words: '滨河路' }), ['2', '1']);
      assert.deepEqual(await numbers({ words: '公交' }), ['2']);
      assert.deepEqual(await numbers({ words: 'BUS' }), ['3']);
      assert.deepEqual(await numbers({ words: '河滨' }), []);
      assert.deepEqual(await numbers({ unit: 'buses' }), ['2']);
      assert.deepEqual(await numbers({ kind: 'suggestion', words: '路灯' }), ['2']);
      assert.deepEqual(await numbers({ perPage: 1, page: 2 }), ['3']);
      assert.equal((await letters.list(nothing)).total, 3);
      await letters.put(shown('1', { title: '路灯亮了' }));
      assert.equal((await letters.byNumber('1'))?.title, '路灯亮了');
      await letters.remove('1');
      assert.equal(await letters.byNumber('1'), null);
    });
  });

  it('what writers said of messages › the last of it, per matter', async () => {
    const wishes = mongoMessageWishStore(database.connection);
    assert.equal(await wishes.of('m1'), null);
    await wishes.put('m1', { by: 'both', about: 'essentials' }, on('2026-09-23 10:00'));
    await wishes.put('m2', { by: 'none', about: 'everything' }, on('2026-09-23 10:00'));
    await wishes.put('m1', { by: 'sms', about: 'everything' }, on('2026-09-23 11:00'));
    assert.deepEqual(await wishes.of('m1'), { by: 'sms', about: 'everything' });
    assert.deepEqual(await wishes.of('m2'), { by: 'none', about: 'everything' });
  });

  describe('notices', () => {
    const notice = (key: string, patch: Partial<Notice> = {}): Notice => ({
      key,
      matterId: 'm1',
      number: '2026-000001-2',
      template: 'yellowCard',
      recipient: { role: 'head', personId: 'p-1' },
      channel: 'sms',
      ...QUEUED,
      step: 'yellowCard',
      dueAt: on('2026-09-23 10:00'),
      plannedAt: on('2026-09-23 10:00'),
      ...patch,
    });

    it('are planned once, claimed by one, and taken over when the claim runs out', async () => {
      const notices = mongoNoticeStore(database.connection);
      await notices.add([notice('a'), notice('b', { dueAt: on('2026-09-23 12:00') })]);
      await notices.add([notice('a')]);
      const claims = await Promise.all(
        [1, 2, 3].map(() => notices.claim('sms', on('2026-09-23 11:00'), 60_000)),
      );
      assert.deepEqual(
        claims.flatMap((claim) => claim?.key ?? []),
        ['a'],
      );
      const takenOver = await notices.claim('sms', on('2026-09-23 11:01'), 60_000);
      assert.deepEqual([takenOver?.key, takenOver?.attempts], ['a', 2]);
      await notices.settle('a', {
        state: 'sent',
        at: on('2026-09-23 11:02'),
        gatewayId: 'id-1',
        remark: '',
      });
      assert.equal(await notices.claim('sms', on('2026-09-23 11:59'), 60_000), null);
      await notices.add([notice('a')]);
      const [settled] = await notices.ofMatter('m1');
      assert.deepEqual([settled?.state, settled?.gatewayId], ['sent', 'id-1']);
      assert.deepEqual(
        [...(await notices.countByState())].toSorted(([a], [b]) => a.localeCompare(b)),
        [
          ['queued', 1],
          ['sent', 1],
        ],
      );
    });
  });
});
