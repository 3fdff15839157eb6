import assert from 'node:assert/strict';
import { appeal, explain, withdraw } from '../../src/domain/supervision/card-acts.ts';
import type { CardScope } from '../../src/domain/supervision/card-readers.ts';
import { makeIndexes } from '../../src/platform/mongo/connect.ts';
import { mongoCardStore } from '../../src/supervision/card-store.mongo.ts';
import type { CardQuery, CardStore } from '../../src/supervision/card-store.ts';
import { handler, head, on, OTHER, supervisor } from '../support/builders.ts';
import { aCard, anOrder, supervisionTime } from '../support/cards.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const EVERYTHING: CardScope = { unit: null, withSecret: true, notAccusing: null };
const NOW = on('2026-10-09 10:00');

describe('where cards are kept', () => {
  let database: TestDatabase;
  let store: CardStore;
  beforeEach(async () => {
    database = await openDatabase();
    store = mongoCardStore(database.connection);
    await makeIndexes(database.connection);
  });
  afterEach(() => database.end());

  const list = (patch: Partial<CardQuery> = {}) =>
    store.list({
      scope: EVERYTHING,
      from: '2026-01-01',
      to: '2026-12-31',
      kinds: [],
      states: [],
      page: 1,
      perPage: 10,
      ...patch,
    });

  it('numbers › run for each kind and year, and none is given twice', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => store.nextSequence('yellowCard', 2026)));
    assert.deepEqual(
      taken.sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    assert.equal(await store.nextSequence('redCard', 2026), 1);
    assert.equal(await store.nextSequence('yellowCard', 2027), 1);
    assert.equal(await store.nextSequence('yellowCard', 2026), 21);
  });

  it('one card › comes back as it was, by its name, its number and its matter', async () => {
    const card = aCard();
    assert.equal(await store.byId(card.id), null);
    await store.insert(card);
    assert.deepEqual(await store.byId(card.id), card);
    assert.deepEqual(await store.byNumber('yellowCard', { year: 2026, sequence: 12 }), card);
    assert.equal(await store.byNumber('redCard', { year: 2026, sequence: 12 }), null);
    assert.deepEqual(await store.ofMatter('m1'), [card]);
    assert.deepEqual(await store.known([card.id, 'm2/v1/yellowCard']), new Set([card.id]));
  });

  it('issued twice › the first one stays, with all that was said since', async () => {
    await store.insert(aCard());
    const change = explain(aCard(), '在办', handler, NOW);
    await store.save(change);
    await store.insert(aCard({ number: { year: 2026, sequence: 13 } }));
    assert.deepEqual(await store.byId(aCard().id), change.card);
  });

  it('two documents under one number › refused aloud', async () => {
    await store.insert(aCard());
    await assert.rejects(store.insert(aCard({ id: 'm2/v1/yellowCard', matterId: 'm2' })), { code: 11000 });
  });

  it('changed over a version that is gone › STALE, and nothing is written', async () => {
    await store.insert(aCard());
    const first = appeal(aCard(), '理由', head, NOW, supervisionTime());
    await store.save(first);
    await assert.rejects(store.save(withdraw(aCard(), '有误', supervisor, NOW)), { code: 'STALE' });
    assert.deepEqual(await store.byId(aCard().id), first.card);
    const second = withdraw(first.card, '有误', supervisor, NOW);
    await store.save(second);
    assert.deepEqual(await store.byId(aCard().id), second.card);
  });

  const card = (n: number, patch: Parameters<typeof aCard>[0] = {}) =>
    aCard({
      id: `c${n}`,
      number: { year: 2026, sequence: n },
      issuedOn: `2026-10-0${n}`,
      issuedAt: on(`2026-10-0${n} 17:30`),
      matterId: `m${n}`,
      ...patch,
    });
  const many = [
    card(1),
    card(2, { kind: 'redCard', state: 'withdrawn', nextBy: null }),
    card(3, { unit: OTHER, isSecret: true, accused: ['roads-west'] }),
    card(4, { unit: OTHER, state: 'appealed', nextBy: { on: '2026-10-20', at: on('2026-10-20 17:30') } }),
    anOrder({
      id: 'c5',
      number: { year: 2026, sequence: 5 },
      issuedOn: '2026-10-05',
      issuedAt: on('2026-10-05 09:00'),
    }),
  ];
  const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).join(' ');

  it('a list › newest first, narrowed by period, kind, state, unit, and in pages', async () => {
    for (const each of many) await store.insert(each);
    const found = async (patch: Partial<CardQuery>) => ids((await list(patch)).items);
    assert.equal(await found({}), 'c5 c4 c3 c2 c1');
    assert.equal(await found({ from: '2026-10-02', to: '2026-10-03' }), 'c3 c2');
    assert.equal(await found({ kinds: ['redCard'] }), 'c2');
    assert.equal(await found({ states: ['appealed', 'withdrawn'] }), 'c4 c2');
    assert.equal(await found({ scope: { ...EVERYTHING, unit: OTHER } }), 'c4 c3');
    const page = await list({ page: 2, perPage: 2 });
    assert.deepEqual([ids(page.items), page.total], ['c3 c2', 5]);
  });

  it('without secret ones, and without those that accuse a unit › neither listed nor counted', async () => {
    for (const each of many) await store.insert(each);
    for (const scope of [
      { ...EVERYTHING, withSecret: false },
      { ...EVERYTHING, notAccusing: 'roads-west' },
    ]) {
      const found = await list({ scope });
      assert.deepEqual([ids(found.items), found.total], ['c5 c4 c2 c1', 4]);
      assert.equal((await store.facts({ scope, from: '2026-01-01', to: '2026-12-31' })).length, 4);
    }
    await store.setAccused('m4', ['roads-west']);
    assert.equal(ids(await store.open({ ...EVERYTHING, notAccusing: 'roads-west' })), 'c5');
    assert.equal((await store.byId('c4'))?.version, 1);
  });

  it('in which somebody has the next word › the longest due first', async () => {
    for (const each of many) await store.insert(each);
    assert.equal(ids(await store.open(EVERYTHING)), 'c5 c4');
    assert.equal(ids(await store.open({ ...EVERYTHING, unit: OTHER })), 'c4');
  });

  it('facts › four words of each, of the period', async () => {
    for (const each of many) await store.insert(each);
    const facts = await store.facts({ scope: EVERYTHING, from: '2026-10-02', to: '2026-10-02' });
    assert.deepEqual(facts, [
      { kind: 'redCard', state: 'withdrawn', unit: many[1]?.unit, issuedOn: '2026-10-02' },
    ]);
  });
});
