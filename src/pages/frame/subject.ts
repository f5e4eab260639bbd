/** How a place of trade is shown to people, so that they can compare it with what they see (DESIGN 5). */
import type { RecordPresence } from '../../record/record.js'
import { toUnicodeHost } from '../../record/script.js'
import { findLink } from '../../record/share-text.js'
import type { Verdict } from '../../record/verdict.js'

/** A presence as it stands in an address bar or an app. */
export interface ShownPresence {
  /** In the letters that people read: `ร้านค้า.ไทย`, `shopee.co.th/somjai.silk`. */
  shown: string
  /** The form in ASCII where it differs: some browsers show that one. */
  ascii?: string
  /** An https address that may be opened; absent for anything else. */
  href?: string
  /** A name that the platform shows as its owner wrote it, though a record has it in small letters and without full stops. */
  looseName?: string
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
  return {
    shown,
    href: url.href,
    ...(toUnicodeHost(url.host) !== url.host && { ascii }),
    ...(presence.kind === 'facebook' && /^\/[a-z0-9]+$/.test(path) && { looseName: path.slice(1) }),
  }
}

/**
 * What a visitor asked about, as she wrote it: she compares it with what she sees. The hub's own form of a Facebook name has lost
 * the full stops and capitals that stand there.
 */
export function askedAs({ url = '', keys, display }: Verdict['query']): string {
  const name = /^facebook:([a-z0-9]+)$/.exec(keys[0] ?? '')?.[1]
  if (name === undefined) return display
  const written = (findLink(url)?.link ?? url).match(/[A-Za-z0-9.]+/g) ?? []
  const own = written.find((one) => one.toLowerCase().replaceAll('.', '') === name)
  return own === undefined ? display : display.replace(name, own)
}

/** Percent-encoding undone where that gives text, for Thai and Japanese shop names stand in paths. */
function readablePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
