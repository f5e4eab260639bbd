/** What the address of a seal asks for; anything that it can't ask for is passed over, for a picture has no place for a refusal. */
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { SEAL_STYLES, SEAL_THEMES, type SealStyle, type SealTheme } from './addresses.js'

export interface SealRequest {
  lang: Language
  theme: SealTheme
  style: SealStyle
  elsewhere: boolean
  place: string | undefined
}

/** Longest key of a place that is looked at: a host name's limit, with its kind. */
const MAX_PLACE = 300

/** Language tags are read by their first part (`th-TH`); an unknown one, or none, is English. */
export function readWish(parameters: URLSearchParams): SealRequest {
  const [tag] = (parameters.get('lang') ?? '').trim().toLowerCase().split(/[-_]/)
  const theme = parameters.get('theme')
  const style = parameters.get('style')
  return {
    lang: LANGUAGES.find((lang) => lang === tag) ?? 'en',
    theme: SEAL_THEMES.find((one) => one === theme) ?? 'light',
    style: SEAL_STYLES.find((one) => one === style) ?? 'card',
    elsewhere: parameters.get('shown') === 'elsewhere',
    place: parameters.get('place')?.slice(0, MAX_PLACE),
  }
}
