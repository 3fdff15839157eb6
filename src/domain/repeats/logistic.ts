/** A line through the features, each brought to mean 0 and spread 1: log odds = bias + Σ weight · (value − mean) / spread. */
export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly spreads: readonly number[];
}

export interface Example {
  readonly features: readonly number[];
  readonly isSame: boolean;
  /** How much it counts in learning. */
  readonly weight: number;
}

const ROUNDS = 30;

/** Newton's method on the penalised likelihood; `penalty` is L2 on the standardised weights, not on the bias. */
export function learnLogistic(examples: readonly Example[], penalty: number): Logistic {
  const width = examples[0]?.features.length ?? 0;
  const { means, spreads } = standardOf(examples, width);
  const rows = examples.map(({ features }) => [
    ...features.map((value, j) => (value - (means[j] ?? 0)) / (spreads[j] ?? 1)),
    1,
  ]);
  let weights: number[] = Array.from({ length: width + 1 }, () => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight, j) => (j < width ? -penalty * weight : 0));
    const curvature = weights.map((_, j) =>
      weights.map((__, k) => (j === k ? (j < width ? penalty : 1e-6) : 0)),
    );
    rows.forEach((row, i) => {
      const example = examples[i];
      if (!example) return;
      const p = logistic(dot(row, weights));
      const error = ((example.isSame ? 1 : 0) - p) * example.weight;
      const bend = Math.max(p * (1 - p), 1e-6) * example.weight;
      for (let j = 0; j <= width; j += 1) {
        const value = row[j] ?? 0;
        gradient[j] = (gradient[j] ?? 0) + error * value;
        const line = curvature[j];
        if (!line) continue;
        for (let k = 0; k <= j; k += 1) line[k] = (line[k] ?? 0) + bend * value * (row[k] ?? 0);
      }
    });
    for (let j = 0; j <= width; j += 1)
      for (let k = j + 1; k <= width; k += 1) {
        const line = curvature[j];
        if (line) line[k] = curvature[k]?.[j] ?? 0;
      }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, j) => weight + (step[j] ?? 0));
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  return { bias: weights[width] ?? 0, weights: weights.slice(0, width), means, spreads };
}

export function logOdds(model: Logistic, features: readonly number[]): number {
  let sum = model.bias;
  for (let j = 0; j < features.length; j += 1) {
    sum += (model.weights[j] ?? 0) * (((features[j] ?? 0) - (model.means[j] ?? 0)) / (model.spreads[j] ?? 1));
  }
  return sum;
}

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function standardOf(examples: readonly Example[], width: number): { means: number[]; spreads: number[] } {
  const count = Math.max(examples.length, 1);
  const means = Array.from(
    { length: width },
    (_, j) => examples.reduce((sum, { features }) => sum + (features[j] ?? 0), 0) / count,
  );
  const spreads = means.map((mean, j) => {
    const variance =
      examples.reduce((sum, { features }) => sum + ((features[j] ?? 0) - mean) ** 2, 0) / count;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { means, spreads };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** Gaussian elimination with the largest pivot; the matrix is symmetric and positive, so it has one solution. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let i = column + 1; i < size; i += 1)
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i;
    const top = rows[pivot];
    const swapped = rows[column];
    if (!top || !swapped) continue;
    rows[pivot] = swapped;
    rows[column] = top;
    for (let i = 0; i < size; i += 1) {
      const row = rows[i];
      if (!row || i === column) continue;
      const factor = (row[column] ?? 0) / (top[column] ?? 1);
      for (let j = column; j <= size; j += 1) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}
