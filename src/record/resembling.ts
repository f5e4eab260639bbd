/** Whose address an address resembles: what to look up, and how near a found one comes (verdict field `similar`). */
import { presenceKind } from '../alliance/definition.js'
import { foldPairs, lookOf, type ShopName, shopName, skeletonOf } from './lookalike.js'
import { MIN_INSIDE_LETTERS, MIN_TYPO_LETTERS, neighbours, parts } from './near-names.js'
import { type Presence, registrableDomain } from './presence.js'
import { toUnicodeHost } from './script.js'
import { RESEMBLANCES, type Similar } from './verdict.js'

export type Resemblance = Similar['resemblance']

/** Names of one or two letters resemble each other by chance; of Thai or Japanese characters two are a name. */
const MIN_LATIN_LETTERS = 3
const MIN_LETTERS = 2

/** A host has at most 127 labels; an imitation's model stands among the first that are read. */
const MAX_FRONT_LABELS = 8

/** What to look up for one asked presence, and how to judge what is found. */
export interface Resembling {
  /** Skeletons whose holders are imitated when they are not the asked shop itself: same look, one letter other. */
  near: string[]
  /** Skeletons of names that stand within the asked one, or on another platform. */
  inside: string[]
  /** How a certified presence resembles the asked one; undefined when it is the same shop, or nothing alike. */
  resemblanceTo(key: string): Resemblance | undefined
}

/** Never throws; without a name to compare (a shop known by its number) both lists are empty. */
export function resembling(presence: Presence): Resembling {
  const [asked = ''] = presence.keys
  const name = shopName(asked)
  if (!name) return { near: [], inside: [], resemblanceTo: () => undefined }
  const look = lookOf(name.label)
  const same = prefixed(name.kind, [foldPairs(look)])
  const typos = new Set(neighbours(name.label).map((look) => `${name.kind}:${look}`))
  const front = frontLabels(asked)
  // The last of them is followed by the asked domain, so a domain that they spell begins before it.
  const spelled = prefixed(
    'web',
    front.slice(0, -1).map((label) => foldPairs(lookOf(label))),
  )
  const within = [
    ...parts(name.label).map((look) => `${name.kind}:${look}`),
    ...prefixed(
      'web',
      front.filter(isLong).map((label) => foldPairs(lookOf(label))),
    ),
    ...(isLong(name.label) ? presenceKind.options.map((kind) => `${kind}:${foldPairs(look)}`) : []),
  ]
  const near = new Set([...same, ...typos, ...spelled])
  const inside = new Set(within)
  return {
    near: [...near],
    inside: [...inside].filter((skeleton) => !near.has(skeleton)),
    resemblanceTo(key) {
      const skeleton = skeletonOf(key)
      const model = shopName(key)
      if (!skeleton || !model || presence.keys.includes(key)) return undefined
      if (name.kind === 'web' && model.kind === 'web') {
        if (hostOf(key) === hostOf(asked)) return undefined
        if (sharesDomain(key, asked)) return 'name-inside'
        if (spellsDomain(front, key)) return 'suffix'
      }
      if (same.includes(skeleton)) return sameLook(name, model)
      if (typos.has(skeleton)) return 'typo'
      return inside.has(skeleton) ? 'name-inside' : undefined
    },
  }
}

/** Names with one skeleton: the very same letters elsewhere, a hyphen more or less, or letters that only look alike. */
function sameLook(asked: ShopName, model: ShopName): Resemblance {
  // On a platform's site for another country the same name may be the shop's own as well.
  if (asked.label === model.label) return asked.kind === 'web' ? 'suffix' : 'name-inside'
  const [one = '', other = ''] = [asked, model].map(({ label }) => label.replace(/[-._]/g, ''))
  const isSlip = one === other || isSwapped(one, other)
  return isSlip && Array.from(one).length >= MIN_TYPO_LETTERS ? 'typo' : 'letters'
}

/** Two neighbours in each other's place: `slik` has the look of `silk`, and yet nobody took one letter for another. */
function isSwapped(one: string, other: string): boolean {
  const at = Array.from(one).findIndex((_, i) => one[i] !== other[i])
  return one.slice(0, at) + one.charAt(at + 1) + one.charAt(at) + one.slice(at + 2) === other
}

function prefixed(kind: string, looks: readonly string[]): string[] {
  return looks.filter(isNameLike).map((look) => `${kind}:${look}`)
}

function isNameLike(look: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  return Array.from(look).length >= (/^[\u0000-\u007f]*$/.test(look) ? MIN_LATIN_LETTERS : MIN_LETTERS)
}

function isLong(label: string): boolean {
  return Array.from(lookOf(label)).length >= MIN_INSIDE_LETTERS
}

function hostOf(key: string): string {
  return key.split(':')[1] ?? ''
}

function domainOf(key: string): string | undefined {
  return registrableDomain(hostOf(key))
}

/** The labels that stand before the registered domain of a web presence, in Unicode. */
function frontLabels(key: string): string[] {
  const host = hostOf(key)
  const domain = key.startsWith('web:') ? registrableDomain(host) : undefined
  if (domain === undefined || domain === host) return []
  return toUnicodeHost(host.slice(0, -domain.length - 1))
    .split('.')
    .slice(0, MAX_FRONT_LABELS)
}

/** Whether the front labels spell out the domain of a certified host, as in `somjai.example.pay.example`. */
function spellsDomain(front: readonly string[], key: string): boolean {
  const domain = toUnicodeHost(domainOf(key) ?? '')
  return domain !== '' && `.${front.join('.')}.`.includes(`.${domain}.`)
}

/** Nearest first, in the order in which RESEMBLANCES stand. */
export function nearness(of: Resemblance): number {
  return RESEMBLANCES.indexOf(of)
}

/** Platforms that are taken for a host's owner when its name looks like theirs. LINE's is a word of many names. */
const PLATFORM_NAMES = presenceKind.options.filter(
  (kind) => kind !== 'web' && kind.length >= MIN_TYPO_LETTERS,
)

/** Whether a web host that is no platform's looks like one's: `ѕhopee.co.th`, `lazada.shop`. */
export function imitatesPlatform({ kind, keys: [key = ''] }: Presence): boolean {
  const skeleton = kind === 'web' ? skeletonOf(key) : undefined
  return PLATFORM_NAMES.some((name) => skeleton === `web:${foldPairs(lookOf(name))}`)
}

/** Whether two keys are hosts of one registered domain, whose owner alone can set up either. */
export function sharesDomain(a: string, b: string): boolean {
  return a.startsWith('web:') && b.startsWith('web:') && domainOf(a) === domainOf(b)
}
