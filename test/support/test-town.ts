import { compose, type Huiyin, type Parts } from '../../src/compose.ts';
import type { Person, Town, Unit } from '../../src/domain/directory/directory.ts';
import type { Role } from '../../src/domain/permissions/permissions.ts';
import type { OutgoingMessage } from '../../src/notices/channels/channel.ts';
import { readConfig } from '../../src/platform/config.ts';
import { randomIds } from '../../src/platform/ids.ts';
import { makeLog, type Log } from '../../src/platform/log.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { movableClock, type MovableClock } from './movable-clock.ts';
import { testStoreUri } from './one-store.ts';

/** A whole Huiyin on a database of its own, with a town of three units, a clock that is moved by hand, and caught messages: real gateways once the environment names one. */
export interface TestTown extends Huiyin {
  readonly at: MovableClock;
  readonly sent: { readonly mail: OutgoingMessage[]; readonly sms: OutgoingMessage[] };
  readonly uri: string;
  end(): Promise<void>;
}

export const TEST_PASSWORD = 'a long test password';

const both = (zh: string, en: string) => ({ zh, en });

export const TEST_TOWN: Town = {
  name: both('试验区', 'Trial District'),
  mailbox: both('区长信箱', 'Mayor’s Mailbox'),
  greeting: both('欢迎来信。', 'Write to us.'),
  isDemonstration: false,
};

const unit = (id: string, zh: string, en: string): Unit => ({
  id,
  name: both(zh, en),
  kind: 'bureau',
  duties: both(`${zh}的职责`, `What ${en} does`),
  phone: '0000-1234567',
  address: both('试验路1号', '1 Trial Road'),
});

export const TEST_UNITS: readonly Unit[] = [
  unit('mailbox-office', '信箱办', 'Mailbox Office'),
  unit('roads', '交通局', 'Roads Bureau'),
  unit('water', '水务局', 'Water Bureau'),
];

const person = (username: string, role: Role, inUnit: string, phone: string): Person => ({
  id: `p-${username}`,
  username,
  name: both(`${username}同志`, username),
  post: both('工作人员', 'Officer'),
  role,
  unit: inUnit,
  phone,
  mail: `${username}@town.example`,
});

/** User names are what each of them is. */
export const TEST_PEOPLE: readonly Person[] = [
  person('dispatcher', 'dispatcher', 'mailbox-office', '13800000001'),
  person('supervisor', 'supervisor', 'mailbox-office', '13800000002'),
  person('leader', 'leader', 'mailbox-office', '13800000003'),
  person('deputy', 'deputyLeader', 'mailbox-office', '13800000004'),
  person('admin', 'administrator', 'mailbox-office', '13800000005'),
  person('auditor', 'auditor', 'mailbox-office', '13800000006'),
  person('roads-head', 'head', 'roads', '13800000011'),
  person('roads-handler', 'handler', 'roads', '13800000012'),
  person('water-head', 'head', 'water', '13800000021'),
  person('water-handler', 'handler', 'water', '13800000022'),
];

let hash: Promise<string> | null = null;

export async function openTestTown(
  now: string | Date,
  environment: NodeJS.ProcessEnv = {},
  log: Log = makeLog(process.env['TEST_LOG'] ?? 'silent'),
  parts: Pick<Parts, 'repeats'> = {},
): Promise<TestTown> {
  const at = movableClock(new Date(now));
  const uri = testStoreUri(`t${randomIds.next().replaceAll('-', '')}`);
  const sent = { mail: [] as OutgoingMessage[], sms: [] as OutgoingMessage[] };
  const catching = (into: OutgoingMessage[]) => ({
    send: async (message: OutgoingMessage) => {
      into.push(message);
      return { id: `caught-${into.length}` };
    },
  });
  const hasGateway = environment['SMTP_URL'] !== undefined || environment['SMS_URL'] !== undefined;
  const huiyin = await compose({
    config: readConfig({ BASE_URL: 'http://huiyin.example', ...environment }),
    mongodbUri: uri,
    rootDir: process.cwd(),
    clock: at,
    log,
    strictWords: true,
    ...parts,
    ...(hasGateway ? {} : { channels: { mail: catching(sent.mail), sms: catching(sent.sms) } }),
  });
  const { directory, credentials, passwords } = huiyin.services;
  await directory.saveTown(TEST_TOWN);
  await huiyin.readTownName();
  hash ??= passwords.hash(TEST_PASSWORD);
  for (const each of TEST_UNITS) await directory.saveUnit(each);
  for (const each of TEST_PEOPLE) {
    await directory.savePerson(each);
    await credentials.setHash(each.id, await hash);
  }
  await directory.saveRoutingRules([
    { id: 'potholes', any: ['路面', '坑', 'pothole'], unit: 'roads' },
    { id: 'water-supply', any: ['自来水', '水压', 'water'], unit: 'water' },
  ]);
  return {
    ...huiyin,
    at,
    sent,
    uri,
    async end() {
      await huiyin.close();
      const connection = await connectMongo(uri);
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
