import { isArrayIndex, type Path } from '../bson/paths.js';
import { isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import type { Change, Place } from './changes.js';

/** What the wildcards of an update path stand for. */
export interface Positions {
  /** The element `$` means in the array at this path. */
  readonly matched: (arrayPath: string) => number;
  /** Whether `$[identifier]` takes the element at this path. */
  readonly chosen: (identifier: string, elementPath: string) => boolean;
}

export interface Step {
  readonly parts: Path;
  readonly change: Change;
  /** Whether missing documents on the way are made ($set) or end the matter ($unset, $pull). */
  readonly isCreating: boolean;
}

/** Applies one change wherever its path leads; returns the places, with wildcards resolved. */
export function applyStep(step: Step, place: Omit<Place, 'path'>, positions: Positions): readonly string[] {
  const application = new Application(step, place, positions);
  application.run();
  return application.touched;
}

class Application {
  private readonly step: Step;
  private readonly place: Omit<Place, 'path'>;
  private readonly positions: Positions;
  readonly touched: string[] = [];

  constructor(step: Step, place: Omit<Place, 'path'>, positions: Positions) {
    this.step = step;
    this.place = place;
    this.positions = positions;
  }

  run(): void {
    this.inDoc(this.place.document, 0, '');
  }

  private inDoc(container: Doc, at: number, path: string): void {
    const name = this.step.parts[at] ?? '';
    const here = path === '' ? name : `${path}.${name}`;
    const current = container.get(name);
    const next = this.at(current, at, here);
    if (next === undefined) container.delete(name);
    else if (next !== current) container.set(name, next);
  }

  /** The value at the path after `parts[at]` was taken: changed itself at the end, else changed inside. */
  private at(current: Value | undefined, at: number, path: string): Value | undefined {
    const { parts, isCreating, change } = this.step;
    if (at + 1 === parts.length) {
      this.touched.push(path);
      return change(current, { ...this.place, path });
    }
    if (isDoc(current)) this.inDoc(current, at + 1, path);
    else if (Array.isArray(current)) this.inArray(current, at + 1, path);
    else if (isWildcard(parts[at + 1] ?? '')) throw noArray(current, path);
    else if (isCreating && current === undefined) return this.made(at + 1, path);
    else if (isCreating) throw notViable(parts[at + 1] ?? '', path, current);
    return current;
  }

  private made(at: number, path: string): Doc {
    const container: Doc = new Map();
    this.inDoc(container, at, path);
    return container;
  }

  private inArray(container: Value[], at: number, path: string): void {
    const part = this.step.parts[at] ?? '';
    for (const index of this.indexes(container, part, path)) {
      const current = container[index];
      const next = this.at(current, at, `${path}.${index}`);
      if (next === undefined && current === undefined) continue;
      while (container.length < index) container.push(null);
      // Removing an element leaves a gap, never a shorter array.
      container[index] = next ?? null;
    }
  }

  private indexes(container: readonly Value[], part: string, path: string): number[] {
    if (part === '$') return [this.positions.matched(path)];
    if (part === '$[]') return [...container.keys()];
    if (part.startsWith('$[')) {
      const identifier = part.slice(2, -1);
      return [...container.keys()].filter((at) => this.positions.chosen(identifier, `${path}.${at}`));
    }
    if (isArrayIndex(part)) {
      const index = Number(part);
      if (index > container.length + mostPadding) {
        throw new ServerError('BadValue', `can't backfill more than ${mostPadding} elements`);
      }
      return [index];
    }
    if (!this.step.isCreating) return [];
    throw notViable(part, path, [...container]);
  }
}

/** As in MongoDB: an index far behind the end is a mistake, not a wish. */
const mostPadding = 1_500_000;

const isWildcard = (part: string): boolean => part === '$' || part.startsWith('$[');

function noArray(current: Value | undefined, path: string): ServerError {
  return new ServerError(
    'BadValue',
    current === undefined
      ? `The path '${path}' must exist in the document in order to apply array updates.`
      : `Cannot apply array updates to non-array element ${path}: ${show(current)}`,
  );
}

function notViable(part: string, path: string, current: Value | undefined): ServerError {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return new ServerError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${name}: ${show(current)}}`,
  );
}
