/** What a route is decided from, and what comes out: plain data, so that the same facts always give the same route (DESIGN 4.10). */
import type { Competence } from '../../alliance/definition.js'
import type { Participation } from '../../alliance/participation.js'
import type { LocalText } from '../../alliance/text.js'
import type { Referral, RouteFlag, RouteOutcome } from '../route-question.js'
import type { CaseKind, ClaimType, Relation } from '../taxonomy.js'
import type { Reason } from './reason.js'

/**
 * What looking up the mark shown gave. `forged` only where its member publishes a fresh and whole register that does not
 * hold this shop; whatever is less sure is `unverifiable`.
 */
export const MARK_VERDICTS = ['genuine', 'inactive', 'forged', 'unverifiable', 'none'] as const
export type MarkVerdict = (typeof MARK_VERDICTS)[number]

/** `unconfirmed`: the last good word is that it is in force, but its member is stale, suspended or lost a key. */
export const RECORD_STATES = ['in_force', 'unconfirmed', 'inactive'] as const
export type RecordState = (typeof RECORD_STATES)[number]

/** A record that covers the shop. */
export interface RecordFact {
  id: string
  member: string
  /** Country of the holder. */
  country: string
  state: RecordState
  /** Whether it names the very shop of the purchase, rather than a domain around it. */
  bound: boolean
  /** The question names it: the consumer was shown this one. */
  named?: boolean
  /** When the member last looked, JWT seconds. */
  auditedAt: number
}

export interface RouteFacts {
  kind: CaseKind
  relation: Relation
  claimType: ClaimType
  consumerCountry: string
  /** Where the shop seems to be; a record's own country outweighs it. */
  merchantCountry: string | null
  /** Records that cover the shop, in any state. */
  records: readonly RecordFact[]
  /** Member whose mark the shop shows. */
  markShown: string | null
  markVerdict: MarkVerdict
  /** The marketplace of the purchase, with the records that cover the marketplace itself. */
  marketplace: { records: readonly RecordFact[] } | null
  amountBand: number
  currency: string
  lang: string
  contactedMerchant: boolean
  otherProceedings: boolean
  minor: boolean
  /** The claim for money beside a report of a forged mark: its shop is not to be trusted. */
  untrusted?: boolean
}

/** A member as routing sees it. */
export interface RouteMember {
  id: string
  country: string
  name: LocalText
  shortName: LocalText
  participation: Participation
  /** Whether a complaint can be encrypted to it: it has a live `enc` key. */
  receives: boolean
  /** Whether it is a dispute body, rather than only an issuer that answers for its own mark. */
  disputes: boolean
  /** Languages it works in. */
  languages: readonly string[]
  takes: readonly Competence[]
  basis: readonly {
    takes: Competence
    extent: 'stated' | 'unrestricted'
    countries?: readonly string[]
    through?: 'partner'
  }[]
  /** Countries whose bodies exchange complaints with it. */
  partnerCountries: readonly string[]
}

export interface RouteDirectory {
  /** In a demo the named agencies take no part, which is what an assumption then says. */
  demo: boolean
  members: readonly RouteMember[]
}

export interface Route {
  outcome: RouteOutcome
  lead: string | null
  partner: string | null
  /** They get metadata only. */
  cc: string[]
  referrals: Referral[]
  /** Ids of the gates that applied. */
  gates: string[]
  reasons: Reason[]
  flags: RouteFlag[]
  rulesetVersion: string
  /** With `precontact`: calendar days that the shop has. */
  precontactDays?: number
  /** What the case is about once the rules have set right what was ticked. */
  kind: CaseKind
  relation: Relation
  claimType: ClaimType
  merchantCountry: string | null
  /** The record that the route rests on. */
  record: string | null
  /** The claim for money beside a report of a forged mark. */
  linked?: Route
}
