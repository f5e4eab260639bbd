/** Texts in several languages, and the rule for choosing one (DESIGN 4.13). */
import * as z from 'zod'

/** The languages the hub itself speaks; a further one is one catalogue more. */
export const LANGUAGES = ['en', 'th', 'vi', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** BCP 47, as far as names of organisations need it: `th`, `zh-Hant`, `ja-Latn`. */
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'a BCP 47 language tag such as th or zh-Hant')

/** Longest text in any statement: a page of prose; more belongs behind a link. */
export const MAX_TEXT_LENGTH = 2000

/**
 * A text that people read: without control characters and direction overrides, which would let it rewrite what stands
 * around it, and with something to see in it.
 */
export const plainText = z
  .string()
  .regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*[\p{L}\p{N}\p{P}\p{S}][^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u,
    'a visible text without control characters',
  )

/** `{language tag: text}` with at least one language. */
export const localText = z
  .record(languageTag, plainText.max(MAX_TEXT_LENGTH))
  .refine((text) => Object.keys(text).length > 0, 'at least one language')
export type LocalText = z.infer<typeof localText>

/** ISO 3166-1 alpha-2, upper case. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 country code such as TH')

/** Longest web address in any statement: browsers' own pages cut longer ones off. */
const MAX_ADDRESS_LENGTH = 400

/** An http or https address, kept exactly as written: a parser that trims or rewrites would read what nobody signed. */
export const webAddress = z
  .string()
  .max(MAX_ADDRESS_LENGTH)
  .regex(/^https?:\/\/[!-~]+$/, 'an http or https address in ASCII, such as https://agency.example/rules')

/** The same, over TLS only. */
export const secureAddress = z
  .string()
  .max(MAX_ADDRESS_LENGTH)
  .regex(/^https:\/\/[!-~]+$/, 'an https address in ASCII, such as https://agency.example/rules')

/** What English always has, and the other languages as far as somebody has translated it. */
export type Translated<T> = Readonly<{ en: T } & Partial<Record<Language, T>>>

/** In a language, else in English: a language is spoken on the pages before officers' tools and letters speak it. */
export function inLanguage<T>(texts: Translated<T>, lang: Language): T {
  return texts[lang] ?? texts.en
}

/**
 * Chooses the text for a reader: their language, else English, else the first there is. The language of what
 * was chosen comes with it, so that a page can mark a text that is not in the page's own language.
 */
export function pickText(text: LocalText, language: string): { text: string; lang: string } {
  for (const lang of [language, 'en', ...Object.keys(text)]) {
    const found = text[lang]
    if (found !== undefined) return { text: found, lang }
  }
  return { text: '', lang: language }
}
