/** What every code of a case is called, in the hub's languages (DESIGN 4.13): plain text, so that it can travel as JSON. */
import { inLanguage, type Language, type Translated } from '../../alliance/text.js'
import type { Actor, CaseEventType } from '../case-event.js'
import type { CaseState, ClockOwner } from '../case-state.js'
import type { RouteFlag } from '../route-question.js'
import type {
  CaseKind,
  ClaimType,
  ContactChannel,
  ContactResult,
  DeclineReason,
  ExtensionReason,
  InfoRequest,
  MerchantResult,
  Outcome,
  PaymentMethod,
  Rating,
  Relation,
  Remedy,
  TextOrigin,
} from '../taxonomy.js'
import { en } from './en.js'
import { ja } from './ja.js'
import { th } from './th.js'
import { vi } from './vi.js'

/** What is called otherwise by whom it concerns than by those who work on it. */
export interface PartyTexts {
  states: Record<CaseState, string>
  events: Record<CaseEventType, string>
  owners: Record<ClockOwner, string>
  actors: Record<Actor, string>
}

/** One language. States, events, owners and actors speak to the consumer ("you"); `officer` has them for agencies. */
export interface CaseTexts extends PartyTexts {
  kinds: Record<CaseKind, string>
  relations: Record<Relation, string>
  claimTypes: Record<ClaimType, string>
  remedies: Record<Remedy, string>
  paymentMethods: Record<PaymentMethod, string>
  contactChannels: Record<ContactChannel, string>
  contactResults: Record<ContactResult, string>
  declineReasons: Record<DeclineReason, string>
  extensionReasons: Record<ExtensionReason, string>
  infoRequests: Record<InfoRequest, string>
  merchantResults: Record<MerchantResult, string>
  outcomes: Record<Outcome, string>
  /** As choices of the consumer. */
  ratings: Record<Rating, string>
  textOrigins: Record<TextOrigin, string>
  flags: Record<RouteFlag, string>
  officer: PartyTexts
}

const TEXTS: Translated<CaseTexts> = { en, th, vi, ja }

/** The texts in a language. */
export function caseTexts(lang: Language): CaseTexts {
  return inLanguage(TEXTS, lang)
}
