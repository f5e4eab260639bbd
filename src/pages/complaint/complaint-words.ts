/** Everything that the complaint form shows in one language, as the page hands it to the script (DESIGN 4.13). */
import { COUNTRY_CODES } from '../../alliance/country-codes.js'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { caseTexts } from '../../dispute/texts/case-texts.js'
import { VERDICTS, type VerdictWord } from '../../record/verdict.js'
import { LOCALES, OWN_NAMES, readerOf } from '../frame/reader.js'
import type { ComplaintWords } from '../languages/complaint-codes.js'
import { TEXTS } from '../languages/texts.js'

/** Countries of the alliance's first members stand above the others. */
const FIRST = ['TH', 'VN', 'JP']
/** Languages in which agencies are likely to get a story; the hub's own first. */
const STORY_LANGUAGES = [
  ...LANGUAGES,
  ...['ar', 'de', 'es', 'fr', 'hi', 'id', 'it', 'km', 'ko', 'lo', 'ms', 'my', 'nl', 'pt', 'ru', 'tl', 'zh'],
]
/** Where shops have an account instead of a website, with the names that they have everywhere. */
const PLATFORMS: readonly { value: string; label: string }[] = [
  { value: 'shopee', label: 'Shopee' },
  { value: 'lazada', label: 'Lazada' },
  { value: 'tiktok', label: 'TikTok Shop' },
  { value: 'facebook', label: 'Facebook' },
  { value: 'instagram', label: 'Instagram' },
  { value: 'line', label: 'LINE' },
]

const made = new Map<Language, ComplaintWords>()

/** The words in a language; made once, for they are the same for everybody. */
export function complaintWords(lang: Language): ComplaintWords {
  const known = made.get(lang)
  if (known) return known
  const words = makeWords(lang)
  made.set(lang, words)
  return words
}

function makeWords(lang: Language): ComplaintWords {
  const reader = readerOf(lang)
  const { claimTypes, contactChannels, contactResults, flags, kinds, paymentMethods, relations, remedies } =
    caseTexts(lang)
  const collator = new Intl.Collator(LOCALES[lang])
  const countries = COUNTRY_CODES.map((value) => ({ value, label: reader.country(value) })).sort((a, b) =>
    collator.compare(a.label, b.label),
  )
  return {
    lang,
    locale: LOCALES[lang],
    texts: TEXTS[lang].complaint,
    codes: {
      claimTypes,
      contactChannels,
      contactResults,
      flags,
      kinds,
      paymentMethods,
      relations,
      remedies,
    },
    verdicts: Object.fromEntries(VERDICTS.map((word) => [word, reader.t.verdicts[word].title])) as Record<
      VerdictWord,
      string
    >,
    countries: [
      ...FIRST.map((value) => ({ value, label: reader.country(value) })),
      ...countries.filter(({ value }) => !FIRST.includes(value)),
    ],
    languages: STORY_LANGUAGES.map((value) => {
      const own = LANGUAGES.find((one) => one === value)
      return own ? { value, label: OWN_NAMES[own], lang: own } : { value, label: reader.language(value) }
    }),
    platforms: PLATFORMS,
  }
}
