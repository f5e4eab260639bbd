/** Why a case went where it went: the reasons of its signed quote, in the page's language. */
import type { QuoteClaims } from '../../dispute/envelope.js'
import { tellReasons } from '../../dispute/routing/tell-reasons.js'
import type { Words } from './words.js'

/** In the quote's order; a rule that can't be told whole is left out, rather than told with a gap. */
export function explainRoute(claims: QuoteClaims, { lang, rules, agencies }: Words): string[] {
  const names = (id: string) => agencies.find((agency) => agency.id === id)
  return tellReasons(claims, { lang, texts: rules, names }).flatMap(({ text }) => text ?? [])
}
