/** Why a case goes where it goes, told from its signed quote in the officer's language. */
import type { MemberDefinition } from '../../alliance/definition.js'
import type { QuoteClaims } from '../../dispute/envelope.js'
import { placeholdersOf, reasonText } from '../../dispute/routing/reason-text.js'
import type { ReasonParam } from '../../dispute/routing/route-facts.js'
import { PRECONTACT_DAYS } from '../../dispute/routing/ruleset.js'
import { memberOf } from '../../record/record.js'

export interface ToldReason {
  rule: string
  /** Null where the quote does not say all that the rule's text names. */
  text: string | null
}

/** Members that a quote names: the texts of its reasons name them too. */
export function namedMembers({ quote }: QuoteClaims): string[] {
  const { lead, partner, cc, meta } = quote
  const issuer = meta.record === null ? null : memberOf(meta.record)
  return [...new Set([lead, partner, ...cc, meta.markShown, issuer])].filter((id) => id !== null)
}

/**
 * A quote holds the ids of its rules; what their texts name is found from its own facts.
 * @param definitions of {@link namedMembers}
 */
export function tellReasons(
  { quote }: QuoteClaims,
  definitions: ReadonlyMap<string, MemberDefinition>,
  lang: string,
): ToldReason[] {
  const { meta } = quote
  const issuer = meta.record === null ? null : memberOf(meta.record)
  const named = (...ids: (string | null)[]): ReasonParam => ({
    members: [...new Set(ids)].flatMap((id) => (id === null ? [] : (definitions.get(id) ?? []))),
  })
  const languages = (id: string | null): ReasonParam => ({
    languages: (id === null ? undefined : definitions.get(id)?.languages) ?? [],
  })
  const params: Record<string, ReasonParam> = {
    lead: named(quote.lead),
    partner: named(quote.partner ?? quote.lead),
    owner: named(meta.markShown ?? issuer),
    issuer: named(issuer),
    homeBody: named(
      [...definitions.values()].find((member) => isHomeBody(member, meta.consumerCountry))?.id ?? null,
    ),
    others: named(...quote.cc),
    market: named(...quote.cc),
    consumerCountry: { country: meta.consumerCountry },
    merchantCountry: meta.merchantCountry === null ? { text: '' } : { country: meta.merchantCountry },
    leadLanguages: languages(quote.lead),
    partnerLanguages: languages(quote.partner),
    record: { text: meta.record ?? '' },
    days: { text: String(PRECONTACT_DAYS) },
  }
  return quote.rules.map((rule) => {
    const whole = [...placeholdersOf(rule)].every((name) => isKnown(params[name]))
    return { rule, text: whole ? reasonText({ rule, params }, lang) : null }
  })
}

/** Which agency's part is assumed, say, the quote does not tell, only (by a flag) that one is. */
function isKnown(param: ReasonParam | undefined): boolean {
  if (!param) return false
  return 'members' in param ? param.members.length > 0 : !('text' in param) || param.text !== ''
}

function isHomeBody({ country, roles }: MemberDefinition, consumerCountry: string): boolean {
  return country === consumerCountry && roles.includes('disputes')
}
