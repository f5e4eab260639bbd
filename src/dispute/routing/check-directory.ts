/**
 * The check of a directory: whom routing can not use, and that no question gets a lead that could not read it (DESIGN 4.10).
 * It routes every pair of countries and members: a tenth of a second for ten members, a second for forty.
 */
import { CLAIM_TYPES } from '../taxonomy.js'
import { route } from './route.js'
import type { MarkVerdict, RecordFact, RouteDirectory, RouteFacts, RouteMember } from './route-facts.js'
import { canTake } from './situation.js'

/** A country outside every alliance: ISO 3166 keeps it for private use. */
const ELSEWHERE = 'XA'

/** Both sides of a question, from which the rest follows. */
export interface Pair {
  consumerCountry: string
  /** Member whose record the shop has; null for none. */
  member: string | null
}

/**
 * Members that take complaints by their definition and can be given none, countries with two home agencies, and any
 * question whose lead or partner has no live key: the last must never be, whatever the others are.
 * @returns every fault found, as sentences
 */
export function checkDirectory(directory: RouteDirectory): string[] {
  const taking = directory.members.filter(({ takes }) => takes.length > 0)
  const homes = directory.members.filter(
    (member) => canTake(member) && member.takes.includes('consumer-here-trader-abroad'),
  )
  return [
    ...taking
      .filter((member) => member.participation === 'admitted' && !member.receives)
      .map(({ id }) => `${id} takes complaints by its definition, and has no enc key: it gets none`),
    ...homes
      .filter((member) => homes.find(({ country }) => country === member.country) !== member)
      .map(({ id, country }) => `${country} has two home agencies: ${id} is not the one that is chosen`),
    ...listPairs(directory).flatMap((pair) => listDeadEnds(directory, pair)),
  ]
}

/** Every consumer's country with every member's record, and with none. */
export function listPairs({ members }: RouteDirectory): Pair[] {
  const countries = [...new Set([...members.map(({ country }) => country), ELSEWHERE])]
  const records = [null, ...members.map(({ id }) => id)]
  return countries.flatMap((consumerCountry) => records.map((member) => ({ consumerCountry, member })))
}

function listDeadEnds(directory: RouteDirectory, pair: Pair): string[] {
  const find = (id: string | null): RouteMember | undefined => directory.members.find((m) => m.id === id)
  return CLAIM_TYPES.flatMap((claimType) => {
    const facts = pairFacts(directory, pair, claimType)
    const { lead, partner, flags, outcome } = route(facts, directory)
    const from = `${pair.consumerCountry} against ${pair.member ?? 'no record'}, ${claimType}`
    return [
      ...(outcome === 'case' && lead === null && !flags.includes('unmatched')
        ? [`${from}: nobody leads`]
        : []),
      ...[lead, partner]
        .filter((id) => id !== null && !canTake(find(id)))
        .map((id) => `${from}: ${id} has no live key`),
    ]
  })
}

function pairFacts(
  { members }: RouteDirectory,
  { consumerCountry, member }: Pair,
  claimType: RouteFacts['claimType'],
): RouteFacts {
  const country = members.find(({ id }) => id === member)?.country
  const record: RecordFact | undefined =
    member !== null && country !== undefined
      ? { id: `${member}:1`, member, country, state: 'in_force', bound: true, auditedAt: 0 }
      : undefined
  const markVerdict: MarkVerdict = record ? 'genuine' : 'none'
  return {
    kind: claimType === 'mark_misuse' ? 'mark_misuse' : 'complaint',
    relation: 'B2C',
    claimType,
    consumerCountry,
    merchantCountry: null,
    records: record ? [record] : [],
    markShown: member,
    markVerdict,
    marketplace: null,
    amountBand: 1,
    currency: 'USD',
    lang: 'en',
    contactedMerchant: true,
    otherProceedings: false,
    minor: false,
  }
}
