import assert from 'node:assert/strict';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { Writer } from '../../src/domain/letters/letter.ts';
import { makeActAsWriter } from '../../src/letters/act-as-writer.ts';
import { act, aLetterIn, anInReview, TO_THE_POINT, WRITER } from '../support/letters.ts';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const CHEN: Writer = {
  name: '陈立春',
  phone: '13900000001',
  mail: 'chen@mail.example',
  address: '蓝鲸巷七号',
};

describe('those who wrote about one matter, to one another and to who may not know them', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T01:30:00Z');
  });
  after(() => town.end());

  const aSetInReview = async (): Promise<{ primary: Matter; joined: Matter }> => {
    const primary = await anInReview(town, {}, `${TO_THE_POINT}并请陈立春（蓝鲸巷七号）知悉。`);
    const joined = await aLetterIn(town, { writer: CHEN });
    await act(town, 'dispatcher', joined.id, 'join', { other: primary.number });
    return { primary, joined };
  };
  const confirmation = ({ number }: Matter) => number.replaceAll(/\D/g, '').slice(-4);

  it('an answer that names them › reaches each without the names of the others', async () => {
    const { primary } = await aSetInReview();
    await act(town, 'roads-head', primary.id, 'approve', { confirmation: confirmation(primary) });
    await town.sweeps.deliverNotices(town.at.now());
    const mailed = (to: string) =>
      town.sent.mail.find((each) => each.to === to && each.template === 'answered')?.text ?? '';
    assert.match(mailed(WRITER.mail), /李小满您好[\s\S]*并请███（███）知悉/);
    assert.match(mailed(CHEN.mail), /███您好[\s\S]*并请陈立春（蓝鲸巷七号）知悉/);
  });

  it('an answer that names them › is published without any of them', async () => {
    const { primary } = await aSetInReview();
    await act(town, 'roads-head', primary.id, 'approve', { confirmation: confirmation(primary) });
    await act(town, 'dispatcher', primary.id, 'publish');
    const letter = await town.services.publicLetters.byNumber(primary.number);
    assert.match(letter?.answer ?? '', /^███您好.*并请███（███）知悉。$/);
  });

  it('a note of a joined letter › is read without its writer’s particulars by who may not see them', async () => {
    const { primary, joined } = await aSetInReview();
    await makeActAsWriter(town.services)(joined, 'addNote', {
      text: '我是陈立春，住蓝鲸巷七号，路又坏了。',
      overall: 1,
      solved: 'no',
    });
    const page = async (username: string) =>
      seen((await (await signedInAs(town, username)).get(`/desk/${primary.id}`).expect(200)).text);
    for (const username of ['supervisor', 'auditor']) {
      const text = await page(username);
      assert.match(text, /我是███，住███，路又坏了/);
      assert.doesNotMatch(text, /陈立春|蓝鲸巷/);
    }
    assert.match(await page('roads-head'), /我是陈立春，住蓝鲸巷七号/);
    // The note stays where it was brought when its letter leaves the set.
    await act(town, 'dispatcher', joined.id, 'separate');
    assert.doesNotMatch(await page('supervisor'), /陈立春|蓝鲸巷/);
  });
});
