/** What the page hands to the form: as JSON inside the page, so that an agency can host the same script (docs/self-hosted-intake.md). */
import type { ComplaintWords } from '../../pages/languages/complaint-codes.js'
import type { AdmissionFloor } from '../../trusted-keys.js'
import type { Anchor } from '../../verify.js'
import { fetchPart, readPageJson } from '../kit/page-settings.js'

/** Id of the JSON in the page, and of the element that the form fills. */
export const SETTINGS_ID = 'complaint-settings'
export const FORM_ID = 'complaint-form'

/** JSON in the page. Addresses may be relative to it. */
export interface PageSettings {
  /** Public origin of the hub that carries the complaint. */
  hub: string
  /** Everything in the page's language, or where it lies as JSON. */
  words: ComplaintWords | string
  /** The page on which a case is opened. */
  casePage: string
  demo: boolean
  /** Whether the hub writes mails to consumers. */
  mail: boolean
  /** Keys of the alliance that this page pins, or where they lie; absent: those the hub shows are trusted at first use. */
  anchor?: Anchor | string
  /** Log indexes by member, below which an admission is too old: those that were newest when the page was made. */
  admissions?: AdmissionFloor
}

export interface Settings extends Omit<PageSettings, 'words' | 'anchor'> {
  words: ComplaintWords
  anchor: Anchor | undefined
}

/** Reads the settings of a page. @throws Error when there are none, or what they name can't be fetched */
export async function readSettings(page: Document): Promise<Settings> {
  const given = readPageJson(page, SETTINGS_ID) as PageSettings
  const [words, anchor] = await Promise.all([fetchPart(given.words), fetchPart(given.anchor)])
  return {
    ...given,
    hub: given.hub.replace(/\/$/, ''),
    casePage: new URL(given.casePage, page.baseURI).href,
    words,
    anchor,
  }
}
