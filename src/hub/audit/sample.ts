/** Choosing at random what is looked at, so that a hub can't know it: uniform, whatever the number turns out to be. */

/** A whole number from 0 to below `bound`. */
export type Random = (bound: number) => number

/** Numbers from 0 to below `total`, in order: all of them, or so many chosen at random. */
export function chooseNumbers(total: number, most: number, random: Random): number[] {
  if (total <= most) return Array.from({ length: total }, (_, i) => i)
  const chosen = new Set<number>()
  // Floyd's sampling: each step adds exactly one.
  for (let upper = total - most; upper < total; upper += 1) {
    const number = random(upper + 1)
    chosen.add(chosen.has(number) ? upper : number)
  }
  return [...chosen].sort((a, b) => a - b)
}

/** Keeps so many of what passes by, each with the same chance (Vitter's algorithm R). */
export function createReservoir<T>(
  most: number,
  random: Random,
): { pass(item: T): void; kept: T[]; passed: number } {
  const reservoir = {
    kept: [] as T[],
    passed: 0,
    pass(item: T) {
      reservoir.passed += 1
      if (reservoir.kept.length < most) reservoir.kept.push(item)
      else {
        const place = random(reservoir.passed)
        if (place < most) reservoir.kept[place] = item
      }
    },
  }
  return reservoir
}
