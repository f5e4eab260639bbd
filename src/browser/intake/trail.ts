/** Makes the telephone's own "back" go one step back, where in-app browsers would close the page and lose everything. */

/** Keeps the views behind the browser's history; `show` is called when she goes back or forth. */
export class Trail<View> {
  readonly #views: View[] = []
  #blocked = false

  constructor(show: (view: View) => void) {
    addEventListener('popstate', (event) => {
      const place = (event.state as { place?: number } | null)?.place ?? 0
      // While it is being sent, and afterwards, there is no way back to what was sent.
      if (this.#blocked) return this.#push()
      const view = this.#views[place]
      if (view !== undefined) show(view)
    })
  }

  /** Notes a view; the first replaces the page's own entry. */
  note(view: View): void {
    const place = (history.state as { place?: number } | null)?.place
    const next = this.#views.length === 0 || place === undefined ? 0 : place + 1
    this.#views.length = next
    this.#views.push(view)
    if (next === 0) history.replaceState({ place: 0 }, '')
    else history.pushState({ place: next }, '')
  }

  back(): void {
    history.back()
  }

  /** From here on "back" leads nowhere. */
  block(): void {
    this.#blocked = true
    this.#push()
  }

  /** Back works again, from this view on. */
  unblock(): void {
    this.#blocked = false
  }

  #push(): void {
    history.pushState({ place: this.#views.length }, '')
  }
}
