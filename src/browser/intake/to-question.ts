/** From what she answered to what is asked in clear: coded choices and the shop's own address, nothing she wrote (DESIGN 4.9). */
import type { RouteQuestion } from '../../dispute/route-question.js'
import type { ClaimType } from '../../dispute/taxonomy.js'
import { bandOf } from './amount.js'
import type { Draft } from './draft.js'

/** Claims in which no money need be at stake. */
const WITHOUT_AMOUNT: readonly (ClaimType | '')[] = [
  'mark_misuse',
  'privacy',
  'misleading_ad',
  'unsafe_product',
]
/** Stands where she stated none: band 0 of it says nothing. */
const ANY_CURRENCY = 'USD'

export function needsAmount({ claimType }: Draft): boolean {
  return !WITHOUT_AMOUNT.includes(claimType)
}

/** A report of a mark shown without right: the shop is not warned, so it is not asked about either. */
export function isMisuse({ claimType }: Draft): boolean {
  return claimType === 'mark_misuse'
}

/**
 * The question of a route quote. A person under age is asked for nothing more, so nothing more is sent either.
 * @param asks `early`: before amount and contact are known, to learn whether a case is possible at all
 */
export function formatQuestion(draft: Draft, lang: string, asks: 'early' | 'whole'): RouteQuestion {
  if (draft.claimType === '' || draft.relation === '')
    throw new TypeError('asked before what it is about was known')
  const early = asks === 'early'
  return {
    kind: isMisuse(draft) ? 'mark_misuse' : 'complaint',
    relation: draft.relation,
    consumerCountry: draft.consumerCountry,
    ...(draft.found && { record: draft.found.record }),
    ...(draft.shopUrl && { purchaseUrl: draft.shopUrl }),
    ...(!draft.found && draft.merchantCountry && { merchantCountry: draft.merchantCountry }),
    ...(!draft.found && draft.markShown && { markShown: draft.markShown }),
    ...(marketplaceOf(draft) && { marketplace: marketplaceOf(draft) }),
    claimType: draft.claimType,
    amountBand: early ? 0 : bandOf(draft.amount, draft.currency),
    currency: early ? ANY_CURRENCY : draft.currency || ANY_CURRENCY,
    lang,
    contactedMerchant: early || isMisuse(draft) || draft.contacted !== 'no',
    otherProceedings: draft.otherProceedings === true,
    minor: draft.minor === true,
  }
}

/** Code of a platform, or the origin of another marketplace. */
function marketplaceOf({ marketplace, marketplaceUrl }: Draft): string | undefined {
  if (marketplace !== 'other') return marketplace || undefined
  return originOf(marketplaceUrl)
}

/** The origin of a web address as people type it; undefined for what is none. */
export function originOf(typed: string): string | undefined {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return undefined
  try {
    const { origin, hostname, protocol } = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`)
    return hostname.includes('.') && protocol.startsWith('http') ? origin : undefined
  } catch {
    return undefined
  }
}
