/** Reading a quote back: only one that this hub signed counts, and for filing only while it lasts (DESIGN 4.9). */
import type { QuoteClaims } from '../../dispute/envelope.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { formatAllianceId } from '../../record/record.js'
import type { Hub } from '../hub.js'

/**
 * @param options `allowExpired` for a case that was filed in time
 * @throws Refusal `bad-quote` for what this hub did not sign, `quote-expired`
 */
export function readQuote(
  hub: Hub,
  jws: string,
  { allowExpired = false }: { allowExpired?: boolean } = {},
): Promise<QuoteClaims> {
  const keys = { alliance: formatAllianceId(hub.origin), federation: [hub.keys.federationPublic] }
  return verifyQuote(jws, keys, allowExpired ? undefined : hub.now() / 1000)
}
