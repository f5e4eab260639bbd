/** Why a case went where it went: the rules that its signed quote names, in words, with the names of this case in them. */
import { type Language, pickText } from '../../alliance/text.js'
import type { QuoteClaims } from '../../dispute/envelope.js'
import type { PageAgency } from './agencies.js'
import type { Words } from './words.js'

/** `{lead}` in full, `{lead:short}` by its short name. */
const PLACEHOLDER = /\{(\w+)(:short)?\}/g

/**
 * One text for each rule, in the quote's order. A rule of which the quote does not say all that its text names is left
 * out, rather than told with a gap.
 */
export function explainRoute({ quote }: QuoteClaims, words: Words): string[] {
  const values = valuesOf(quote, words)
  const rules = quote.rules.flatMap((rule) => {
    const text = words.rules[rule]
    if (text === undefined) return []
    let whole = true
    const filled = text.replaceAll(PLACEHOLDER, (_, name: string, short: string | undefined) => {
      const value = values[name]?.(short !== undefined)
      if (value === undefined) whole = false
      return value ?? ''
    })
    return whole ? [filled] : []
  })
  // Which agency's part is assumed the quote does not say, only that one is.
  const assumed = quote.flags.includes('assumption') ? [words.labels.flags.assumption] : []
  return [...rules, ...assumed]
}

type Value = (short: boolean) => string | undefined

function valuesOf(quote: QuoteClaims['quote'], words: Words): Readonly<Record<string, Value>> {
  const { meta, lead, partner, cc } = quote
  const { agencies, lang, format } = words
  const find = (id: string | null | undefined): PageAgency | undefined =>
    id ? agencies.find((agency) => agency.id === id) : undefined
  const member =
    (agency: PageAgency | undefined): Value =>
    (short) =>
      agency && nameOf(agency, short, lang)
  const country =
    (code: string | null): Value =>
    () =>
      code === null ? undefined : format.country(code)
  const languages =
    (agency: PageAgency | undefined): Value =>
    () =>
      agency && listOf(agency.languages.map(format.language), lang)
  const issuer = find(meta.record?.split(':')[0])
  const informed: Value = (short) =>
    cc.length === 0
      ? undefined
      : listOf(
          cc.flatMap((id) => find(id) ?? []).map((agency) => nameOf(agency, short, lang)),
          lang,
        )
  return {
    lead: member(find(lead)),
    partner: member(find(partner)),
    issuer: member(issuer),
    owner: member(find(meta.markShown) ?? issuer),
    homeBody: member(agencies.find((one) => one.disputes && one.country === meta.consumerCountry)),
    others: informed,
    market: informed,
    consumerCountry: country(meta.consumerCountry),
    merchantCountry: country(meta.merchantCountry),
    leadLanguages: languages(find(lead)),
    partnerLanguages: languages(find(partner)),
  }
}

function nameOf({ name, shortName }: PageAgency, short: boolean, lang: Language): string {
  const full = pickText(name, lang).text
  const brief = pickText(shortName, lang).text
  return short ? brief : full === brief ? full : `${full} (${brief})`
}

function listOf(parts: readonly string[], lang: Language): string {
  // Older browsers have no ListFormat; a comma says as much.
  return typeof Intl.ListFormat === 'function'
    ? new Intl.ListFormat(lang, { type: 'conjunction' }).format(parts)
    : parts.join(', ')
}
