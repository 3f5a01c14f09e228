// Logistic regression by Newton's method, for a handful of figures.

/** An observation: figures, of which the first is 1; whether it was right; and for how many it counts. */
export type Observation = { figures: readonly number[]; right: boolean; counts: number };

/** Weights under which what was observed is likeliest. */
export function fitLogistic(observations: readonly Observation[]): number[] {
  const size = observations[0]?.figures.length ?? 0;
  let weights: number[] = Array.from({ length: size }, () => 0);
  // Newton's steps square the error: a dozen are enough from anywhere.
  for (let step = 0; step < 25; step++) {
    const gradient = weights.map(() => 0);
    // The diagonal holds a trace of ridge, so that a figure that is the same everywhere gets no weight.
    const hessian = weights.map((_, row) => weights.map((__, column): number => (row === column ? 1e-6 : 0)));
    for (const { figures, right, counts } of observations) {
      const chance = chanceOf(figures, weights);
      const error = counts * ((right ? 1 : 0) - chance);
      const spread = counts * chance * (1 - chance);
      for (let i = 0; i < size; i++) {
        gradient[i] = (gradient[i] ?? 0) + error * (figures[i] ?? 0);
        const line = hessian[i] ?? [];
        for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + spread * (figures[i] ?? 0) * (figures[j] ?? 0);
      }
    }
    const change = solve(hessian, gradient);
    weights = weights.map((weight, index) => weight + (change[index] ?? 0));
  }
  return weights;
}

/** Chance, 0–1. */
export function chanceOf(figures: readonly number[], weights: readonly number[]): number {
  return 1 / (1 + Math.exp(-figures.reduce((sum, figure, index) => sum + figure * (weights[index] ?? 0), 0)));
}

/** x of `matrix` · x = `right`, by Gauss–Jordan; the matrix is positive definite, so the diagonal serves as pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const table = matrix.map((row, index) => [...row, right[index] ?? 0]);
  table.forEach((pivotRow, pivot) => {
    const divisor = pivotRow[pivot] ?? 1;
    for (let column = 0; column < pivotRow.length; column++) pivotRow[column] = (pivotRow[column] ?? 0) / divisor;
    for (const row of table) {
      if (row === pivotRow) continue;
      const factor = row[pivot] ?? 0;
      for (let column = 0; column < row.length; column++) {
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
      }
    }
  });
  return table.map((row) => row.at(-1) ?? 0);
}
