/** Addresses that look like a certified one: what two names have in common to the eye (UTS 39 skeletons; facts 7.3, 7.4). */
import { CONFUSABLES } from './confusables.js'
import { registrableDomain } from './presence.js'
import { toUnicodeHost } from './script.js'

/** Marks above, below and through letters; vowel signs and tone marks of other scripts are letters to their readers. */
const DIACRITICS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu

/** In the typefaces of address bars these can't be told apart; i and l because a capital I is written for either. */
const SAME_SHAPE: Record<string, string> = { 0: 'o', 1: 'l', i: 'l' }

/** The name that is read as the shop's own in a presence, in Unicode. */
export interface ShopName {
  /** The presence's kind: a web host imitates a host, an account one of the same platform. */
  kind: string
  /** The registrable label, or the account's handle. */
  label: string
}

/**
 * The shop's own name in a canonical presence key: the label that was registered (`web:www.somjai.co.th` gives
 * `somjai`), or the handle of an account. Undefined where only a number names the shop.
 */
export function shopName(key: string): ShopName | undefined {
  const [kind = '', ...parts] = key.split(':')
  const [first = '', second] = parts
  switch (kind) {
    case 'web': {
      const label = registrableDomain(first)?.split('.', 1)[0]
      return label === undefined ? undefined : { kind, label: toUnicodeHost(label) }
    }
    case 'facebook':
      return first === 'id' ? undefined : { kind, label: first }
    case 'shopee':
      return second === 'user' && parts[2] ? { kind, label: parts[2] } : undefined
    case 'lazada':
      return second ? { kind, label: second } : undefined
    default:
      return first ? { kind, label: first.replace(/^@/, '') } : undefined
  }
}

/** The letters of a name as they look, one by one: without accents, hyphens and dots, digits as letters. */
export function lookOf(label: string): string {
  // Before anything is taken apart or made small: Cherokee stands in hosts in capitals, and those are what looks Latin.
  const shapes = Array.from(label.normalize('NFC'), (char) => CONFUSABLES.get(char) ?? char)
  const letters = shapes.join('').toLowerCase().normalize('NFD').replace(DIACRITICS, '')
  return Array.from(letters, (char) => CONFUSABLES.get(char) ?? char)
    .join('')
    .replace(/[01i]/g, (char) => SAME_SHAPE[char] ?? char)
    .replace(/[-._]/g, '')
    .normalize('NFC')
}

const PAIRS: Record<string, string> = { rn: 'm', vv: 'w', เเ: 'แ' }

/** Two letters that look like one, after `lookOf`. */
export function foldPairs(look: string): string {
  return look.replace(/rn|vv|เเ/g, (pair) => PAIRS[pair] ?? pair)
}

/**
 * What the eye sees of each presence, for an index: `web:sornjai`, `line:…`. Names that look alike have the same
 * skeleton, whatever suffix they stand under. Presences named by a number alone have none. Never throws.
 *
 * @param presenceKeys canonical keys, as a record states them
 */
export function skeletonsOf(presenceKeys: readonly string[]): string[] {
  const skeletons = presenceKeys.flatMap((key) => skeletonOf(key) ?? [])
  return [...new Set(skeletons)]
}

/** The one of a single key; undefined where it has no name. */
export function skeletonOf(key: string): string | undefined {
  const name = shopName(key)
  const look = name && foldPairs(lookOf(name.label))
  return look ? `${name.kind}:${look}` : undefined
}
