import { rm } from 'node:fs/promises';
import supertest from 'supertest';
import { letterNumber } from '../../src/domain/letters/letter-number.ts';
import type { PublicLetter } from '../../src/domain/publication/public-letter.ts';
import { aLetter, aMatter, on } from '../support/builders.ts';
import { mochaHooks } from '../support/one-store.ts';
import { openTestTown } from '../support/test-town.ts';
import { killSweep } from './kill-sweep.ts';
import { measure, rounded } from './measure.ts';
import { benchRepeats } from './repeats-bench.ts';
import { benchStore } from './store-bench.ts';
import { killRounds } from '../platform/embedded/kill-rounds.ts';
import { openStoreUnderTest, temporaryDirectory } from '../platform/embedded/store-under-test.ts';

/** `npm run bench -- receive|sweep|pages|repeats|store|kill|kill-sweep [COUNT]`: speed and memory, on the embedded store or on TEST_MONGODB_URI. */

const say = (name: string, result: object): void => console.log(JSON.stringify({ bench: name, ...result }));

const BENCHES: Readonly<Record<string, (count: number) => Promise<void>>> = {
  /** Letters received, durable, with routing, figures and notices; concurrency 8. Target: 300/s, p95 50 ms. */
  async receive(count) {
    const town = await openTestTown('2026-09-24T02:00:00Z');
    const { title, body, place, writer, wish, language, channel, attachments } = aLetter();
    const letter = {
      kind: 'complaint',
      title,
      body,
      place,
      writer,
      wish,
      language,
      channel,
      attachments,
    } as const;
    await measure(50, 8, (i) => town.services.submitLetter({ ...letter, place: `warm ${i}` }, `warm-${i}`));
    say(
      'receive',
      await measure(count, 8, (i) =>
        town.services.submitLetter({ ...letter, place: `${letter.place}${i}` }, `form-${i}`),
      ),
    );
    await town.end();
  },

  /** Matters that are reminded of in the same minute. Target: 100,000 in 60 s, each step once in the ledger. */
  async sweep(count) {
    const town = await openTestTown('2026-09-24T02:00:00Z');
    const { matters, notices } = town.services;
    const before = on('2026-09-29 18:00');
    for (let from = 0; from < count; from += 500) {
      const batch = Array.from({ length: Math.min(500, count - from) }, (_, i) => from + i);
      await Promise.all(
        batch.map((i) => {
          const matter = aMatter({
            id: `m-${i}`,
            number: letterNumber(2026, i + 1),
            lead: 'roads',
            state: 'signedFor',
          });
          // What came before was done in its time.
          const clock = { ...matter.clock, plan: matter.clock.plan.filter(({ at }) => at > before) };
          const keys = { submissionHash: `f-${i}`, codeHash: `c-${i}`, wordsHash: `w-${i}` };
          return matters.insert({ ...matter, clock }, keys);
        }),
      );
    }
    const now = on('2026-09-30 09:00'); // one working day before they are due
    const started = performance.now();
    const steps = await town.sweeps.advanceClocks(now);
    const seconds = rounded((performance.now() - started) / 1000);
    const again = await town.sweeps.advanceClocks(now);
    const queued = (await notices.countByState()).get('queued');
    say('sweep', { matters: count, steps, seconds, perSecond: Math.round(steps / seconds), again, queued });
    await town.end();
  },

  /** Public list, search of one Chinese word and one letter, over HTTP. Target: p95 20 ms each at 100,000. */
  async pages(count) {
    const town = await openTestTown('2026-09-24T02:00:00Z');
    const words = ['路灯', '停水', '公交', '噪音', '学校', '医院', '垃圾', '停车', '电梯', '暖气'];
    for (let from = 0; from < count; from += 1000) {
      const letters = Array.from({ length: Math.min(1000, count - from) }, (_, i): PublicLetter => {
        const place = from + i;
        const word = words[place % words.length] ?? '';
        return {
          number: letterNumber(2000 + (place % 26), place + 1),
          kind: 'complaint',
          title: `${word}问题第${place}号`,
          body: `我们小区的${word}一直有问题，第${place}次反映，请尽快处理，谢谢。`,
          answer: `您反映的${word}问题已安排处理，预计本周完成。`,
          signedAs: '王某某',
          unit: place % 3 === 0 ? 'roads' : 'water',
          resolution: 'solved',
          receivedOn: '2026-01-01',
          answeredOn: `2026-0${1 + (place % 9)}-1${place % 10}`,
          days: 3,
          isOnTime: true,
          isReopened: false,
          overall: null,
          language: 'zh-CN',
        };
      });
      await town.services.publicLetters.putMany(letters);
    }
    const get = (path: string) => supertest(town.app).get(path).expect(200);
    const one = `/answers/${letterNumber(2000, 1)}`;
    for (const path of ['/answers', `/answers?words=${encodeURIComponent('停水')}`, one, '/board', '/']) {
      await measure(5, 1, () => get(path));
      say(`page ${decodeURIComponent(path)}`, {
        letters: count,
        ...(await measure(200, 2, () => get(path))),
      });
    }
    await town.end();
  },

  /** A suggestion of earlier letters: found, loaded, judged. Target: p95 20 ms within 1 GB at 1,000,000 letters. */
  async repeats(count) {
    const sizes = Number.isNaN(count) ? [10_000, 100_000, 1_000_000] : [count];
    for (const letters of sizes) await benchRepeats(letters, (figure) => say('repeats', figure));
  },

  /** The embedded store by itself, and TEST_MONGODB_URI beside it, at a size. Targets: create 1,500/s, find 2,500/s. */
  async store(count) {
    const tested = await openStoreUnderTest();
    for (const figure of await benchStore(tested.store.uri, count)) say('store embedded', figure);
    await tested.close();
    const server = process.env['TEST_MONGODB_URI'];
    if (server) for (const figure of await benchStore(server, count)) say('store server', figure);
  },

  /** kill -9 under eight writers, COUNT times on one directory. Target: nothing lost. */
  async kill(rounds) {
    const dataDir = await temporaryDirectory();
    say('kill', { rounds, ...(await killRounds(dataDir, rounds)) });
    await rm(dataDir, { recursive: true, force: true });
  },

  /** kill -9 of one of three sweeping processes, COUNT times. Target: each step once, at most one message twice a kill. */
  async 'kill-sweep'(rounds) {
    say('kill-sweep', await killSweep(rounds, 6));
  },
};

const [name = 'all', size] = process.argv.slice(2);
const SIZES: Readonly<Record<string, number>> = {
  receive: 3000,
  sweep: 10_000,
  pages: 20_000,
  store: 100_000,
  kill: 50,
  'kill-sweep': 50,
};
const chosen = name === 'all' ? Object.keys(BENCHES) : [name];
if (!chosen.every((each) => Object.hasOwn(BENCHES, each))) {
  console.error(`bench: one of ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
await mochaHooks.beforeAll();
for (const each of chosen) await BENCHES[each]?.(Number(size ?? SIZES[each]));
say('memory', { rssMB: rounded(process.memoryUsage().rss / 1_048_576) });
await mochaHooks.afterAll();
process.exit(0);
