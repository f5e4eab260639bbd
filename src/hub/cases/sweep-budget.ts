/**
 * What one sweep may ask of the database. On Workers all of it is one request, which may make 1,000 queries: beyond, D1
 * refuses, and the jobs at the end of the row would never have their turn.
 */

/** Queries that are left. Each job adds its share and leaves what it does not need to those after it. */
export interface SweepBudget {
  left: number
}

/**
 * Queries of each job, which are 800 together: what is missing from a thousand is for opening the hub and for sequencing,
 * some 30. By it one sweep erases 10 cases, lets 20 deadlines lapse, tells 40 agencies and as many consumers, gives up 17
 * deliveries or tells of 50; every other job's leftovers go into more of these, and what is left over waits for the next.
 */
export const SWEEP_SHARES = {
  deadlines: 201,
  erasure: 181,
  delivery: 208,
  'webhook news': 123,
  mail: 85,
  members: 2,
} as const

/** How many things can be done, each at the cost of so many queries. */
export function affordable({ left }: SweepBudget, cost: number, most: number): number {
  return Math.max(0, Math.min(most, Math.floor(left / cost)))
}

/** @returns false when there is not as much left: nothing is taken then */
export function spend(budget: SweepBudget, queries: number): boolean {
  if (budget.left < queries) return false
  budget.left -= queries
  return true
}
