/** Keeps the keyboard's place when what had it is taken away: without this, the next Tab would start at the top of the page. */
import { useEffect } from 'hono/jsx/dom'

/** How long is waited (ms), so that what is drawn may first take the focus by itself. */
const SETTLED = 60

/**
 * When the focused element leaves the page, the focus goes to the heading of the fold that it was in, else to a place that
 * always stands there.
 * @param within finds the part of the page that is watched, once it stands
 * @param otherwise selector of the place, which can take the focus
 */
export function useKeptFocus(within: () => HTMLElement | null, otherwise: string): void {
  useEffect(() => {
    const part = within()
    if (!part) return undefined
    let path: Element[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const note = (event: Event): void => {
      path = []
      for (let at = event.target as Element | null; at && at !== part; at = at.parentElement) path.push(at)
    }
    const mend = (): void => {
      const [lost] = path
      const focused = document.activeElement
      if (!lost || lost.isConnected || (focused && focused !== document.body)) return
      const left = path.find((one) => one.isConnected)
      path = []
      const fold = left?.closest('details')?.querySelector('summary')
      ;(fold ?? part.querySelector<HTMLElement>(otherwise))?.focus()
    }
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(mend, SETTLED)
    })
    part.addEventListener('focusin', note)
    observer.observe(part, { childList: true, subtree: true })
    return () => {
      part.removeEventListener('focusin', note)
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [])
}
