import { Timestamp } from 'bson';
import type { Doc } from './values.js';

let lastSecond = 0;
let increment = 0;

function stamp(now: Date): Timestamp {
  const second = Math.trunc(now.getTime() / 1000);
  increment = second === lastSecond ? increment + 1 : 1;
  lastSecond = second;
  return new Timestamp({ t: second, i: increment });
}

/** An empty Timestamp directly in a document that is inserted or replaces another means: when that was. */
export function fillTimestamps(document: Doc, now: Date): Doc {
  const isEmpty = (name: string): boolean => {
    const value = document.get(name);
    return name !== '_id' && value instanceof Timestamp && value.isZero();
  };
  if (![...document.keys()].some(isEmpty)) return document;
  return new Map([...document].map(([name, value]) => [name, isEmpty(name) ? stamp(now) : value]));
}
