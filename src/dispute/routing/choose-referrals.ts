/** Which referrals of a kind are for these two countries. */
import type { Referral } from '../route-question.js'
import type { ReferralSet } from './referral-sets.js'
import { REFERRALS, type ReferralRule, type ReferralScope } from './referrals.js'

/** In the order of the catalogue, each once. A kind with none for these countries gives its fallback, if it has one. */
export function chooseReferrals(
  sets: ReadonlySet<ReferralSet>,
  consumerCountry: string,
  merchantCountry: string | null,
): Referral[] {
  const chosen = new Set<ReferralRule>()
  for (const set of sets) {
    const scoped = REFERRALS.flatMap((referral) => {
      const scope = referral.sets[set]
      return scope ? [{ referral, scope }] : []
    })
    const fitting = scoped.filter(
      ({ scope }) => !scope.fallback && fits(scope, consumerCountry, merchantCountry),
    )
    const found = fitting.length > 0 ? fitting : scoped.filter(({ scope }) => scope.fallback)
    for (const { referral } of found) chosen.add(referral)
  }
  return REFERRALS.filter((referral) => chosen.has(referral)).map(
    ({ id, name, url, phone, languages, note, source }) => ({
      id,
      name,
      url,
      ...(phone !== undefined && { phone }),
      languages: [...languages],
      note,
      source,
    }),
  )
}

function fits({ consumer, merchant, either }: ReferralScope, home: string, abroad: string | null): boolean {
  const both = [
    ...(consumer ? [consumer.includes(home)] : []),
    ...(merchant ? [abroad !== null && merchant.includes(abroad)] : []),
  ]
  return either ? both.includes(true) : !both.includes(false)
}
