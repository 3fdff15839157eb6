import Joi from 'joi';
import { DomainError, type FieldError } from '../domain/domain-error.ts';
import type { Unit } from '../domain/directory/directory.ts';
import type { RoutingRule } from '../domain/routing/suggest-units.ts';
import {
  newPersonForm,
  parseRules,
  toPerson,
  toUnit,
  unitForm,
  type PersonForm,
} from '../directory/administration-forms.ts';
import { newPassword } from './account-forms.ts';
import type { NewPerson } from './set-up-town.ts';

/** What is asked of whoever makes a town; the keys are the options of the command. */
export interface SetupAnswers {
  readonly 'town-zh': string;
  readonly 'town-en': string;
  readonly 'mailbox-zh': string;
  readonly 'mailbox-en': string;
  readonly admin: string;
  readonly 'admin-name': string;
  readonly password: string;
}

const name = Joi.string().trim().max(120).required();

export const setupForm = Joi.object<SetupAnswers>({
  'town-zh': name,
  'town-en': name,
  'mailbox-zh': name,
  'mailbox-en': name,
  admin: newPersonForm.extract('username'),
  'admin-name': name,
  password: newPassword,
});

/** A row of a file of units, people or rules: where it begins, and its fields with both languages side by side. */
export interface PlanRow {
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PlanError extends FieldError {
  readonly line: number;
}

export interface Planned<T> {
  readonly items: readonly T[];
  readonly errors: readonly PlanError[];
}

/** `{name: {zh, en}}` and the column `name_zh` alike become `name.zh`; empty cells are left out. */
export function planRow(line: number, entries: readonly (readonly [string, unknown])[]): PlanRow {
  const fields = entries.flatMap(([key, value]): (readonly [string, unknown])[] => {
    if (value === '' || value === null) return [];
    if (typeof value !== 'object' || Array.isArray(value)) return [[key.replace(/_(zh|en)$/, '.$1'), value]];
    return Object.entries(value).map(([language, words]) => [`${key}.${language}`, words] as const);
  });
  return { line, fields: Object.fromEntries(fields) };
}

export function planUnits(rows: readonly PlanRow[]): Planned<Unit> {
  const { items, errors } = planAll(rows, unitForm);
  return { items: items.map(({ value }) => toUnit(value)), errors: [...errors, ...twice(items, 'id')] };
}

const personForm: Joi.ObjectSchema<PersonForm & { readonly password?: string }> = newPersonForm.fork(
  'password',
  (password) => password.optional(),
);

export function planPeople(
  rows: readonly PlanRow[],
  known: { readonly units: readonly Unit[]; readonly administrator: string },
  nextId: () => string,
): Planned<NewPerson> {
  const { items, errors } = planAll(rows, personForm);
  const units = new Set(known.units.map(({ id }) => id));
  const strangers = items.flatMap(({ line: at, value }): PlanError[] => [
    ...(units.has(value.unit) ? [] : [{ line: at, field: 'unit', rule: 'unit.unknown' }]),
    ...(value.username === known.administrator
      ? [{ line: at, field: 'username', rule: 'username.taken' }]
      : []),
  ]);
  return {
    items: items.map(({ value }) => ({
      person: toPerson(nextId(), value),
      password: value.password ?? null,
    })),
    errors: [...errors, ...strangers, ...twice(items, 'username')],
  };
}

const LISTS = ['any', 'all', 'unless'];

/** In a table, the words of a rule stand in one cell, with bars between them. */
export function planRules(rows: readonly PlanRow[], units: readonly Unit[]): Planned<RoutingRule> {
  const table = rows.map(({ fields }) =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) =>
        LISTS.includes(key) && typeof value === 'string'
          ? [key, value.split(/[|｜]/).map((word) => word.trim())]
          : [key, value],
      ),
    ),
  );
  const known = new Set(units.map(({ id }) => id));
  try {
    const items = parseRules(JSON.stringify(table));
    const errors = items.flatMap(({ unit }, i): PlanError[] =>
      known.has(unit) ? [] : [{ line: rows[i]?.line ?? 0, field: 'unit', rule: 'unit.unknown' }],
    );
    return { items, errors };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const errors = error.fields.map(({ field, rule }) => {
      const [, index = '', ...path] = field.split('.');
      // The form of the page leaves out the limits that these two would name.
      const told = rule === 'array.min' ? 'any.required' : rule.replace(/^(array|string)\.max$/, 'other');
      return { line: rows[Number(index)]?.line ?? 0, field: path.join('.') || 'id', rule: told };
    });
    return { items: [], errors };
  }
}

interface Valid<T> {
  readonly line: number;
  readonly value: T;
}

function planAll<T>(
  rows: readonly PlanRow[],
  form: Joi.ObjectSchema<T>,
): { readonly items: readonly Valid<T>[]; readonly errors: readonly PlanError[] } {
  const items: Valid<T>[] = [];
  const errors: PlanError[] = [];
  for (const { line: at, fields } of rows) {
    const { value, error } = form.validate(fields, { abortEarly: false });
    if (!error) items.push({ line: at, value });
    for (const { path, type, context } of error?.details ?? []) {
      const limit: unknown = context?.['limit'];
      const params = typeof limit === 'number' ? { limit } : {};
      errors.push({ line: at, field: path.join('.'), rule: type, params });
    }
  }
  return { items, errors };
}

function twice<T, Key extends 'id' | 'username'>(
  items: readonly Valid<T & Record<Key, string>>[],
  key: Key,
): PlanError[] {
  const seen = new Set<string>();
  return items.flatMap(({ line: at, value }) => {
    const isTaken = seen.has(value[key]);
    seen.add(value[key]);
    return isTaken ? [{ line: at, field: key, rule: `${key}.taken` }] : [];
  });
}
