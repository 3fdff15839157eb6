import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { compose, type Huiyin } from '../../src/compose.ts';
import { letterNumber } from '../../src/domain/letters/letter-number.ts';
import { readConfig } from '../../src/platform/config.ts';
import { makeLog } from '../../src/platform/log.ts';
import { storeClock } from '../../src/platform/mongo/store-clock.ts';
import { temporaryDirectory } from '../platform/embedded/store-under-test.ts';
import { aMatter, on } from '../support/builders.ts';
import { startChild, type ChildProgram } from '../support/child-program.ts';
import { startGateway, startSweeping, townTimeOf, type SweepingOptions } from '../support/sweeping.ts';
import { TEST_PEOPLE, TEST_TOWN, TEST_UNITS } from '../support/test-town.ts';

const WORKERS = 3;
/** A sweep that is waited for, and within how long of its beginning the kill comes. */
const TARGETS = [
  { job: 'advance-clocks', withinMs: 200 },
  { job: 'deliver-sms', withinMs: 1500 },
] as const;
const JOBS = ['advance-clocks', 'announce-leftovers', 'deliver-mail', 'deliver-sms'];
/** Town's seconds in one of ours: what waits a minute for a dead process waits three seconds. */
const SPEED = 20;
/** Half time, reminder, yellow card and urging notice have long been due, and nothing rests. */
const TOWN_FROM = on('2026-10-09 09:30');
const REFERENCE = 'reference';

export interface KilledSweeps {
  readonly kills: number;
  /** Kills of a process that had a sweep to itself at that moment. */
  readonly inMidSweep: number;
  readonly matters: number;
  readonly steps: number;
  /** Matters whose history is not each step once, in order. */
  readonly wrongHistories: number;
  readonly notices: number;
  /** Matters whose rows of the ledger are not those of a matter that nothing happened to. */
  readonly wrongLedgers: number;
  readonly notSent: number;
  /** Messages the gateway got once more than it should have, by channel. */
  readonly doubles: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Three processes sweep, one is killed in each round, and everything is counted afterwards. */
export async function killSweep(rounds: number, mattersPerRound: number): Promise<KilledSweeps> {
  const dataDir = await temporaryDirectory();
  const store = startChild('dist/src/command.js', ['store'], { env: { DATA_DIR: dataDir, MONGODB_URI: '' } });
  const gateway = await startGateway(30);
  const workers: ChildProgram[] = [];
  try {
    const uri = await store.said(/^mongodb:/);
    const timing = { storeFrom: Date.now(), townFrom: TOWN_FROM.getTime(), speed: SPEED };
    const options = { uri, gateway: gateway.url, jobs: JOBS, leaseMs: 3000, ...timing };
    const huiyin = await openTown(options);
    await insertMatters(huiyin, [REFERENCE], rounds * mattersPerRound);
    await huiyin.sweeps.advanceClocks(huiyin.services.clock.now());
    const started = performance.now();
    for (let i = 0; i < WORKERS; i += 1) workers.push(startSweeping(options));
    for (const worker of workers) await worker.said(/^ready/);
    let inMidSweep = 0;
    const ids: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const batch = Array.from({ length: mattersPerRound }, (_, i) => `m-${round}-${i}`);
      await insertMatters(huiyin, batch, ids.length);
      ids.push(...batch);
      const place = await victim(huiyin, workers, round);
      const killed = workers[place];
      await killed?.kill();
      if (await isHolding(huiyin, killed)) inMidSweep += 1;
      workers[place] = startSweeping(options);
      await workers[place].said(/^ready/);
    }
    await settled(huiyin);
    const seconds = Math.round((performance.now() - started) / 1000);
    for (const worker of workers) {
      if ((await worker.stop()) !== 0) throw new Error('a sweeping process did not end well');
    }
    const counted = await count(huiyin, ids, gateway.taken);
    await huiyin.close();
    return { kills: rounds, inMidSweep, ...counted, seconds };
  } finally {
    for (const worker of workers) await worker.kill();
    await gateway.close();
    await store.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function openTown(options: SweepingOptions): Promise<Huiyin> {
  const huiyin = await compose({
    config: readConfig({}),
    mongodbUri: options.uri,
    rootDir: process.cwd(),
    clock: async (connection) => townTimeOf(await storeClock(connection), options),
    log: makeLog('silent'),
  });
  const { directory } = huiyin.services;
  await directory.saveTown(TEST_TOWN);
  for (const unit of TEST_UNITS) await directory.saveUnit(unit);
  for (const person of TEST_PEOPLE) await directory.savePerson(person);
  return huiyin;
}

async function insertMatters(
  { services }: Huiyin,
  ids: readonly string[],
  countedFrom: number,
): Promise<void> {
  await Promise.all(
    ids.map(async (id, i) => {
      const number = letterNumber(2026, countedFrom + i + 1);
      const inHand = { lead: 'roads', handler: 'p-roads-handler', state: 'signedFor' } as const;
      const keys = { submissionHash: id, codeHash: id, wordsHash: id };
      const matter = await services.matters.insert(aMatter({ id, number, ...inHand }), keys);
      await services.announce([{ matter, events: matter.history }]);
    }),
  );
}

type Sweeper = Pick<Huiyin, 'scheduler'>;

const holders = async ({ scheduler }: Sweeper): Promise<ReadonlyMap<string, string>> =>
  new Map((await scheduler.state()).flatMap(({ name, running }) => (running ? [[name, running.by]] : [])));

const isBy = (by: string | undefined, { child }: ChildProgram): boolean =>
  by?.split('@')[0] === String(child.pid);

/** Waits for a sweep to begin and then a random while; the one that has it by then, or any. */
async function victim(huiyin: Sweeper, workers: readonly ChildProgram[], round: number): Promise<number> {
  const { job, withinMs } = TARGETS[round % TARGETS.length] ?? TARGETS[0];
  for (let tries = 0; tries < 400 && !(await holders(huiyin)).has(job); tries += 1) await wait(5);
  await wait(Math.random() * withinMs);
  const by = (await holders(huiyin)).get(job);
  const place = workers.findIndex((worker) => isBy(by, worker));
  return place >= 0 ? place : Math.floor(Math.random() * workers.length);
}

const isHolding = async (huiyin: Sweeper, killed: ChildProgram | undefined): Promise<boolean> =>
  killed !== undefined && [...(await holders(huiyin)).values()].some((by) => isBy(by, killed));

const STUCK_MS = 60_000;

/** Until nothing is due, untold or queued. Fails when nothing has moved for a minute. */
async function settled({ services }: Huiyin): Promise<void> {
  const { matters, notices, clock } = services;
  let seen = '';
  for (let movedAt = Date.now(); Date.now() - movedAt < STUCK_MS; await wait(100)) {
    const now = clock.now();
    const left = {
      due: (await matters.stepsDue(now, 1000)).length,
      untold: (await matters.unannounced(now, 1000)).length,
      queued: (await notices.countByState()).get('queued') ?? 0,
    };
    if (left.due + left.untold + left.queued === 0) return;
    if (JSON.stringify(left) !== seen) movedAt = Date.now();
    seen = JSON.stringify(left);
  }
  throw new Error(`the sweeps do not come to an end: ${seen}`);
}

async function count({ services }: Huiyin, ids: readonly string[], taken: ReadonlyMap<string, number>) {
  const stepsOf = async (id: string): Promise<string> =>
    ((await services.matters.byId(id))?.history ?? [])
      .flatMap(({ what, step }) => (what === 'step' ? [step] : []))
      .join(' ');
  const ledgerOf = async (id: string): Promise<readonly string[]> =>
    (await services.notices.ofMatter(id)).map(({ key, state }) => `${key.slice(id.length)} ${state}`);
  const sorted = (rows: readonly string[]): string => rows.toSorted((a, b) => a.localeCompare(b)).join('\n');

  const steps = await stepsOf(REFERENCE);
  const ledger = await ledgerOf(REFERENCE);
  let [wrongHistories, wrongLedgers, notSent, notices] = [0, 0, 0, 0];
  for (const id of ids) {
    if ((await stepsOf(id)) !== steps) wrongHistories += 1;
    const rows = await ledgerOf(id);
    if (sorted(rows) !== sorted(ledger)) wrongLedgers += 1;
    notices += rows.length;
    // Sent, and the gateway knows of it.
    notSent += rows.filter((row) => !row.endsWith(' sent') || !taken.has(`${id}${row.split(' ')[0]}`)).length;
  }
  const doubles: Record<string, number> = {};
  for (const [key, times] of taken) {
    const channel = key.slice(key.lastIndexOf('/') + 1);
    doubles[channel] = (doubles[channel] ?? 0) + times - 1;
  }
  return {
    matters: ids.length,
    steps: ids.length * steps.split(' ').length,
    wrongHistories,
    notices,
    wrongLedgers,
    notSent,
    doubles,
  };
}
