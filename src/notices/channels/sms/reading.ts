import Joi from 'joi';
import { createHash } from 'node:crypto';
import { DomainError } from '../../../domain/domain-error.ts';
import type { GatewayCall } from '../../gateway-calls.ts';

/** JSON of somebody else's; null when it is none, or not of the shape we know. */
export function jsonAs<T>(text: string, schema: Joi.Schema<T>): T | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  return fitting(parsed, schema);
}

/** What a gateway posts in one call: a list, never an endless one. */
export const listOf = <T>(item: Joi.ObjectSchema<T>): Joi.ArraySchema<T[]> =>
  Joi.array<T[]>().max(1000).required().items(item);

/** What a gateway posted as JSON. */
export function jsonOf<T>(call: GatewayCall, schema: Joi.Schema<T>): T {
  return jsonAs(textOf(call), schema) ?? refuse();
}

/** What a gateway wrote behind the address. */
export function queryOf<T>(call: GatewayCall, schema: Joi.Schema<T>): T {
  return fitting(Object.fromEntries(new URLSearchParams(call.search)), schema) ?? refuse();
}

/** A form as it was posted, every name with its value. */
export const formOf = (call: GatewayCall): URLSearchParams => new URLSearchParams(textOf(call));

export function formAs<T>(form: URLSearchParams, schema: Joi.Schema<T>): T {
  return fitting(Object.fromEntries(form), schema) ?? refuse();
}

export function refuse(): never {
  throw new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } });
}

const textOf = (call: GatewayCall): string => Buffer.from(call.body).toString();

function fitting<T>(value: unknown, schema: Joi.Schema<T>): T | null {
  const checked = schema.validate(value, { stripUnknown: true });
  return checked.error ? null : checked.value;
}

/** A gateway's code, not its words: those may quote the number, which so many digits in a row may be. */
export const codeOnly = (said: string): string =>
  /^[\w:.+-]{1,40}$/.test(said) && !/\d{7}/.test(said) ? said : '';

/** Where a gateway gives a message no name: the same words again at the same time are the same message. */
export const nameOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

/** Our key as part of an address: gateways expand and escape what they find there, these letters nobody touches. */
export const keyInAddress = (key: string): string => Buffer.from(key).toString('base64url');
export const keyFromAddress = (written: string): string | null =>
  written === '' ? null : Buffer.from(written, 'base64url').toString();
