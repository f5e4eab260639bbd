/** What the consumer has typed so far: in the page's memory, and on her telephone only when she asks for it. */

import type {
  ClaimType,
  ContactChannel,
  ContactResult,
  PaymentMethod,
  Relation,
  Remedy,
} from '../../dispute/taxonomy.js'
import type { VerdictWord } from '../../record/verdict.js'

/** A shop that the hub found: what of its record the form needs. */
export interface FoundShop {
  record: string
  verdict: VerdictWord
  /** Holder, mark and place, as shown to her. */
  holder: string
  mark: string
  place: string
  country: string
  languages: readonly string[]
  /** Verified addresses of the holder. */
  contacts: readonly { kind: string; value: string }[]
}

/** Empty texts and undefined are what she has not answered. */
export interface Draft {
  consumerCountry: string
  /** As pasted. It stays here: only `shopUrl` is asked about. */
  shopText: string
  shopUnknown: boolean
  shopName: string
  /** The shop's own address, without order, path or tracking; or its link on a platform. */
  shopUrl: string
  found: FoundShop | undefined
  /** The text that `shopUrl` and `found` belong to. */
  lookedUp: string
  merchantCountry: string
  markShown: string
  /** Code of a platform, `other`, or empty for none. */
  marketplace: string
  marketplaceUrl: string
  claimType: ClaimType | ''
  relation: Relation | ''
  minor: boolean | undefined
  otherProceedings: boolean | undefined
  date: string
  orderNo: string
  product: string
  amount: string
  currency: string
  paymentMethod: PaymentMethod | ''
  contacted: 'yes' | 'no' | 'unreachable' | ''
  contactDate: string
  contactChannel: ContactChannel | ''
  contactResult: ContactResult | ''
  /** The day (ISO) on which she got the letter to the shop, how many days it gives the shop, and who leads otherwise. */
  letterOn: string
  letterDays: number
  letterLead: string
  remedies: Remedy[]
  remedyAmount: string
  storyLang: string
  story: string
  name: string
  email: string
  phone: string
  address: string
  conveyIdentity: boolean | undefined
  wantsMail: boolean
}

export function emptyDraft(lang: string): Draft {
  return {
    consumerCountry: '',
    shopText: '',
    shopUnknown: false,
    shopName: '',
    shopUrl: '',
    found: undefined,
    lookedUp: '',
    merchantCountry: '',
    markShown: '',
    marketplace: '',
    marketplaceUrl: '',
    claimType: '',
    relation: '',
    minor: undefined,
    otherProceedings: undefined,
    date: '',
    orderNo: '',
    product: '',
    amount: '',
    currency: '',
    paymentMethod: '',
    contacted: '',
    contactDate: '',
    contactChannel: '',
    contactResult: '',
    letterOn: '',
    letterDays: 0,
    letterLead: '',
    remedies: [],
    remedyAmount: '',
    storyLang: lang,
    story: '',
    name: '',
    email: '',
    phone: '',
    address: '',
    conveyIdentity: undefined,
    wantsMail: false,
  }
}

/** A draft as kept, with the step that she was at. */
export interface KeptDraft {
  draft: Draft
  step: string
  /** ISO time. */
  savedAt: string
}

const PLACE = 'trustmark-complaint'
/** Grows when a draft has another form; older ones are forgotten. */
const VERSION = 1

/** Keeps a draft on this device. @returns false where the browser lets nothing be kept */
export function keepDraft(kept: KeptDraft): boolean {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ v: VERSION, ...kept }))
    return true
  } catch {
    return false
  }
}

/** The kept draft; undefined for none. */
export function findDraft(lang: string): KeptDraft | undefined {
  try {
    const { v, draft, step, savedAt } = JSON.parse(localStorage.getItem(PLACE) ?? '') as KeptDraft & {
      v: number
    }
    if (v !== VERSION) return undefined
    return { draft: { ...emptyDraft(lang), ...draft }, step, savedAt }
  } catch {
    return undefined
  }
}

export function forgetDraft(): void {
  try {
    localStorage.removeItem(PLACE)
  } catch {
    // Nothing was kept either.
  }
}

/** The currency that is likely for a country; empty where none is offered. */
export function likelyCurrency(country: string): string {
  const own: Readonly<Record<string, string>> = {
    ...{ JP: 'JPY', TH: 'THB', VN: 'VND', US: 'USD', SG: 'SGD', MY: 'MYR', KR: 'KRW', TW: 'TWD', CN: 'CNY' },
    ...{ HK: 'HKD', AU: 'AUD', GB: 'GBP', ID: 'IDR', PH: 'PHP' },
    ...Object.fromEntries(
      ['AT', 'BE', 'DE', 'ES', 'FI', 'FR', 'GR', 'IE', 'IT', 'NL', 'PT'].map((code) => [code, 'EUR']),
    ),
  }
  return own[country] ?? ''
}

/** The day of a moment on the reader's own clock, as a date field has it. */
export function localDay(at: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
}
