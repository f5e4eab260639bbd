/** The catalogues of everything that is written to people outside: the merchant, the consumer's mailbox, an agency's. */
import { inLanguage, type Language, type Translated } from '../../alliance/text.js'
import type { ClaimType, Remedy } from '../taxonomy.js'
import { en } from './en.js'
import { ja } from './ja.js'
import { th } from './th.js'
import { vi } from './vi.js'

/** `{name}` is filled in when written. */
export interface LetterTexts {
  /** How dates and numbers are written. */
  locale: string
  merchant: {
    /** With and without an order number. */
    subjectOrder: string
    subject: string
    greeting: string
    /** Before the list of facts. */
    bought: string
    shop: string
    product: string
    order: string
    date: string
    paid: string
    /** What is wrong, as a sentence to the shop. */
    claims: Record<ClaimType, string>
    /** Before the list of what is asked for. */
    ask: string
    remedies: Record<Remedy, string>
    refundOf: string
    answer: string
    elseAgency: string
    elseSomeone: string
    close: string
    /** Where she signs; also in place of a name that is not given. */
    name: string
  }
  notice: { subject: string; text: string; demo: string }
}

const TEXTS: Translated<LetterTexts> = { en, th, vi, ja }

export function letterTexts(lang: Language): LetterTexts {
  return inLanguage(TEXTS, lang)
}

/**
 * Puts values in place of `{name}`. A value is one line, whatever was typed: with line breaks of its own it could
 * write a paragraph that looks like ours.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined
      ? whole
      : String(value)
          .replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ')
          .trim()
  })
}
