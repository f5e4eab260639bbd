/** From facts and directory to the few features that rules look at, and to the members that can play each part. */
import type { Competence } from '../../alliance/definition.js'
import { URGENT_CLAIMS } from '../taxonomy.js'
import type { RecordFact, RouteDirectory, RouteFacts, RouteMember } from './route-facts.js'
import type { EarlySituation, Party } from './rule.js'
import { HIGH_VALUE_BAND } from './ruleset.js'

/** Members by part, the first choice first. */
export type Parties = Readonly<Record<Party, readonly RouteMember[]>>

export interface Derived {
  situation: EarlySituation
  parties: Parties
  /** The record that the route rests on. */
  record: RecordFact | undefined
  merchantCountry: string | null
}

/** Whether it can be given a case: admitted, and with a key to encrypt to. */
export function canTake<M extends Pick<RouteMember, 'participation' | 'receives'>>(
  member: M | undefined,
): member is M {
  return member !== undefined && member.participation === 'admitted' && member.receives
}

/** Whether a public source says that the member takes complaints of this kind with this country on the other side. */
export function isStated(member: RouteMember, takes: Competence, country: string | null): boolean {
  const basis = member.basis.find((entry) => entry.takes === takes)
  if (basis?.extent !== 'stated') return false
  return basis.countries === undefined || (country !== null && basis.countries.includes(country))
}

/** Whether consumers come to it only through the body of their own country. */
export function needsPartner(member: RouteMember, takes: Competence): boolean {
  return member.basis.find((entry) => entry.takes === takes)?.through === 'partner'
}

export function deriveSituation(facts: RouteFacts, directory: RouteDirectory): Derived {
  const untrusted = facts.untrusted === true
  const find = (id: string | undefined | null) => directory.members.find((member) => member.id === id)
  const own = sortRecords(facts.records, find)
  const [record] = own
  const merchantCountry = record?.country ?? facts.merchantCountry
  const homeBodies = directory.members.filter(
    ({ country, disputes }) => country === facts.consumerCountry && disputes,
  )
  const home = homeBodies.find(
    (member) => canTake(member) && member.takes.includes('consumer-here-trader-abroad'),
  )
  const reach = (from: RecordFact | undefined, country: string | null) =>
    choosePartner(directory, find(from?.member), country, facts.consumerCountry, home)
  const marketRecord = sortRecords(facts.marketplace?.records ?? [], find)[0]
  const viaMarket = record ? undefined : marketRecord && reach(marketRecord, marketRecord.country)
  const partner = viaMarket ?? reach(record, merchantCountry)
  const owner = find(facts.markShown ?? record?.member)
  const others = own.map(({ member }) => member).filter((id) => id !== record?.member)
  const merchant = record ? 'certified' : viaMarket ? 'market' : merchantCountry ? 'known' : 'unknown'
  return {
    record,
    merchantCountry,
    parties: {
      home: home ? [home] : [],
      homeBody: homeBodies,
      partner: partner ? [partner] : [],
      owner: canTake(owner) ? [owner] : [],
      place: directory.members.filter(
        (member) =>
          member.country === merchantCountry && member.disputes && canTake(member) && member !== owner,
      ),
      issuer: [find(record?.member)].filter((member) => member !== undefined),
      others: [...new Set(others)].map(find).filter((member) => member !== undefined),
      market: [find(marketRecord?.member)].filter((member) => member !== undefined),
    },
    situation: {
      minor: yes(facts.minor),
      relation: facts.relation,
      proceedings: yes(facts.otherProceedings),
      contacted: yes(facts.contactedMerchant),
      contactable: yes(
        facts.claimType !== 'merchant_unreachable' && !URGENT_CLAIMS.includes(facts.claimType) && !untrusted,
      ),
      danger:
        facts.claimType === 'unsafe_product'
          ? 'product'
          : facts.claimType === 'unauthorised_charge'
            ? 'payment'
            : 'none',
      domestic: yes(merchantCountry === facts.consumerCountry),
      seller: facts.records.some(({ state }) => state !== 'inactive') ? 'trader' : 'unproven',
      kind: facts.kind === 'mark_misuse' ? 'misuse' : facts.kind,
      mark: facts.markVerdict,
      owner: yes(canTake(owner)),
      merchant,
      home: home ? 'takes' : homeBodies.length > 0 ? 'refuses' : 'none',
      partner: partner ? (isDirect(partner, record ?? marketRecord) ? 'direct' : 'indirect') : 'none',
      records: others.length > 0 ? 'several' : record ? 'one' : 'none',
      market: facts.marketplace ? (marketRecord ? 'certified' : 'plain') : 'none',
      amount: facts.amountBand >= HIGH_VALUE_BAND ? 'high' : 'usual',
      untrusted: yes(untrusted),
      hub: directory.demo ? 'demo' : 'real',
    },
  }
}

function yes(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no'
}

/** Which competence a member acts by when it reaches the merchant. */
export function reachingCompetence(member: RouteMember, issuer: string | undefined): Competence {
  return member.id === issuer && member.takes.includes('own-mark')
    ? 'own-mark'
    : 'consumer-abroad-trader-here'
}

function isDirect(partner: RouteMember, record: RecordFact | undefined): boolean {
  return !needsPartner(partner, reachingCompetence(partner, record?.member))
}

/**
 * Rule R23: first the record that the question names, for that is what the consumer saw; then what names the very shop,
 * then what is in force, then the member of the holder's own country, then the
 * newest audit; the id last, so that the order never depends on how the records came.
 */
function sortRecords(
  records: readonly RecordFact[],
  find: (id: string) => RouteMember | undefined,
): RecordFact[] {
  const rank = (record: RecordFact): number[] => [
    record.named ? 0 : 1,
    record.bound ? 0 : 1,
    record.state === 'inactive' ? 1 : 0,
    find(record.member)?.country === record.country ? 0 : 1,
    -record.auditedAt,
  ]
  return records.toSorted((a, b) => {
    const [left, right] = [rank(a), rank(b)]
    const differs = left.findIndex((value, i) => value !== right[i])
    if (differs >= 0) return (left[differs] ?? 0) - (right[differs] ?? 0)
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
  })
}

/**
 * Who reaches the merchant. Beside a home agency: the dispute body of the merchant's country where a source says that it
 * does so, for agencies then speak to agencies; else the mark's member if it takes complaints about its own mark; else the
 * body all the same. Without a home agency: whoever the consumer can come to directly.
 */
function choosePartner(
  directory: RouteDirectory,
  issuer: RouteMember | undefined,
  merchantCountry: string | null,
  consumerCountry: string,
  home: RouteMember | undefined,
): RouteMember | undefined {
  const bodies = directory.members.filter(
    (member) =>
      member.country === merchantCountry &&
      member.disputes &&
      member !== home &&
      canTake(member) &&
      member.takes.includes('consumer-abroad-trader-here'),
  )
  const own = canTake(issuer) && issuer !== home && issuer.takes.includes('own-mark') ? [issuer] : []
  if (home) {
    const stated = bodies.filter((body) => isStated(body, 'consumer-abroad-trader-here', consumerCountry))
    return [...stated, ...own, ...bodies][0]
  }
  const direct = bodies.filter((body) => !needsPartner(body, 'consumer-abroad-trader-here'))
  return [...own, ...direct, ...bodies][0]
}
