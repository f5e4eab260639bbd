/** How a place of trade is shown to people, so that they can compare it with what they see (DESIGN 5). */
import type { RecordPresence } from '../../record/record.js'
import { toUnicodeHost } from '../../record/script.js'

/** A presence as it stands in an address bar or an app. */
export interface ShownPresence {
  /** In the letters that people read: `ร้านค้า.ไทย`, `shopee.co.th/somjai.silk`. */
  shown: string
  /** The form in ASCII where it differs: some browsers show that one. */
  ascii?: string
  /** An https address that may be opened; absent for anything else. */
  href?: string
}

/** Formats a presence. Never throws: an address that is none is shown as it is and not linked. */
export function showPresence(presence: Pick<RecordPresence, 'kind' | 'url'>): ShownPresence {
  let url: URL
  try {
    url = new URL(presence.url)
  } catch {
    return { shown: presence.url }
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return { shown: presence.url }
  const path = `${url.pathname}${url.search}`.replace(/\/$/, '')
  const shown = `${toUnicodeHost(url.host)}${readablePath(path)}`
  const ascii = `${url.host}${path}`
  return { shown, href: url.href, ...(toUnicodeHost(url.host) !== url.host && { ascii }) }
}

/** Percent-encoding undone where that gives text, for Thai and Japanese shop names stand in paths. */
function readablePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
