/** What was asked on the look-up page: sorts anything pasted into the queries of `GET /v1/verify` (DESIGN 5). */
import { countryCode } from '../../alliance/text.js'
import { MAX_SEARCH_TEXT } from '../../record/directory.js'
import { IDENTIFIER_SCHEMES } from '../../record/identifier.js'
import { findPersonalNumber } from '../../record/personal-number.js'
import { PresenceError, type PresenceErrorCode, parsePresence } from '../../record/presence.js'
import { readRecordId, recordId } from '../../record/record.js'
import { findLink, MAX_SHARED_TEXT } from '../../record/share-text.js'
import { listAddresses, type SharedAddress } from '../../record/shared-addresses.js'
import type { VerdictQuery } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { tame } from '../frame/tame.js'

/** Digits, in any script, with the separators that people write: no host looks like that. */
const NUMBER = /^[\p{Nd}\s.\-–()/]{5,40}$/u

/** Letters among digits without a dot: certificate numbers, UEN, LEI, social credit code, `T` before a Japanese number. */
const CODE = /^[A-Za-z0-9\s\-()/]{8,40}$/

/** Hyphens that telephones and office programs put in place of the one that is printed on a certificate. */
const HYPHENS = /[\u2010\u2012-\u2015\u2212]/g

/** Fewest digits in a code: a UEN and a certificate number with its year have eight, others more; words have none. */
const MIN_CODE_DIGITS = 6

/** A record's own page in any language, its seal, or its data on a hub, as seals and printed codes lead there. */
const RECORD_ADDRESS = /^\/(?:(?:[a-z]{2}\/)?r|seal|v1\/records)\/([^/?#]+)/

/**
 * Sorts one pasted text. What is neither a record id, nor holds a link, nor looks like the number of a certificate or a company, goes
 * on as an address, so that the look-up's refusal explains what is wrong with it.
 *
 * @param origin the hub's own: a link to a record there is a question about that record
 * @example readQuestion('th-dbd:V-2026-0001') // { record: 'th-dbd:V-2026-0001' }
 * @example readQuestion('ดูร้านนี้ https://shopee.co.th/shop/123') // { url: 'ดูร้านนี้ https://shopee.co.th/shop/123' }
 * @throws {Refusal} `bad-query` for a text longer than any message with a link
 */
export function readQuestion(q: string, origin?: string): VerdictQuery {
  const text = q.trim()
  if (text.length > MAX_SHARED_TEXT)
    throw new Refusal('bad-query', {
      detail: `At most ${MAX_SHARED_TEXT} characters can be looked up. Paste only the address of the shop.`,
      value: text.length,
      at: 'q',
    })
  // Japanese and Chinese keyboards give full-width letters, digits and colons.
  const plain = text.normalize('NFKC')
  const scheme = plain.slice(0, Math.max(0, plain.indexOf(':'))).toLowerCase()
  if (IDENTIFIER_SCHEMES.some((known) => known === scheme))
    return { identifier: `${scheme}${plain.slice(scheme.length)}` }
  const id = readRecordId(plain)
  if (id !== undefined) return { record: id }
  if (NUMBER.test(plain)) return { identifier: text }
  const [address, ...others] = addressesIn(text, origin)
  if (address) {
    const own = origin && others.length === 0 ? recordAt(address.link, origin) : undefined
    return own ? { record: own } : { url: text }
  }
  const digits = plain.match(/[0-9]/g)?.length ?? 0
  const code = plain.replace(HYPHENS, '-')
  if (CODE.test(code) && digits >= MIN_CODE_DIGITS) return { identifier: code }
  return { url: text }
}

/** Links to one record here are one address, whether to its page or to its seal. */
function addressesIn(text: string, origin?: string): SharedAddress[] {
  return listAddresses(text, origin ? (link) => recordAt(link, origin) : undefined)
}

function recordAt(link: string, origin: string): string | undefined {
  // People type what stands on a parcel without the scheme.
  const own = [origin, new URL(origin).host].find((start) => link.startsWith(`${start}/`))
  if (own === undefined) return undefined
  const [, written = ''] = RECORD_ADDRESS.exec(link.slice(own.length)) ?? []
  const id = written.replace(/%3a/i, ':')
  const ids = link.startsWith(`${own}/seal/`) ? [id.replace(/\.svg$/, ''), id] : [id]
  return ids.find((one) => recordId.safeParse(one).success)
}

/** Words hold a letter, and no sign that only addresses have. */
const NAME = /^(?=.*\p{L})[^/\\<>@|]+$/u
/** Refusals that say: this is no address at all. A Thai name of forty letters is longer than a host may be. */
const NO_ADDRESS: readonly PresenceErrorCode[] = ['not-a-url', 'single-label-host', 'too-long']

/** A page's parameters: what was asked, if anything, and how to put it in a link again. */
export interface AskedPage {
  /** Undefined when nothing was asked, or a name, or a choice is due: the page shows the form, the shops of that name, the choice. */
  query: VerdictQuery | undefined
  /** The name that was asked for, where the text is neither a link nor a key nor a number. */
  name?: string
  /** The addresses to choose from, where the text holds several: it may name another shop than it leads to. */
  choices?: SharedAddress[]
  /** What the form's field holds. */
  text: string
  /** The asker's country, upper case. */
  for: string | undefined
  /** `?…` with the known parameters only, or an empty text. */
  search: string
}

/**
 * Reads the parameters of a look-up page: `q` for anything pasted, or `url`, `record`, `identifier` as the API has
 * them; `for` is the asker's country. Empty ones count as absent, for forms send them.
 *
 * @throws {Refusal} `bad-query` for a `for` that is no country, or a text that is too long
 */
export function readPage(parameters: URLSearchParams, origin?: string): AskedPage {
  const of = (name: string): string | undefined => parameters.get(name)?.trim() || undefined
  const country = statedCountry(parameters)
  if (of('for') && country === undefined)
    throw new Refusal('bad-query', {
      detail: 'A country is given by its two letters (ISO 3166-1), such as VN. Choose yours from the list.',
      value: of('for')?.slice(0, 40),
      at: 'for',
    })
  const q = of('q')
  const exact = { url: of('url'), record: of('record'), identifier: of('identifier') }
  const named = Object.entries(exact).filter(([, value]) => value !== undefined)
  const asked =
    q !== undefined ? readQuestion(q, origin) : named.length > 0 ? Object.fromEntries(named) : undefined
  const name = asked?.url !== undefined && q !== undefined ? readName(q) : undefined
  const choices = asked?.url === undefined ? [] : addressesIn(asked.url, origin)
  const isChoice = choices.length > 1
  return {
    query:
      asked && name === undefined && !isChoice ? { ...asked, ...(country && { for: country }) } : undefined,
    ...(name !== undefined && { name }),
    ...(isChoice && { choices }),
    text: q ?? exact.url ?? exact.record ?? exact.identifier ?? '',
    for: country,
    search: formatSearch({
      ...(q !== undefined ? { q } : Object.fromEntries(named)),
      ...(country && { for: country }),
    }),
  }
}

/**
 * The name of a shop that a text may be: words in any script, one or several, that name no address. What only fails to be an
 * address (a mail address, a port, another scheme) is none, so that its refusal can say what is wrong with it.
 *
 * @throws {Refusal} `personal-number` for a text that holds one: it would stand in the search, and in the page's address
 */
export function readName(text: string): string | undefined {
  const name = tame(text.normalize('NFKC')).replace(/\s+/g, ' ').trim().replace(/^@/, '')
  if (!NAME.test(name) || name.length > MAX_SEARCH_TEXT || findLink(text) !== undefined) return undefined
  try {
    parsePresence(name)
    return undefined
  } catch (error) {
    if (!(error instanceof PresenceError)) throw error
    if (!NO_ADDRESS.includes(error.code)) return undefined
  }
  if (findPersonalNumber(name))
    throw new Refusal('personal-number', {
      detail:
        'This text holds what looks like a person’s own number. Search with the name of the shop alone.',
      at: 'q',
    })
  return name
}

/** The country in `for`, upper case; undefined for none, or for what is no country. */
export function statedCountry(parameters: URLSearchParams): string | undefined {
  return countryCode.safeParse(parameters.get('for')?.trim().toUpperCase()).data
}

/** `?a=b&c=d`, or an empty text for no parameters. */
export function formatSearch(parameters: Record<string, string>): string {
  const text = new URLSearchParams(parameters).toString()
  return text === '' ? '' : `?${text}`
}
