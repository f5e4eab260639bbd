/** Names of faults that the form's texts must cover, and what the page hands to the form beside them. */
import type { CaseTexts } from '../../dispute/texts/case-texts.js'
import type { VerdictWord } from '../../record/verdict.js'
import type { ComplaintTexts } from './en/complaint.js'

/** What can go wrong with the hub, as far as people can do something about it. */
export type HubErrorGroup = 'offline' | 'outdated' | 'busy' | 'failed' | 'untrusted' | 'refused' | 'browser'

/** Why a file is not attached. */
export type FileFaultName = 'empty' | 'heic' | 'type' | 'too-large' | 'unreadable' | 'many' | 'total'

/** Everything in one language that the form shows; served as JSON, so that the script holds no language. */
export interface ComplaintWords {
  lang: string
  /** `en-GB`, `th-TH` …: how dates and amounts are written. */
  locale: string
  texts: ComplaintTexts
  codes: Pick<
    CaseTexts,
    | 'claimTypes'
    | 'contactChannels'
    | 'contactResults'
    | 'flags'
    | 'kinds'
    | 'paymentMethods'
    | 'relations'
    | 'remedies'
  >
  verdicts: Readonly<Record<VerdictWord, string>>
  /** By name in the language. */
  countries: readonly { value: string; label: string }[]
  /** Languages in which a story can be written. */
  languages: readonly { value: string; label: string; lang?: string }[]
  platforms: readonly { value: string; label: string }[]
}
