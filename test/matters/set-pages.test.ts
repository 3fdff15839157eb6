import assert from 'node:assert/strict';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { makeActAsWriter } from '../../src/letters/act-as-writer.ts';
import { act, aLetterIn, anAssigned, WRITER } from '../support/letters.ts';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const CHEN = { name: '陈立春', phone: '13900000001', mail: 'chen@mail.example', address: '' };

describe('the pages of a set', () => {
  let town: TestTown;
  let primary: Matter;
  let joined: Matter;
  before(async () => {
    town = await openTestTown('2026-09-24T01:30:00Z');
    primary = await anAssigned(town, 'roads');
    joined = await aLetterIn(town, { writer: CHEN });
    await act(town, 'dispatcher', joined.id, 'join', { other: primary.number });
    const before = (await town.services.matters.byId(joined.id)) ?? assert.fail();
    const text = '我是陈立春，昨晚又有人摔倒';
    await makeActAsWriter(town.services)(before, 'addNote', { text, overall: 3, solved: 'no' });
    const told = (await town.services.matters.byId(joined.id)) ?? assert.fail();
    await town.services.announce([{ matter: told, events: told.history }]);
  });
  after(() => town.end());

  const page = async (username: string, path: string, status = 200, lang = 'zh-CN') =>
    (await (await signedInAs(town, username, lang)).get(path).expect(status)).text;

  it('a joined letter that waits for its answer › is not called settled', async () => {
    const zh = seen(await page('dispatcher', `/desk/${joined.id}`));
    assert.match(zh, /随主件办理/);
    assert.doesNotMatch(zh, /已办结/);
    assert.match(seen(await page('dispatcher', `/desk/${joined.id}`, 200, 'en')), /Goes with its primary/);
  });

  it('to the unit › the letters of the set, and no link that is closed to it', async () => {
    const html = await page('roads-handler', `/desk/${primary.id}`);
    assert.ok(seen(html).includes(joined.number));
    assert.ok(!html.includes(`href="/desk/${joined.id}"`));
    await page('roads-handler', `/desk/${joined.id}`, 404);
    assert.ok((await page('dispatcher', `/desk/${primary.id}`)).includes(`href="/desk/${joined.id}"`));
  });

  it('a note on a joined letter › is its writer’s, and comes from that letter', async () => {
    const html = seen(await page('dispatcher', `/desk/${primary.id}`));
    assert.match(html, new RegExp(`来信人 来自归并的信：${joined.number}\\s*我是陈立春`));
    assert.doesNotMatch(html, new RegExp(`主件：${joined.number}`));
  });

  for (const username of ['supervisor', 'leader', 'deputy', 'auditor']) {
    it(`${username} › reads the note without anybody’s name`, async () => {
      const html = await page(username, `/desk/${primary.id}`);
      assert.match(html, /昨晚又有人摔倒/);
      for (const name of [CHEN.name, WRITER.name, CHEN.phone]) assert.ok(!html.includes(name), name);
    });
  }

  it('a refusal to a program › names the field and says it in the words of the page', async () => {
    const browser = await signedInAs(town, 'dispatcher');
    const { id, version } = await aLetterIn(town, { writer: CHEN });
    const said = async (other: string) => {
      const sent = browser.post(`/desk/${id}/join`).set('Accept', 'application/json').type('form');
      const { body } = await sent.send({ version, 'join.other': other }).expect(400);
      return body.fields;
    };
    assert.deepEqual(await said(''), [{ field: 'join.other', message: '请填写主件编号。' }]);
    assert.deepEqual(await said('no number'), [
      { field: 'join.other', message: '没有找到这个编号的事项，请核对编号。' },
    ]);
  });

  it('held out › names another matter, not a primary; letters of one day are of the same day', async () => {
    const other = await aLetterIn(town, { writer: CHEN });
    const html = seen(await page('dispatcher', `/desk/${other.id}/repeats`));
    assert.match(html, /同一天/);
    assert.doesNotMatch(html, / 0 天/);
    await act(town, 'dispatcher', other.id, 'holdOut', { other: primary.number });
    assert.match(
      seen(await page('dispatcher', `/desk/${other.id}`)),
      new RegExp(`另一事项：${primary.number}`),
    );
  });
});
