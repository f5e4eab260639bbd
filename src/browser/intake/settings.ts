/** What the page hands to the form: as JSON inside the page, so that an agency can host the same script (docs/self-hosted-intake.md). */
import type { ComplaintWords } from '../../pages/languages/complaint/codes.js'
import type { Anchor } from '../../verify.js'

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
}

export interface Settings extends Omit<PageSettings, 'words' | 'anchor'> {
  words: ComplaintWords
  anchor: Anchor | undefined
}

/** Reads the settings of a page. @throws Error when there are none, or what they name can't be fetched */
export async function readSettings(page: Document): Promise<Settings> {
  const given = JSON.parse(page.getElementById(SETTINGS_ID)?.textContent ?? '') as PageSettings
  const [words, anchor] = await Promise.all([fetchJson(given.words), fetchJson(given.anchor)])
  return {
    ...given,
    hub: given.hub.replace(/\/$/, ''),
    casePage: new URL(given.casePage, page.baseURI).href,
    words,
    anchor,
  }
}

async function fetchJson<T>(value: T | string): Promise<T> {
  if (typeof value !== 'string') return value
  const response = await fetch(value, { credentials: 'omit' })
  if (!response.ok) throw new Error(`${value}: ${response.status}`)
  return (await response.json()) as T
}
