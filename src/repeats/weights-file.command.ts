import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SameMatterWeights } from '../domain/repeats/same-matter-weights.ts';
import { sameMatterWeights } from './weights-forms.ts';

/** Beside the sources: the compiler copies no data. */
const PATH = ['src', 'repeats', 'same-matter.weights.json'];
/** More digits than labels of a few thousand pairs are worth. */
const DIGITS = 5;

export const weightsPath = (rootDir: string): string => join(rootDir, ...PATH);

/** @throws Error unless the file was learnt with the features of this program. */
export async function readWeights(rootDir: string): Promise<SameMatterWeights> {
  const { value, error } = sameMatterWeights.validate(
    JSON.parse(await readFile(weightsPath(rootDir), 'utf8')),
  );
  if (error) throw error;
  return value;
}

/** Whole or not at all: a program that starts meanwhile finds the former ones. */
export async function writeWeights(rootDir: string, weights: SameMatterWeights): Promise<void> {
  const path = weightsPath(rootDir);
  await writeFile(`${path}.new`, `${JSON.stringify(weights, rounded)}\n`);
  await rename(`${path}.new`, path);
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value;
