/** How figures are condensed and printed: one JSON line each, so that a script can compare two runs. */

export interface Figure {
  figure: string
  value: number
  unit: string
  detail?: object
}

export function printFigure(figure: Figure): void {
  console.log(JSON.stringify({ ...figure, value: round(figure.value) }))
}

/** Three significant digits; more would be noise. */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The smallest value that is at least as large as so many percent of all (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}
