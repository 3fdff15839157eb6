import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageRefused } from '../../../../src/notices/channels/channel.ts';
import { fillTemplate, readSmsTemplates } from '../../../../src/notices/channels/sms/sms-templates.ts';
import { ConfigError } from '../../../../src/platform/config.ts';
import { SMS } from './sample-message.ts';

describe('SMS_TEMPLATES', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sms-templates-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const file = (content: string): string => {
    const path = join(folder, 'templates.json');
    writeFileSync(path, content);
    return path;
  };

  it('names the provider’s code and fills its places in order', () => {
    const templates = readSmsTemplates(
      file(
        '{"answered": {"code": "SMS_1", "params": ["unit", "number", "other"]}, "published": {"code": "42"}}',
      ),
    );
    assert.deepEqual(fillTemplate(templates, SMS), {
      code: 'SMS_1',
      values: [
        ['unit', '城建局'],
        ['number', '2026-000001-8'],
        ['other', ''],
      ],
    });
    assert.deepEqual(fillTemplate(templates, { ...SMS, template: 'published' }), { code: '42', values: [] });
    assert.throws(() => fillTemplate(templates, { ...SMS, template: 'redCard' }), MessageRefused);
  });

  const wrong: [circumstance: string, content: string, says: RegExp][] = [
    ['no JSON', '{answered}', /not JSON/],
    ['a list', '[]', /must be of type object/],
    ['a template nobody knows', '{"anwsered": {"code": "1"}}', /"anwsered" is not allowed/],
    ['no code', '{"answered": {"params": []}}', /"answered\.code" is required/],
    ['a code that is a number', '{"answered": {"code": 1}}', /"answered\.code" must be a string/],
    ['another field', '{"answered": {"code": "1", "parms": []}}', /"answered\.parms" is not allowed/],
    ...['title', 'answer', 'name', 'question', 'refusal', 'code', 'text', 'phone'].map(
      (value): [string, string, RegExp] => [
        `the value ${value}, which is none for a provider`,
        `{"answered": {"code": "1", "params": ["number", "${value}"]}}`,
        /"answered\.params\[1\]" must be one of \[number, other, mailbox, unit, dueOn, link\]/,
      ],
    ),
  ];
  for (const [circumstance, content, says] of wrong) {
    it(`${circumstance} › is refused in a sentence that names the place`, () => {
      const path = file(content);
      assert.throws(
        () => readSmsTemplates(path),
        (error: Error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, /^"SMS_TEMPLATES" /);
          assert.match(error.message, says);
          return true;
        },
      );
    });
  }

  it('no such file › is said', () => {
    assert.throws(
      () => readSmsTemplates(join(folder, 'none.json')),
      /"SMS_TEMPLATES" .*none\.json: there is no such/,
    );
  });
});
