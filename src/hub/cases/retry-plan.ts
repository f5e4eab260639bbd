/** When something that failed is tried again (facts 7: delivery), and how many things are tried at a time. */
const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE

/** How long to wait after so many failures (ms); from the last on, daily. */
const PLAN = [5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE, DAY]

/** @param attempts failures so far, at least 1 */
export function retryDelay(attempts: number): number {
  return PLAN[Math.min(attempts, PLAN.length) - 1] ?? DAY
}

/** Connections at a time: one dead server must not hold up the others, nor all of them together the hub. */
const CONCURRENT = 8

/** Runs work for each item, a few at a time. One that fails is reported and hinders no other. */
export async function forEachOf<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  report: (error: unknown) => void,
): Promise<void> {
  const waiting = [...items]
  const run = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift())
      await work(item).catch(report)
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENT, items.length) }, run))
}
