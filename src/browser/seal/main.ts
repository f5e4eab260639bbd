/**
 * seal.js: says so, at the place of the seal, where a page shows a mark that does not cover it (issue 5, story 3). It compares the
 * page's address in the browser, and tells the hub only which record's data it wants: no cookies, no storage, no referrer. Whatever
 * fails leaves the page as it is, with the plain picture, which names the shop and says what holds.
 */
import { covers, type Place } from './covers.js'
import { findSeals, type Seal } from './find.js'

/** As much of `/seal/{record}.json` as is read. */
interface Data {
  inForce: boolean
  covers: Place[]
  says: string
  saysElsewhere: string
}

/** Pages that build themselves add many elements at once: they are looked through together (ms). */
const PAUSE = 200

/** What of a seal's address the hub is asked for again. */
const WISHES = ['lang', 'theme', 'style', 'place']

/**
 * Origin of the hub that this script came from. A picture of the page that is named `currentScript` stands in the place of
 * `document`'s own property, though not of its prototype's.
 */
function findHub(): string | undefined {
  const current: unknown = Reflect.get(Document.prototype, 'currentScript', document)
  const scripts = [
    current,
    Document.prototype.querySelector.call(document, 'script[src*="/seal.js"],script[src*="/client/seal-"]'),
  ]
  for (const script of scripts)
    if (script instanceof HTMLScriptElement && script.src) return new URL(script.src).origin
  return undefined
}

/**
 * What stands in the address bar. Within a frame of another site that is the outermost page's; where the browser does not tell it,
 * and in windows without an address, nothing can be said.
 */
function visible(): URL | Location | undefined {
  let address: URL | Location | undefined
  try {
    address = window.top?.location
    // Reading any part of another site's address throws.
    if (address?.protocol === 'about:') return undefined
  } catch {
    // Firefox does not list the origins around a frame; the others do, the outermost last, and hide some as `null`.
    const around = location.ancestorOrigins
    const origin = around?.[around.length - 1]
    address = origin && origin !== 'null' ? new URL(origin) : undefined
  }
  return address
}

function start(hub: string): void {
  /** What was looked at, and as what: pages put another address into the same picture. */
  const seen = new WeakMap<Element, string>()
  const asked = new Map<string, Promise<Data>>()

  const ask = (id: string, wish: URLSearchParams): Promise<Data> => {
    const query = new URLSearchParams({ lang: wish.get('lang') ?? 'en' })
    const place = wish.get('place')
    if (place !== null) query.set('place', place)
    const address = `${hub}/seal/${id}.json?${query}`
    let answer = asked.get(address)
    if (!answer) {
      answer = fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' }).then((response) =>
        response.json(),
      )
      asked.set(address, answer)
      answer.catch(() => asked.delete(address))
    }
    return answer
  }

  const check = async ({ id, image, link, drawn, crossed }: Seal, isStill: () => boolean): Promise<void> => {
    const address = visible()
    if (!address) return
    const { wish, wasElsewhere } = readDrawn(drawn)
    const data = await ask(id, wish)
    if (!isStill()) return
    const elsewhere = data.inForce && (crossed || !covers(data.covers, address))
    const says = elsewhere ? data.saysElsewhere : data.says
    if (typeof says !== 'string') return
    const picture = image ?? (elsewhere ? new Image() : undefined)
    if (picture && (elsewhere || wasElsewhere)) {
      if (elsewhere) wish.set('shown', 'elsewhere')
      show(picture, `${hub}/seal/${id}.svg?${wish}`.replace(/\?$/, ''))
      if (!image) link?.append(picture)
    }
    // What the hub did not draw may show any mark: no word confirms it.
    if (picture && (drawn || elsewhere || !data.inForce)) {
      picture.alt = says
      picture.title = says
    } else if (link) link.title = says
  }

  const look = (): void => {
    for (const seal of findSeals(document, hub)) {
      const { id, image, link, drawn, crossed } = seal
      const subject = image ?? link
      const state = [id, drawn, crossed].join(' ')
      if (!subject || seen.get(subject) === state) continue
      seen.set(subject, state)
      check(seal, () => seen.get(subject) === state).catch(() => undefined)
    }
  }

  let waiting = false
  new MutationObserver(() => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      look()
    }, PAUSE)
  }).observe(document, { childList: true, subtree: true, attributeFilter: ['src', 'srcset', 'href'] })
  look()
}

/** Language, looks and place of the seal that stands there, if the hub drew it. */
function readDrawn(drawn: string | undefined): { wish: URLSearchParams; wasElsewhere: boolean } {
  const wish = new URLSearchParams()
  if (drawn === undefined) return { wish, wasElsewhere: false }
  const { searchParams } = new URL(drawn)
  for (const name of WISHES) {
    const value = searchParams.get(name)
    if (value !== null) wish.set(name, value)
  }
  return { wish, wasElsewhere: searchParams.has('shown') }
}

/** Sets no address that stands there already: each change is noticed like the page's own, and looked at again. */
function show(picture: HTMLImageElement, address: string): void {
  // Another source of a <picture>, or of a set, would win over the address.
  for (const source of picture.closest('picture')?.querySelectorAll('source') ?? []) source.remove()
  picture.removeAttribute('srcset')
  if (picture.src !== address) picture.src = address
}

try {
  const hub = findHub()
  if (hub !== undefined) start(hub)
} catch {
  // A browser without what is needed shows the plain picture.
}
