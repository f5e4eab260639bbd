/**
 * Mails of the hub. They say that there is news and nothing else: mailboxes are read by others, so no mail names the
 * shop, the matter, an agency or a state (facts 3.3).
 */
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { fill, letterTexts } from './letter-texts.js'

/** A mail of plain text, with the language in which it is. */
export interface NoticeMail {
  subject: string
  text: string
  lang: Language
}

/**
 * To a consumer who asked for it.
 * @param lang BCP 47; English where the hub does not speak it
 */
export function noticeMail(
  { origin, reference, demo }: { origin: string; reference: string; demo?: boolean },
  lang: string,
): NoticeMail {
  const spoken = chooseLanguage(lang)
  const { notice } = letterTexts(spoken)
  const values = { address: `${origin}/case`, origin, reference }
  return {
    subject: fill(notice.subject, values),
    text: joinParagraphs(notice.text, demo === true && notice.demo, values),
    lang: spoken,
  }
}

function chooseLanguage(lang: string): Language {
  const primary = lang.split('-')[0]?.toLowerCase()
  return LANGUAGES.find((spoken) => spoken === primary) ?? 'en'
}

function joinParagraphs(text: string, demo: string | false, values: Record<string, string | number>): string {
  return `${fill(text, values)}${demo === false ? '' : `\n\n${demo}`}\n`
}
