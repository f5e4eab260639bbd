/** Waiting for news: a request that finds none is answered when something comes, or when its time is over. */
import type { Context } from 'hono'
import { readInteger } from './http.js'

export interface LongPoll {
  /** Longest time that a caller is kept waiting (s). */
  longestWait: number
  /** How often it is looked for news meanwhile (ms). */
  lookInterval: number
  /** Aborts when the process closes: whoever waits is answered at once. */
  closing?: AbortSignal | undefined
}

/** Proxies and mobile networks drop a connection on which nothing moves for a minute (s). */
export const LONGEST_WAIT = 55
/** Whoever waits hears of news within this (ms); a look into an inbox or at the head is one cheap read. */
export const LOOK_INTERVAL = 1000

/** Nobody means to wait longer (s); any time up to it is cut to what the hub allows. */
export const MAX_WAIT = 3600

/** The seconds of `wait`, cut to the longest; 0 when not asked for. @throws Refusal `bad-query` */
export function readWait(c: Context, { longestWait }: LongPoll): number {
  return Math.min(readInteger(c, 'wait', { min: 0, max: MAX_WAIT, fallback: 0 }), longestWait)
}

/**
 * Looks until there is news, the time is over, the caller has left or the process closes.
 * @param wait s
 * @param look is given what the last look found
 * @returns what the last look found
 */
export async function waitForNews<T>(
  c: Context,
  { lookInterval, closing }: LongPoll,
  { wait, look, isNews }: { wait: number; look: (last?: T) => Promise<T>; isNews: (found: T) => boolean },
): Promise<T> {
  const signal = closing ? AbortSignal.any([c.req.raw.signal, closing]) : c.req.raw.signal
  const looks = (wait * 1000) / lookInterval
  let found = await look()
  for (let i = 0; !isNews(found) && i < looks; i += 1) {
    if (!(await pause(lookInterval, signal))) break
    found = await look(found)
  }
  return found
}

/** @returns false as soon as nobody waits any more */
function pause(time: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const leave = () => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave)
      resolve(true)
    }, time)
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
}
