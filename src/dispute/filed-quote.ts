/**
 * The quote of the filing against `created`: the consumer agreed to these agencies, so the hub can't open the case for
 * others (DESIGN 4.9, 4.10).
 */
import { formatAllianceId } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { canonicalJson, sha256Hex } from '../trust/digest.js'
import type { CaseEvent } from './case-event.js'
import type { QuoteClaims } from './envelope.js'
import type { CaseKeys } from './find-signer.js'
import { verifyQuote } from './sealed/verify-quote.js'

/** What the filing's quote and `created` must both name. */
const NAMED = ['lead', 'partner', 'cc'] as const

/**
 * @param jws the quote that the hub shows as that of the filing
 * @returns its claims
 * @throws Refusal `bad-quote`, or `bad-claims` where `created` names another quote, or other agencies
 */
export async function verifyFiled(
  jws: string,
  created: Extract<CaseEvent, { type: 'created' }>,
  { origin, case: ref, hub }: Pick<CaseKeys, 'origin' | 'case' | 'hub'>,
): Promise<QuoteClaims> {
  const claims = await verifyQuote(jws, { alliance: formatAllianceId(origin), federation: hub })
  const { quote } = claims
  if (sha256Hex(jws) !== created.quote)
    throw new Refusal('bad-claims', 'It was filed with another quote than the hub shows.')
  if (quote.case !== ref) throw new Refusal('bad-quote', `Its quote is for the case ${quote.case}.`)
  const differing = NAMED.find((name) => canonicalJson(quote[name]) !== canonicalJson(created[name]))
  if (!differing) return claims
  throw new Refusal('bad-claims', {
    detail: `It names ${shown(created[differing])} as ${differing}; the quote that she agreed to names ${shown(quote[differing])}.`,
    value: shown(created[differing]),
    at: `case.event.${differing}`,
  })
}

function shown(named: string | null | readonly string[]): string {
  return (typeof named === 'string' ? named : named?.join(', ')) || 'nobody'
}
