/**
 * The covered place as a seal shows it, whole wherever it fits. An ellipsis beside a dot would let a cut name look like another
 * domain (`paypal.com` of `paypal.com.evil.example`), so none ever stands there; for lines see break-name.ts.
 */
import { registrableDomain } from '../../record/presence.js'
import type { RecordPresence } from '../../record/record.js'
import { isMixedScript } from '../../record/script.js'
import { showPresence } from '../frame/subject.js'
import { breakName } from './break-name.js'
import { graphemesOf, tidy, widthOf } from './text-fit.js'

/** A place in the letters that its visitors see. */
export interface SealPlace {
  /** Host of a website, or of the platform. */
  host: string
  /** The shop on the platform, from its first slash; empty for a website. */
  path: string
  /** The end of the host that somebody registered; all before it is that one's own. */
  registered: string
}

/** Longer than the address of any presence: one that was cut at its end could look like another. */
const MAX_ADDRESS = 2000

export function placeOf(presence: Pick<RecordPresence, 'kind' | 'url'>): SealPlace {
  const { shown, ascii } = showPresence(presence)
  const [readable = shown] = shown.split('/')
  // Browsers show the ASCII form of such a name, so that it does not pass for the one that it imitates.
  const picked = ascii !== undefined && isMixedScript(readable) ? ascii : shown
  const [host = '', ...path] = tidy(picked, MAX_ADDRESS).replaceAll(' ', '').split('/')
  const labels = registrableDomain(host)?.split('.').length ?? 2
  return {
    host,
    path: path.length > 0 ? `/${path.join('/')}` : '',
    registered: host.split('.').slice(-labels).join('.'),
  }
}

/** In one piece, for people and screen readers. */
export function formatPlace({ host, path }: SealPlace): string {
  return host + path
}

/** Lines of a place, no wider than `width` (em, bold): the whole of it in at most `most` lines, else cut within. */
export function placeLines(place: SealPlace, width: number, most: number): string[] {
  const fits = (text: string): boolean => widthOf(text, true) <= width
  const whole = formatPlace(place)
  if (fits(whole)) return [whole]
  // The shop's name on a platform stands on lines of its own.
  if (place.path !== '' && fits(`${place.host}/`)) {
    const shop = breakName(place.path.slice(1), width, most - 1)
    if (shop.length < most) return [`${place.host}/`, ...shop]
    const cut = (room: number): string => cutWithin(place.path.slice(1), room)
    return [`${place.host}/`, ...breakCut(cut, width, Math.max(1, most - 1))]
  }
  const lines = breakName(whole, width, most)
  if (lines.length <= most) return lines
  return breakCut((room) => cutPlace(place, room), width, most)
}

/** Breaks may not fall beside dots and so leave lines short: the text is cut further until its lines are no more than `most`. */
function breakCut(cut: (room: number) => string, width: number, most: number): string[] {
  for (let room = width * most; room > 1; room -= 1) {
    const lines = breakName(cut(room), width, most)
    if (lines.length <= most) return lines
  }
  return ['…']
}

/**
 * The name without what stands before the end that somebody registered: that end is what counts, so it stays whole. Where even that
 * is too long, its beginning without any dot, which is no domain: a beginning and an end could together look like one.
 */
function cutPlace({ host, path, registered }: SealPlace, width: number): string {
  const before = host.slice(0, host.length - registered.length).replace(/\.$/, '')
  const [start = ''] = graphemesOf(before)
  const end = graphemesOf(before.slice(before.lastIndexOf('.') + 1)).slice(-1)[0] ?? ''
  const cut = `${start}…${end}.${registered}`
  if (path === '' && before !== '' && widthOf(cut, true) <= width) return cut
  const label = registered.split('.')[0] ?? ''
  return `${fitting(graphemesOf(label), width - 1).join('')}…`
}

/** Beginning and end of a shop's name on a platform, which has no parts that mean more than others. */
function cutWithin(text: string, width: number): string {
  const all = graphemesOf(text)
  const head = fitting(all, (width - 1) / 2)
  const tail = fitting(all.slice(head.length + 1).reverse(), (width - 1) / 2).reverse()
  return `${head.join('')}…${tail.join('')}`
}

function fitting(all: readonly string[], width: number): string[] {
  let used = 0
  const end = all.findIndex((one) => {
    used += widthOf(one, true)
    return used > width
  })
  return all.slice(0, end < 0 ? all.length : end)
}
