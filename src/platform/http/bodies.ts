import express, { type RequestHandler } from 'express';
import { DomainError } from '../../domain/domain-error.ts';

const FORM_LIMIT = '256kb'; // a letter of 10,000 characters, percent-encoded, with room
const JSON_LIMIT = '64kb';
const MAX_FIELDS = 500;
const MAX_DEPTH = 8;

/** Reads forms (flat: `a[b]` is only a name) and JSON. Afterwards `req.body` is always an object, empty when nothing came. */
export function readBodies(): RequestHandler[] {
  return [
    express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: MAX_FIELDS }),
    express.json({ limit: JSON_LIMIT, strict: true }),
    refuseStrangeInput,
  ];
}

const refuseStrangeInput: RequestHandler = (req, _res, next) => {
  const isUpload = req.is('multipart/form-data') === 'multipart/form-data';
  const unread = req.body === undefined && !isUpload && hasBody(req.headers);
  req.body ??= {};
  const strange = unread || isStrange(req.query) || isStrange(req.body);
  next(strange ? new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } }) : undefined);
};

const hasBody = (headers: Record<string, string | string[] | undefined>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A key that a database could read as an operator, that reaches a prototype, or nesting no form of ours has. */
function isStrange(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= MAX_DEPTH) return true;
  return Object.entries(value).some(([key, inner]) => isStrangeKey(key) || isStrange(inner, depth + 1));
}

const isStrangeKey = (key: string): boolean =>
  key.startsWith('$') ||
  key.includes('\0') ||
  key === '__proto__' ||
  key === 'constructor' ||
  key === 'prototype';
