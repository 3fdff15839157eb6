import assert from 'node:assert/strict';
import Joi from 'joi';
import { DomainError } from '../../../src/domain/domain-error.ts';
import { describeFields, parseForm } from '../../../src/platform/http/form-errors.ts';
import type { Translate, WordParams } from '../../../src/platform/words.ts';
import { makeWords } from '../../../src/platform/words.ts';
import { rootDir } from './tiny-app.ts';

const schema = Joi.object<{ title: string; phone?: string; files?: { size: number }[] }>({
  title: Joi.string().trim().min(4).max(80).required(),
  phone: Joi.string().pattern(/^1\d{10}$/),
  files: Joi.array().items(Joi.object({ size: Joi.number().max(5) })),
});

function refusalOf(body: unknown): DomainError {
  try {
    parseForm(schema, body, 'letters:new');
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A form's own words over the common ones. */
function withWords(own: Record<string, string>): Translate {
  const common = makeWords({ rootDir, strict: true }).in('zh-CN');
  const say = (key: string, params?: WordParams) =>
    own[key]?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params?.[name])) ?? common(key, params);
  return Object.assign(say, { lang: common.lang, has: (key: string) => key in own || common.has(key) });
}

describe('form-errors', () => {
  it('a right form › the clean value, without what nobody asked for', () => {
    assert.deepEqual(parseForm(schema, { title: '  路灯不亮了 ', admin: 'yes' }), { title: '路灯不亮了' });
  });

  it('a wrong form › every wrong field at once, without what was typed', () => {
    const refusal = refusalOf({ title: '路灯', phone: '13x', files: [{ size: 1 }, { size: 9 }] });
    assert.equal(refusal.code, 'INVALID_INPUT');
    assert.deepEqual(refusal.fields, [
      { field: 'title', rule: 'string.min', params: { limit: 4 } },
      { field: 'phone', rule: 'string.pattern.base' },
      { field: 'files.1.size', rule: 'number.max', params: { limit: 5 } },
    ]);
    assert.doesNotMatch(JSON.stringify(refusal.fields), /13x|路灯/);
  });

  it('the sentences › the form’s labels, and its own sentence before the common one', () => {
    const t = withWords({
      'letters:new.title.label': '标题',
      'letters:new.phone.label': '手机号码',
      'letters:new.phone.errors.string.pattern.base': '{{label}}是 1 开头的 11 位数字。',
      'letters:new.files.size.label': '照片',
    });
    const { fields } = refusalOf({ title: '路灯', phone: '13x', files: [{ size: 1 }, { size: 9 }] });
    assert.deepEqual(describeFields(fields, t, 'letters:new'), [
      { field: 'title', message: '标题太短，至少要 4 个字。' },
      { field: 'phone', message: '手机号码是 1 开头的 11 位数字。' },
      { field: 'files.1.size', message: '照片不能大于 5。' },
    ]);
  });

  it('a rule nobody wrote a sentence for › a general one, one per field', () => {
    const t = withWords({ 'x:f.a.label': '甲' });
    const fields = [
      { field: 'a', rule: 'phone.unknown' },
      { field: 'a', rule: 'string.min', params: { limit: 4 } },
    ];
    assert.deepEqual(describeFields(fields, t, 'x:f'), [
      { field: 'a', message: '甲填写得不对，请核对后重新填写。' },
    ]);
  });
});
