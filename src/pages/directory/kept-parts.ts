/** Parts of the sitemap that were asked for last, kept so that asking again and again costs nothing (sitemaps.org protocol 0.9). */

/** Parts kept: one of 5,000 records has some 2 MB. */
export const MAX_KEPT = 4
/** How long a part is kept (ms): as long as caches on the way may, for what runs out leaves it without an entry of the log. */
export const MAX_AGE = 3_600_000

export interface KeptParts {
  /** The part as of a log size, made where it is not kept. */
  read(part: string, size: number, make: () => Promise<string>): Promise<string>
}

/** @param now epoch ms */
export function createKeptParts(now: () => number): KeptParts {
  let kept = new Map<string, { text: string; made: number }>()
  let keptSize = -1
  return {
    async read(part, size, make) {
      // A part of before may name what was erased since.
      if (size > keptSize) [kept, keptSize] = [new Map(), size]
      const found = kept.get(part)
      const isFresh = found !== undefined && size === keptSize && now() - found.made < MAX_AGE
      const text = isFresh ? found.text : await make()
      // Of requests that overlap each makes its own: on Workers none may wait for another's.
      if (size !== keptSize) return text
      kept.delete(part)
      kept.set(part, isFresh ? found : { text, made: now() })
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_KEPT) break
        kept.delete(oldest)
      }
      return text
    },
  }
}
