/** A quote: the route of a complaint, signed, so that the consumer's browser and the agencies can hold the hub to it (DESIGN 4.9, 5). */
import { createCaseReference } from '../../dispute/case-reference.js'
import { QUOTE_LIFETIME, QUOTE_TYP, type QuoteClaims, type WorkDemand } from '../../dispute/envelope.js'
import type {
  CaseMeta,
  RecipientKey,
  RouteFlag,
  RouteQuestion,
  RouteQuote,
} from '../../dispute/route-question.js'
import { assignLead } from '../../dispute/routing/assign-lead.js'
import { reasonWords } from '../../dispute/routing/reason-text.js'
import { besideReport, route } from '../../dispute/routing/route.js'
import type { Route, RouteDirectory, RouteFacts } from '../../dispute/routing/route-facts.js'
import { canTake } from '../../dispute/routing/situation.js'
import { tellReasons } from '../../dispute/routing/tell-reasons.js'
import { formatAllianceId } from '../../record/record.js'
import { createJti, signJws } from '../../trust/signer.js'
import { type Hub, readHead } from '../hub.js'
import { type Roster, readRoster } from '../roster.js'
import { demandWork } from './intake-limits.js'
import { type ReadFacts, readRouteFacts } from './read-route-facts.js'
import { receivingKids, routeDirectory } from './route-directory.js'

/** A quote for a case that exists already, and is passed on. */
export interface Requoting {
  /** Its reference, which the fresh quote keeps: no second case can be filed with it. */
  reference: string
  /** Whom not to choose: a lead that does not answer. */
  passOver: readonly string[]
  /** Whom the secretariat named to lead it; null where the rules decide. */
  lead: string | null
  /** Flags of the quote that it was filed or last passed on with: what was found then can't be looked up again. */
  flags: readonly RouteFlag[]
}

/** What all quotes of one question share. */
interface Quoting {
  question: RouteQuestion
  read: ReadFacts
  roster: Roster
  logSize: number
  work: WorkDemand
  reference: string | undefined
}

/**
 * Answers where a complaint goes and why. Every outcome is quoted; only `case` can be filed.
 * @param again only for a case that is passed on: the shop was asked long ago, and no second case comes of it
 * @throws Refusal `bad-query`, `record-unknown`
 */
export async function quoteRoute(hub: Hub, question: RouteQuestion, again?: Requoting): Promise<RouteQuote> {
  const head = await readHead(hub)
  const roster = await readRoster(hub, head)
  const read = await readRouteFacts(hub, question, roster)
  const found = decide(read.facts, routeDirectory(roster, hub.demo), again)
  const quoting: Quoting = {
    question,
    read,
    roster,
    logSize: head.size,
    work: await demandWork(hub),
    reference: again?.reference,
  }
  return {
    ...(await quoteOne(hub, found, quoting)),
    ...(found.linked && !again && { linked: await quoteOne(hub, found.linked, quoting) }),
  }
}

function decide(facts: RouteFacts, directory: RouteDirectory, again: Requoting | undefined): Route {
  if (!again) return route(facts, directory)
  const reachable = directory.members.map((member) =>
    again.passOver.includes(member.id) ? { ...member, receives: false } : member,
  )
  const isUntrusted = again.flags.includes('merchant_untrusted')
  const known = isUntrusted ? rememberForgery(facts) : facts
  const found = route({ ...known, contactedMerchant: true }, { ...directory, members: reachable })
  const named = reachable.find(({ id }) => id === again.lead)
  const passed = canTake(named) ? assignLead(found, named) : found
  // No rule says it where the owner of the mark can not lead; whoever leads instead must know all the same.
  if (!isUntrusted || passed.flags.includes('merchant_untrusted')) return passed
  return { ...passed, flags: [...passed.flags, 'merchant_untrusted'] }
}

/** The shop's address, by which the mark was found to be forged, is not kept; that it was, is. */
function rememberForgery(facts: RouteFacts): RouteFacts {
  return facts.kind === 'mark_misuse' ? { ...facts, markVerdict: 'forged' } : besideReport(facts)
}

async function quoteOne(hub: Hub, found: Route, quoting: Quoting): Promise<Omit<RouteQuote, 'linked'>> {
  const { outcome, lead, partner, cc, referrals, gates, reasons, flags, rulesetVersion } = found
  const recipients = outcome === 'case' ? listRecipients(quoting.roster, [lead, partner]) : []
  const issuedAt = Math.floor(hub.now() / 1000)
  const alliance = formatAllianceId(hub.origin)
  const claims: QuoteClaims = {
    iss: alliance,
    aud: alliance,
    iat: issuedAt,
    exp: issuedAt + QUOTE_LIFETIME,
    jti: createJti(),
    quote: {
      case: quoting.reference ?? createCaseReference(quoting.question.consumerCountry),
      meta: metaOf(found, quoting),
      outcome,
      lead,
      partner,
      cc,
      referrals: referrals.map(({ id }) => id),
      gates,
      rules: reasons.map(({ rule }) => rule),
      reasons,
      flags,
      rulesetVersion,
      recipients,
      logSize: quoting.logSize,
      work: quoting.work,
    },
  }
  const words = reasonWords(quoting.question.lang, (id) => quoting.roster.find(id)?.definition)
  return {
    outcome,
    lead,
    partner,
    cc,
    referrals,
    gates,
    reasons: tellReasons(claims, words).map(({ rule, text }) => ({ rule, text: text ?? rule })),
    flags,
    rulesetVersion,
    recipients,
    ...(found.precontactDays !== undefined && { precontactDays: found.precontactDays }),
    quote: await signJws(hub.keys.federation, QUOTE_TYP, claims),
    expires: new Date(claims.exp * 1000).toISOString(),
  }
}

/** Every key of the lead, then of the partner, in key-set order. */
function listRecipients(roster: Roster, members: readonly (string | null)[]): RecipientKey[] {
  return members.flatMap((id) => {
    const member = id === null ? undefined : roster.find(id)
    return member ? receivingKids(roster, member).map((kid) => ({ member: member.id, kid })) : []
  })
}

/** What the case keeps in clear. The address of the purchase is not in it: the record says which shop, or nothing does. */
function metaOf(found: Route, { question, read }: Quoting): CaseMeta {
  return {
    kind: found.kind,
    relation: found.relation,
    consumerCountry: question.consumerCountry,
    merchantCountry: found.merchantCountry,
    markShown: read.facts.markShown,
    claimType: found.claimType,
    amountBand: question.amountBand,
    currency: question.currency,
    lang: question.lang,
    contactedMerchant: question.contactedMerchant,
    otherProceedings: question.otherProceedings,
    minor: question.minor,
    record: found.record,
    marketplace: read.marketplace,
  }
}
