/** The moment on a seal, short: day and minute by the clocks of its readers, in their calendar (DESIGN 4.13). */
import { inLanguage, type Language, type Translated } from '../../alliance/text.js'
import { LOCALES } from '../frame/reader.js'
import { TEXTS } from '../languages/texts.js'

/** No line ends within a day. */
const NBSP = '\u00a0'
/** Small print needs figures: a month by its name where it is short, else by its number. */
const DAYS: Translated<Intl.DateTimeFormatOptions> = {
  en: { dateStyle: 'medium' },
  vi: { year: 'numeric', month: 'numeric', day: 'numeric' },
}

// Intl objects take milliseconds to build, so each is made once.
const formats = new Map<Language, { day: Intl.DateTimeFormat; minute: Intl.DateTimeFormat }>()

/** A moment (ISO 8601) in the words of a language's seal. */
export function formatSealTime(iso: string, lang: Language): string {
  const { zone: timeZone, seal } = TEXTS[lang]
  let format = formats.get(lang)
  if (!format) {
    format = {
      day: new Intl.DateTimeFormat(LOCALES[lang], { ...inLanguage(DAYS, lang), timeZone }),
      minute: new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }),
    }
    formats.set(lang, format)
  }
  const at = new Date(iso)
  const day = format.day.format(at).replaceAll(' ', NBSP)
  return seal.asOf.replace('{day}', day).replace('{minute}', format.minute.format(at))
}
