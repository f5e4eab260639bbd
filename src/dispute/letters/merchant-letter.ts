/**
 * The letter that a consumer sends to the shop first (gate G6, Rec. 2010/304/EU: most shops answer one that names order,
 * fault, remedy and a date). Made of coded facts, so that it can stand in the shop's language beside her own.
 */
import { type Language, type LocalText, pickText } from '../../alliance/text.js'
import type { ClaimType, Remedy } from '../taxonomy.js'
import { fill, type LetterTexts, letterTexts } from './letter-texts.js'

interface Money {
  /** In units, such as `1290.00`. */
  amount: string
  /** ISO 4217. */
  currency: string
}

export interface LetterFacts {
  /** The shop's address or name, as she knows it. */
  shop: string
  claimType: ClaimType
  remedies: readonly Remedy[]
  product?: string
  orderNo?: string
  /** ISO date of the purchase. */
  date?: string
  paid?: Money
  /** How much she asks back; without it a refund is one of everything. */
  claimed?: Money
  /** Calendar days that the shop has, and the last of them as an ISO date. */
  days: number
  answerBy: string
  /** To whom she turns otherwise; null where no agency of the alliance is competent. */
  agency: LocalText | null
  /** How she signs; absent: a place to sign. */
  name?: string
}

/** The letter in a language, as plain text with paragraphs. */
export function merchantLetter(facts: LetterFacts, lang: Language): { subject: string; body: string } {
  const { merchant: t, locale } = letterTexts(lang)
  const { orderNo, agency, days, name } = facts
  const by = formatDate(facts.answerBy, locale)
  const paragraphs = [
    t.greeting,
    [t.bought, ...listFacts(facts, t, locale)].join('\n'),
    t.claims[facts.claimType],
    [t.ask, ...facts.remedies.map((remedy) => `- ${formatRemedy(remedy, facts, t, locale)}`)].join('\n'),
    fill(t.answer, { days, by }),
    agency ? fill(t.elseAgency, { agency: pickText(agency, lang).text }) : t.elseSomeone,
    t.close,
    name ? fill('{name}', { name }) : t.name,
  ]
  return {
    subject: orderNo ? fill(t.subjectOrder, { order: orderNo }) : t.subject,
    body: `${paragraphs.join('\n\n')}\n`,
  }
}

function listFacts(facts: LetterFacts, t: LetterTexts['merchant'], locale: string): string[] {
  const { shop, product, orderNo, date, paid } = facts
  return [
    fill(t.shop, { shop }),
    ...(product ? [fill(t.product, { product })] : []),
    ...(orderNo ? [fill(t.order, { order: orderNo })] : []),
    ...(date ? [fill(t.date, { date: formatDate(date, locale) })] : []),
    ...(paid ? [fill(t.paid, { amount: formatMoney(paid, locale) })] : []),
  ].map((line) => `- ${line}`)
}

function formatRemedy(
  remedy: Remedy,
  { claimed }: LetterFacts,
  t: LetterTexts['merchant'],
  locale: string,
): string {
  if (remedy !== 'refund' || !claimed) return t.remedies[remedy]
  return fill(t.refundOf, { amount: formatMoney(claimed, locale) })
}

function formatDate(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** With the currency's code: its sign would be another currency in another country. */
function formatMoney({ amount, currency }: Money, locale: string): string {
  const decimals = amount.split('.')[1]?.length ?? 0
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(Number(amount))
  return `${number} ${currency}`
}
