/** Rendered pages kept in memory, as verdicts are: a seal on a front page leads many to the same one (DESIGN 6). */
import type { Verdict } from '../../record/verdict.js'
import type { RenderedPage } from '../frame/answer.js'

/** What pages may take together, in bytes of their text: some thousand of them. */
const MAX_BYTES = 16 * 1024 * 1024

export interface PageStore {
  /**
   * The page of a name, made only where none is kept that shows this very verdict. The hub gives the same object for the same question
   * until the log grows or time changes the answer, so what is given out is never older than the verdict.
   */
  get(name: string, verdict: Verdict, make: () => Promise<RenderedPage>): Promise<RenderedPage>
  /** Lets go of all that rests on a smaller log: it may show what was erased since, also where no page is kept of the answer itself. */
  forget(before: Verdict): void
}

export function createPageStore(maxBytes = MAX_BYTES): PageStore {
  let size = -1
  let bytes = 0
  let pages = new Map<string, { verdict: Verdict; page: RenderedPage }>()

  const drop = (name: string): void => {
    bytes -= pages.get(name)?.page.body.length ?? 0
    pages.delete(name)
  }
  const forget = ({ asOf }: Verdict): void => {
    if (asOf.size <= size) return
    size = asOf.size
    bytes = 0
    pages = new Map()
  }
  return {
    forget,
    async get(name, verdict, make) {
      forget(verdict)
      const current = pages
      const kept = current.get(name)
      const page = kept?.verdict === verdict ? kept.page : await make()
      // The log may have grown while it was made.
      if (pages !== current || verdict.asOf.size < size) return page
      drop(name)
      pages.set(name, { verdict, page })
      bytes += page.body.length
      // A Map gives its keys in the order of setting: the first was not asked for longest.
      for (const oldest of pages.keys()) {
        if (bytes <= maxBytes) break
        drop(oldest)
      }
      return page
    },
  }
}
