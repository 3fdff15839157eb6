import assert from 'node:assert/strict';
import mongoose, { mongo } from 'mongoose';
import { mongoCredentialStore } from '../../../src/accounts/credential-store.mongo.js';
import { mongoDirectoryStore } from '../../../src/directory/directory-store.mongo.js';
import { letterNumber } from '../../../src/domain/letters/letter-number.js';
import { assign } from '../../../src/domain/matters/sorting.js';
import { NOTHING_COUNTED } from '../../../src/domain/repeats/gram-counts.js';
import { matterGrams } from '../../../src/domain/repeats/matter-grams.js';
import { caseFact } from '../../../src/domain/statistics/case-fact.js';
import { mongoAttachmentStore } from '../../../src/letters/attachment-store.mongo.js';
import { mongoDraftStore } from '../../../src/letters/draft-store.mongo.js';
import type { Worklist } from '../../../src/matters/matter-store.js';
import { mongoLearntUnitsStore } from '../../../src/letters/learnt-units-store.mongo.js';
import { mongoMatterStore } from '../../../src/matters/matter-store.mongo.js';
import { mongoNoticeStore } from '../../../src/notices/notice-store.mongo.js';
import { fold } from '../../../src/platform/fold.js';
import { makeIndexes } from '../../../src/platform/mongo/connect.js';
import { mongoPublicLetterStore } from '../../../src/publication/public-letter-store.mongo.js';
import { mongoFollowerStore } from '../../../src/repeats/follower-store.mongo.js';
import { mongoSavedLetterStore } from '../../../src/repeats/saved-letter-store.mongo.js';
import { mongoGramCountsStore } from '../../../src/repeats/gram-counts-store.mongo.js';
import { mongoLetterGramsStore } from '../../../src/repeats/letter-grams-store.mongo.js';
import { linkedLetter } from '../../../src/domain/repeats/linked-letter.js';
import { mongoPublicNoticeStore } from '../../../src/publication/public-notice-store.mongo.js';
import { mongoLinkedLetterStore } from '../../../src/repeats/linked-letter-store.mongo.js';
import { mongoCalendarStore } from '../../../src/clocks/calendar-store.mongo.js';
import { mongoPolicyStore } from '../../../src/clocks/policy-store.mongo.js';
import { LETTER_BOX } from '../../../src/domain/clocks/policy-profiles.js';
import { QUEUED } from '../../../src/notices/notice.js';
import { mongoFactStore } from '../../../src/statistics/fact-store.mongo.js';
import { explain } from '../../../src/domain/supervision/card-acts.js';
import { mongoCardStore } from '../../../src/supervision/card-store.mongo.js';
import { aLetter, aMatter, dispatcher, handler, on, townTime } from '../../support/builders.js';
import { aCard } from '../../support/cards.js';
import { TEST_PEOPLE, TEST_TOWN, TEST_UNITS } from '../../support/test-town.js';
import { openStoreUnderTest, type Fields, type StoreUnderTest } from './store-under-test.js';

/** Queries that read a whole collection, and why they may. */
const whole: Readonly<Record<string, string>> = {
  'find units {}': 'the twenty-odd units of a town, all of them',
  'find people {}': 'the people of the office, all of them',
  'aggregate notices []': 'counts every notice by state',
  'delete public_letters {}': 'empties the collection before it is rebuilt',
  'find letter_grams {}': 'every letter’s grams, once when a process starts',
  'find letter_links {}': 'the letters of the last months, once when a process starts',
  'delete case_facts {}': 'empties the collection before it is rebuilt',
  'find clock_policies {}': 'all versions of the policies, a handful',
};

interface Asked {
  readonly shape: string;
  /** The command with only this statement, fit for explain. */
  readonly command: Fields;
}

const shapeOf = (filter: unknown): string => {
  if (Array.isArray(filter)) return `[${filter.map(shapeOf).join(' ')}]`;
  const isFields = typeof filter === 'object' && filter !== null && filter.constructor === Object;
  return isFields
    ? `{${Object.entries(filter)
        .map(([name, value]) => `${name}:${shapeOf(value)}`)
        .join(' ')}}`
    : '?';
};

/** The questions inside a command: one for each statement of an update or delete. */
function askedBy(name: string, command: Fields): Asked[] {
  const { lsid: _l, $db: _d, writeConcern: _w, ...bare } = command;
  const collection = String(command[name]);
  const statements = `${name}s`;
  switch (name) {
    case 'find':
      return [{ shape: `find ${collection} ${shapeOf(command['filter'] ?? {})}`, command: bare }];
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return [{ shape: `${name} ${collection} ${shapeOf(command['query'] ?? {})}`, command: bare }];
    case 'aggregate': {
      const heads = command['pipeline'].filter((stage: Fields) => '$match' in stage);
      return [{ shape: `aggregate ${collection} ${shapeOf(heads)}`, command: bare }];
    }
    case 'update':
    case 'delete':
      return command[statements].map((statement: Fields) => ({
        shape: `${name} ${collection} ${shapeOf(statement['q'])}`,
        command: { [name]: collection, [statements]: [statement] },
      }));
    default:
      return [];
  }
}

/** A store whose methods note that they were called. */
function noting<T extends object>(name: string, store: T, called: Set<string>): T {
  return new Proxy(store, {
    get(target, key, receiver) {
      called.add(`${name}.${String(key)}`);
      return Reflect.get(target, key, receiver);
    },
  });
}

describe('the queries of the stores', () => {
  let tested: StoreUnderTest;
  let connection: mongoose.Connection;
  const asked = new Map<string, Asked>();
  const called = new Set<string>();
  const methods = new Set<string>();

  before(async () => {
    tested = await openStoreUnderTest();
    connection = await mongoose
      .createConnection(tested.store.uri, { autoIndex: false, monitorCommands: true })
      .asPromise();
  });

  after(async () => {
    await connection.close();
    await tested.close();
  });

  const open = <T extends object>(name: string, make: (connection: mongoose.Connection) => T): T => {
    const store = make(connection);
    for (const method of Object.keys(store)) methods.add(`${name}.${method}`);
    return noting(name, store, called);
  };

  const stagesOf = (plan: Fields | undefined): string[] =>
    plan
      ? [String(plan['stage']), ...[plan['inputStage'], ...(plan['inputStages'] ?? [])].flatMap(stagesOf)]
      : [];

  const scans = async ({ command }: Asked): Promise<boolean> => {
    const plan = await tested.db.command({ explain: command, verbosity: 'queryPlanner' });
    return stagesOf(plan['queryPlanner'].winningPlan).includes('COLLSCAN');
  };

  it('call every method of every store', async function everyMethod() {
    this.timeout(20_000);
    const matters = open('matters', mongoMatterStore);
    const directory = open('directory', mongoDirectoryStore);
    const credentials = open('credentials', mongoCredentialStore);
    const drafts = open('drafts', mongoDraftStore);
    const attachments = open('attachments', mongoAttachmentStore);
    const notices = open('notices', mongoNoticeStore);
    const letters = open('letters', mongoPublicLetterStore);
    const facts = open('facts', mongoFactStore);
    const followers = open('followers', mongoFollowerStore);
    const saved = open('saved', mongoSavedLetterStore);
    const letterGrams = open('letterGrams', mongoLetterGramsStore);
    const gramCounts = open('gramCounts', mongoGramCountsStore);
    const learntUnits = open('learntUnits', mongoLearntUnitsStore);
    const linkedLetters = open('linkedLetters', mongoLinkedLetterStore);
    const publicNotices = open('publicNotices', mongoPublicNoticeStore);
    const cards = open('cards', mongoCardStore);
    await makeIndexes(connection);
    const now = on('2026-09-23 10:00');
    const town = Array.from({ length: 60 }, (_, n) =>
      aMatter({
        id: `m-${n}`,
        number: letterNumber(2026, n + 1),
        state: n % 2 ? 'inHand' : 'received',
        lead: n % 2 ? 'roads' : null,
        letter: aLetter({ kind: n % 9 ? 'complaint' : 'report' }),
      }),
    );
    for (const [n, matter] of town.entries())
      await matters.insert(matter, { submissionHash: `s-${n}`, codeHash: `c-${n}`, wordsHash: `w-${n}` });
    const [first] = town;
    assert.ok(first);
    connection.getClient().on('commandStarted', ({ commandName, command }: mongo.CommandStartedEvent) => {
      for (const each of askedBy(commandName, command)) asked.set(each.shape, each);
    });

    await matters.insert(
      { ...first, id: 'again' },
      { submissionHash: 's-0', codeHash: 'c-0', wordsHash: 'w-0' },
    );
    await matters.nextSequence(2026);
    await matters.nextSequences(2026, 5);
    await matters.insertImported([
      aMatter({ id: 'old', number: letterNumber(2004, 1), origin: { source: 'box', externalId: '1' } }),
    ]);
    await matters.importedFrom('box', ['1']);
    await matters.bySubmission('s-1');
    await matters.byId('m-1');
    await matters.letters(['m-1', 'm-2']);
    await matters.byNumber(first.number);
    await matters.byNumberAndCode(first.number, 'c-0');
    await matters.save(
      assign(first, { unit: 'roads', supporting: [], text: '' }, dispatcher, now, townTime()),
    );
    const lists: Pick<Worklist, 'states' | 'order' | 'awaitsPublication'>[] = [
      { states: [], order: 'newestFirst' },
      { states: ['inHand'], order: 'dueFirst' },
      { states: ['inHand', 'received'], order: 'dueFirst' },
      { states: ['answered'], order: 'newestFirst' },
      { states: ['answered', 'closed'], order: 'dueFirst', awaitsPublication: true },
    ];
    for (const list of lists)
      for (const unit of [null, 'roads'])
        for (const withSecret of [true, false])
          await matters.list({ ...list, unit, withSecret, page: 2, perPage: 5 });
    for (const unit of [null, 'roads'])
      for (const withSecret of [true, false]) await matters.countByState(unit, withSecret);
    const accused = { unit: null, withSecret: true, notAccusing: 'roads', page: 1, perPage: 5 };
    for (const list of lists) await matters.list({ ...list, ...accused });
    await matters.countByState(null, true, 'roads');
    await matters.stepsDue(now, 5);
    await matters.unannounced(now, 5);
    await matters.saveEach([]);
    await matters.markAnnounced([{ id: 'm-1', first: 1, last: 1 }]);
    await matters.markAnnounced([{ id: 'm-2', first: 99, last: 99 }]);
    await matters.joinedTo('m-1');
    await matters.withWords('w-1');
    await matters.byIds(['m-1', 'm-2']);
    await matters.isAnsweredWith('x', 'm-1');
    await matters.handledLetters(20);
    await matters.eachBatch(20, () => Promise.resolve());

    await directory.saveTown(TEST_TOWN);
    await directory.town();
    for (const unit of TEST_UNITS) await directory.saveUnit(unit);
    await directory.units();
    for (const person of TEST_PEOPLE) await directory.savePerson(person);
    await directory.people();
    await directory.person('p-leader');
    await directory.personByUsername('leader');
    await directory.peopleOf('head', 'roads');
    await directory.peopleOf('head');
    await directory.saveRoutingRules([]);
    await directory.routingRules();
    await credentials.setHash('p', 'h');
    await credentials.hashOf('p');
    await drafts.save('k', { answers: {}, attachments: [], language: 'en', shown: null }, now);
    await drafts.find('k');
    await drafts.remove('k');
    await attachments.put({ id: 'a', name: 'a', type: 'x', size: 1, bytes: Buffer.of(1) }, now);
    await attachments.keep(['a'], 'letter');
    await attachments.get('a');
    await attachments.remove('a');
    const notice = {
      matterId: 'm-1',
      number: first.number,
      template: 'yellowCard',
      recipient: { role: 'head', personId: 'p' },
      channel: 'sms',
      ...QUEUED,
      dueAt: now,
      plannedAt: now,
    } as const;
    await notices.add(Array.from({ length: 30 }, (_, n) => ({ ...notice, key: `n-${n}` })));
    await notices.claim('sms', now, 1000);
    await notices.postpone('n-2', now);
    await notices.waitingBefore({ ...notice, key: 'n-2' });
    await notices.settle('n-1', { state: 'sent', at: now, gatewayId: 'g-1', remark: '' });
    await notices.confirm({ key: 'n-none', gatewayId: 'g-1', state: 'delivered', at: now, remark: '' });
    await notices.notPassedOn('sms');
    await notices.markPassedOn('n-1');
    await notices.byKeys(['n-1', 'n-2']);
    await notices.onBoardOf('p');
    await notices.readOnBoard('n-3', 'p', now);
    const policies = open('policies', mongoPolicyStore);
    await policies.add(LETTER_BOX, { by: 'p', at: now });
    await policies.all();
    await policies.versions();
    const calendar = open('calendar', mongoCalendarStore);
    await calendar.saveYear({ year: 2027, holidays: {}, makeUpDays: {} }, { by: 'p', at: now });
    await calendar.years();
    await calendar.saveTownDay(
      { day: '2026-09-28', isWorking: false, name: { zh: '', en: '' } },
      { by: 'p', at: now },
    );
    await calendar.townDays();
    await calendar.removeTownDay('2026-09-28');
    await calendar.setReckonedBy('x');
    await calendar.reckonedBy();
    await matters.idsIn(['assigned', 'inHand']);
    await notices.ofMatter('m-1');
    await notices.countByState();
    const letter = {
      number: '1',
      kind: 'complaint',
      title: '路灯不亮',
      body: '滨河路',
      answer: '修好',
      signedAs: '王',
      unit: 'roads',
      resolution: 'solved',
      receivedOn: '2026-09-01',
      answeredOn: '2026-09-03',
      days: 2,
      isOnTime: true,
      isReopened: false,
      overall: null,
      language: 'zh-CN',
    } as const;
    await letters.put(letter);
    await letters.putMany(Array.from({ length: 60 }, (_, n) => ({ ...letter, number: `${n}` })));
    await letters.byNumber('1');
    for (const words of ['', '路灯', '路灯滨河'])
      for (const unit of [null, 'roads'])
        for (const kind of [null, 'complaint'] as const)
          await letters.list({ words, unit, kind, page: 1, perPage: 5 });
    await letters.latest(5);
    await letters.remove('1');
    const fact = caseFact(first, 'Asia/Shanghai');
    await facts.put(Array.from({ length: 30 }, (_, n) => ({ ...fact, id: `f-${n}` })));
    await facts.receivedBetween('2026-09-01', '2026-09-30');
    await facts.openNow();
    await facts.lastPutAt();
    const follower = { matterId: 'm-1', mail: 'a@mail.example', language: 'en', isConfirmed: false } as const;
    for (let n = 0; n < 30; n += 1)
      await followers.add({ ...follower, pace: 'weekly', digestId: `g-${n}`, id: `w-${n}`, since: now });
    await followers.find('w-1');
    await followers.confirm('w-1', now);
    await followers.ofMatter('m-1');
    await followers.setPace('w-2', 'atOnce', 'g-2');
    await followers.ofDigest('g-1');
    await followers.removeDigest('g-3');
    await followers.remove('w-1');
    for (let n = 0; n < 30; n += 1) await saved.add({ draft: `d-${n}`, day: '2026-09-23', number: '1' });
    await saved.between('2026-09-01', '2026-09-30');
    await saved.remove('d-1');
    const weighing = { zone: 'Asia/Shanghai', fold, counts: NOTHING_COUNTED };
    await letterGrams.put(town.flatMap((matter) => matterGrams(matter, weighing) ?? []));
    const putAt = await letterGrams.lastPutAt();
    assert.ok(putAt);
    for (const moment of [null, putAt])
      for await (const rows of letterGrams.putAfter(moment)) assert.ok(rows);
    await letterGrams.removePutBefore(putAt);
    await letterGrams.count();
    await gramCounts.save(NOTHING_COUNTED);
    await gramCounts.countedAt();
    await gramCounts.find();
    await learntUnits.save({ learntOn: '2026-09-24', letters: 0, classifier: null });
    await learntUnits.learntOn();
    await learntUnits.read();
    const hash = (key: string) => key;
    await linkedLetters.put(
      town.flatMap((matter) => linkedLetter(matter, { zone: 'Asia/Shanghai', hash }) ?? []),
    );
    await linkedLetters.waiting(5);
    await linkedLetters.link('m-1', [{ other: 'm-2', score: 1 }]);
    await linkedLetters.known(['m-1', 'm-2']);
    const linkedAt = await linkedLetters.lastPutAt();
    for (const moment of [null, linkedAt])
      for await (const row of linkedLetters.putAfter(moment)) assert.ok(row);
    await linkedLetters.removeReceivedBefore('2026-01-01');
    for (let n = 0; n < 30; n += 1)
      await publicNotices.put({
        id: `notice-${n}`,
        title: '告知',
        text: '正文',
        language: 'zh-CN',
        about: { id: 'm-1', number: first.number },
        publishedAt: now,
        publishedBy: 'p',
        takenDown: null,
      });
    await publicNotices.byId('notice-1');
    await publicNotices.latest(5);
    await publicNotices.lastPutAt();
    for (let n = 1; n <= 60; n += 1) {
      const number = { year: 2026, sequence: n };
      const id = `c-${n}`;
      await cards.insert(aCard({ id, number, matterId: `m-${n}`, ...(n % 9 ? {} : { state: 'appealed' }) }));
    }
    await cards.insert(aCard({ id: 'c-1', number: { year: 2026, sequence: 99 } }));
    await cards.nextSequence('redCard', 2026);
    await cards.byId('c-1');
    await cards.byNumber('yellowCard', { year: 2026, sequence: 1 });
    await cards.known(['m-1/v1/yellowCard']);
    await cards.ofMatter('m-1');
    await cards.save(explain(aCard({ id: 'c-1' }), '在办', handler, now));
    await cards.setAccused('m-1', ['roads']);
    for (const unit of [null, 'water'])
      for (const scope of [
        { unit, withSecret: true, notAccusing: 'roads' },
        { unit, withSecret: false, notAccusing: null },
      ]) {
        const period = { scope, from: '2026-10-01', to: '2026-10-31' };
        await cards.facts(period);
        await cards.open(scope);
        await cards.list({ ...period, kinds: [], states: [], page: 2, perPage: 5 });
        await cards.list({ ...period, kinds: ['redCard'], states: ['issued'], page: 1, perPage: 5 });
      }
    assert.deepEqual([...methods].filter((method) => !called.has(method)).sort(), [
      'facts.clear',
      'letters.clear',
    ]);
  });

  it('use an index, all but those with a reason not to', async () => {
    assert.ok(asked.size > 40, String(asked.size));
    const scanning: string[] = [];
    for (const each of asked.values()) if (await scans(each)) scanning.push(each.shape);
    assert.deepEqual(
      scanning.filter((shape) => !(shape in whole)),
      [],
    );
  });

  it('would be found out if they used none', async () => {
    assert.equal(await scans({ shape: '', command: { find: 'matters', filter: { handler: 'x' } } }), true);
    assert.equal(await scans({ shape: '', command: { find: 'matters', filter: { number: 'x' } } }), false);
  });
});
