/** Reading a look-up's question: what exactly is asked for, in canonical keys. */
import { IdentifierError, identifyIdentifier, isMistyped, parseIdentifier } from '../record/identifier.js'
import { findPersonalNumber } from '../record/personal-number.js'
import {
  lookupKeys,
  MAX_PRESENCE_INPUT,
  type Presence,
  PresenceError,
  parsePresence,
} from '../record/presence.js'
import { readRecordId } from '../record/record.js'
import { MAX_SHARED_TEXT } from '../record/share-text.js'
import { listAddresses } from '../record/shared-addresses.js'
import type { VerdictQuery } from '../record/verdict.js'
import { Refusal } from '../refusal.js'

/** A question in canonical form. `keys` name it for the cache and are echoed in the answer. */
export type Question =
  | {
      by: 'presence'
      presence: Presence
      exact: string[]
      domain: string[]
      near: string[]
      keys: string[]
      display: string
      country?: string
    }
  /** The keys are ids as written and in capitals: the first that stands for a record is meant, for two may differ in case only. */
  | { by: 'record'; keys: string[]; display: string; country?: string }
  /** Likewise; `mistyped` when it may as well be a company's number with a wrong digit. */
  | { by: 'certificate'; keys: string[]; display: string; mistyped: boolean; country?: string }
  | { by: 'identifier'; keys: string[]; display: string; country?: string }
  | { by: 'unresolvable'; keys: []; display: string; reason: string; country?: string }

/**
 * Reads the query's one question.
 * @throws Refusal `bad-query` naming the parameter, `personal-number` for a citizen's number (never echoed)
 */
export function readQuestion(query: VerdictQuery): Question {
  const given = (['url', 'record', 'identifier'] as const).filter((name) => query[name] !== undefined)
  const [by] = given
  if (!by || given.length > 1) {
    throw new Refusal(
      'bad-query',
      'Ask with exactly one of url= (a web address, platform shop link or the text around it), record= or identifier=.',
    )
  }
  const value = query[by]?.trim() ?? ''
  // A question is echoed and kept with its answer, so its length bounds what one asker can make the hub keep.
  if (value.length > MAX_SHARED_TEXT) {
    throw new Refusal('bad-query', {
      detail: `A question has ${MAX_SHARED_TEXT} characters at most. Send the link alone, without the text around it.`,
      value: value.length,
      at: by,
    })
  }
  if (by === 'record') return readRecord(value)
  if (by === 'identifier') return readIdentifier(value)
  return readUrl(value)
}

function readRecord(value: string): Question {
  const certificate = readCertificate(value)
  if (certificate) return certificate
  const id = readRecordId(value)
  if (id === undefined) {
    throw new Refusal('bad-query', {
      detail: 'A record id looks like th-dbd:V-2026-0001: the member, a colon, the certificate number.',
      value: value.slice(0, 100),
      at: 'record',
    })
  }
  const keys = withCapitals(id).map((one) => readRecordId(one) ?? one)
  return { by: 'record', keys, display: id, country: id.slice(0, 2).toUpperCase() }
}

/** As written, and in capitals, as most certificates are printed and nobody types them. */
function withCapitals(text: string): string[] {
  return [...new Set([text, text.toUpperCase()])]
}

/** A certificate number as it is printed, without its agency; words without a digit are none. */
const CERTIFICATE = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** A bare certificate number: it is looked up with every member that publishes. */
function readCertificate(value: string): Question | undefined {
  if (!CERTIFICATE.test(value)) return undefined
  if (findPersonalNumber(value)) throw personalNumber()
  return { by: 'certificate', keys: withCapitals(value), display: value, mistyped: isMistyped(value) }
}

function readIdentifier(value: string): Question {
  const [, scheme, number] = /^([a-z]{2,3}(?:-[a-z]+)?):(.+)$/s.exec(value) ?? []
  try {
    const found = scheme && number ? [parseIdentifier(scheme, number)] : identifyIdentifier(value)
    const [first] = found
    if (first) {
      return {
        by: 'identifier',
        keys: found.map((id) => `${id.scheme}:${id.value}`),
        display: first.display,
        country: found.length === 1 ? (first.country ?? undefined) : undefined,
      }
    }
  } catch (error) {
    if (!(error instanceof IdentifierError)) throw error
    if (error.code === 'personal-number')
      throw new Refusal('personal-number', { detail: error.message, at: 'identifier' })
    throw new Refusal('bad-query', { detail: error.message, at: 'identifier' })
  }
  if (findPersonalNumber(value)) throw personalNumber()
  const certificate = readCertificate(value)
  if (certificate) return certificate
  throw new Refusal('bad-query', {
    detail:
      'This is no company number known here, and no certificate number. Compare it with the shop’s legal notice, or ask with its address.',
    at: 'identifier',
  })
}

/** The number itself is not repeated. */
function personalNumber(): Refusal {
  return new Refusal(
    'personal-number',
    'This looks like a person’s own number. Such numbers are not in the records; ask with the shop’s address.',
  )
}

/** Addresses that a refusal names at most. */
const MAX_NAMED = 5

function readUrl(value: string): Question {
  const addresses = listAddresses(value)
  if (addresses.length > 1) {
    const named = addresses.slice(0, MAX_NAMED).map(({ display }) => display)
    throw new Refusal('bad-query', {
      detail: `This text holds ${addresses.length} addresses: ${named.join(', ')}${addresses.length > MAX_NAMED ? ' …' : ''}. It may name one shop and lead to another, so ask about each of them alone.`,
      at: 'url',
    })
  }
  const link = addresses[0]?.link ?? value
  try {
    const presence = parsePresence(link.slice(0, MAX_PRESENCE_INPUT + 1))
    const { exact, domain } = lookupKeys(presence)
    return {
      by: 'presence',
      presence,
      exact,
      domain,
      near: nearKeys(presence),
      keys: exact,
      display: presence.display,
      country: countryOf(presence),
    }
  } catch (error) {
    if (!(error instanceof PresenceError)) throw error
    if (error.code === 'unresolvable-link')
      return { by: 'unresolvable', keys: [], display: link.slice(0, 200), reason: error.message }
    throw new Refusal('bad-query', { detail: error.message, at: 'url' })
  }
}

/** With and without `www.`: not the same presence, but worth naming when only the other is certified. */
export function nearKeys(presence: Presence): string[] {
  const [key = ''] = presence.keys
  if (presence.kind !== 'web') return []
  return [
    key.startsWith('web:www.')
      ? `web:${key.slice('web:www.'.length)}`
      : `web:www.${key.slice('web:'.length)}`,
  ]
}

/** Country-code domains and platform shops that belong to one country; a generic domain says nothing. */
function countryOf(presence: Presence): string | undefined {
  const [key = ''] = presence.keys
  const code =
    presence.kind === 'web'
      ? /\.([a-z]{2})(?::\d+)?$/.exec(key)?.[1]
      : /^(?:shopee|lazada):([a-z]{2}):/.exec(key)?.[1]
  return code === 'uk' ? 'GB' : code?.toUpperCase()
}
