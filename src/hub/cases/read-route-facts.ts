/** From a route's question to its facts: records, marks and registers as the log has them. The address is looked up and not kept. */
import { addPeriodSeconds } from '../../alliance/validity.js'
import type { RouteQuestion } from '../../dispute/route-question.js'
import type { MarkVerdict, RecordFact, RecordState, RouteFacts } from '../../dispute/routing/route-facts.js'
import { memberOf } from '../../record/record.js'
import { POSITIVE_VERDICTS, type Verdict, type VerdictRecord } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import type { Hub } from '../hub.js'
import { type Question, readQuestion } from '../question.js'
import type { Roster } from '../roster.js'
import { verify } from '../verify.js'
import { readMarketplace } from './route-marketplace.js'

export interface ReadFacts {
  facts: RouteFacts
  /** Host or code of the marketplace, for the case's metadata. */
  marketplace: string | null
}

/** Endings that name a country and are used by anyone: no hint where a shop is. */
const GENERIC_ENDINGS = [
  'AC',
  'AI',
  'AM',
  'CC',
  'CO',
  'FM',
  'GG',
  'IO',
  'LA',
  'LY',
  'ME',
  'SH',
  'ST',
  'TK',
  'TO',
  'TV',
  'WS',
]

/** What looking the shop up gave. */
interface ShopLookUp {
  verdict?: Verdict
  /** A link whose end can't be known. */
  unresolvable: boolean
  keys: readonly string[]
  /** The platform of a shop link. */
  platform?: string
  /** Country that the address hints at. */
  hint: string | null
}

/**
 * @throws Refusal `bad-query` for an address that is none, `record-unknown`; neither repeats what was typed
 */
export async function readRouteFacts(hub: Hub, question: RouteQuestion, roster: Roster): Promise<ReadFacts> {
  const shop = question.purchaseUrl === undefined ? undefined : await lookUpShop(hub, question.purchaseUrl)
  const named = question.record === undefined ? undefined : await lookUpRecord(hub, question.record)
  const market =
    question.marketplace === undefined
      ? shop?.platform === undefined
        ? undefined
        : { name: shop.platform, url: undefined }
      : readMarketplace(question.marketplace)
  const marketVerdict = market?.url ? (await verify(hub, { url: market.url })).verdict : undefined
  // A record counts for the shop it covers: one that was copied from elsewhere is what the mark shown is judged by.
  const source = shop?.verdict ?? (shop ? undefined : named)
  // Its id as the record has it: typed in small letters it is found all the same.
  const records = source ? recordFacts(source, shop?.keys ?? [], named?.records[0]?.id) : []
  const markShown = question.markShown ?? (question.record === undefined ? null : memberOf(question.record))
  return {
    marketplace: market?.name ?? null,
    facts: {
      kind: question.kind,
      relation: question.relation,
      claimType: question.claimType,
      consumerCountry: question.consumerCountry,
      merchantCountry: question.merchantCountry ?? shop?.hint ?? null,
      records,
      markShown,
      markVerdict: await judgeMark(hub, roster, markShown, records, shop),
      marketplace: market ? { records: marketVerdict ? recordFacts(marketVerdict, []) : [] } : null,
      amountBand: question.amountBand,
      currency: question.currency,
      lang: question.lang,
      contactedMerchant: question.contactedMerchant,
      otherProceedings: question.otherProceedings,
      minor: question.minor,
    },
  }
}

async function lookUpShop(hub: Hub, typed: string): Promise<ShopLookUp> {
  const question = readShop(typed)
  if (question.by !== 'presence') return { unresolvable: true, keys: [], hint: null }
  const { presence, country } = question
  // The shop's own address alone: paths and queries can hold order numbers and names.
  const { verdict } = await verify(hub, { url: presence.url })
  return {
    verdict,
    unresolvable: false,
    keys: presence.keys,
    ...(presence.kind !== 'web' && { platform: presence.kind }),
    hint: country !== undefined && !GENERIC_ENDINGS.includes(country) ? country : null,
  }
}

/** Errors of reading an address repeat it; here it may hold anything, so they are put in other words. */
function readShop(typed: string): Question {
  try {
    return readQuestion({ url: typed })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal('bad-query', {
      detail:
        'purchaseUrl is the one web address of the shop or its link on a platform, such as https://shop.example. Copy it from the browser, or leave it out.',
      at: 'purchaseUrl',
    })
  }
}

async function lookUpRecord(hub: Hub, record: string): Promise<Verdict> {
  const { verdict } = await verify(hub, { record })
  if (verdict.records.length > 0) return verdict
  throw new Refusal('record-unknown', {
    detail:
      'No record has this id. Take it from the page of the shop’s certificate, or ask with purchaseUrl instead.',
    at: 'record',
  })
}

function recordFacts({ records, warnings }: Verdict, keys: readonly string[], named?: string): RecordFact[] {
  const stale = new Set(warnings.filter(({ code }) => code === 'member-stale').map(({ member }) => member))
  return records.map((record) => ({
    id: record.id,
    member: record.member.id,
    country: record.holder.country,
    state: stateOf(record, stale.has(record.member.id)),
    bound: record.matched === undefined || record.matched.keys.some((key) => keys.includes(key)),
    named: record.id === named,
    auditedAt: Math.floor(Date.parse(record.validity.from) / 1000),
  }))
}

function stateOf({ verdict }: VerdictRecord, stale: boolean): RecordState {
  if (POSITIVE_VERDICTS.includes(verdict)) return stale ? 'unconfirmed' : 'in_force'
  // What befell the issuer or its key says nothing against the shop.
  return verdict === 'issuer-suspended' || verdict === 'key-compromised' ? 'unconfirmed' : 'inactive'
}

const VERDICT_OF: Readonly<Record<RecordState, MarkVerdict>> = {
  in_force: 'genuine',
  unconfirmed: 'unverifiable',
  inactive: 'inactive',
}
const STATES: readonly RecordState[] = ['in_force', 'unconfirmed', 'inactive']

/** The best that any record of the mark's member says; where none covers the shop, whether that proves anything. */
async function judgeMark(
  hub: Hub,
  roster: Roster,
  shown: string | null,
  records: readonly RecordFact[],
  shop: ShopLookUp | undefined,
): Promise<MarkVerdict> {
  const own = shown === null ? records : records.filter(({ member }) => member === shown)
  const best = STATES.find((state) => own.some((record) => record.state === state))
  if (best) return VERDICT_OF[best]
  if (shown === null) return 'none'
  return (await provesForgery(hub, roster, shown, shop)) ? 'forged' : 'unverifiable'
}

/**
 * Whether the absence of a record proves that the mark is forged: only if the shop is known, its member takes part and
 * publishes marks, its register is fresh and whole, and no record stands at a neighbouring address.
 */
async function provesForgery(
  hub: Hub,
  roster: Roster,
  shown: string,
  shop: ShopLookUp | undefined,
): Promise<boolean> {
  const member = roster.find(shown)
  if (!shop?.verdict || member?.participation !== 'admitted' || !member.definition.roles.includes('issuer'))
    return false
  const isNear = shop.verdict.warnings.some(
    ({ code, record }) =>
      code === 'presence-not-covered' && record !== undefined && memberOf(record) === shown,
  )
  if (isNear) return false
  const [register] = await hub.store.registers([shown])
  if (!register || register.count !== register.counted) return false
  const rhythm = member.definition.publishes
  return rhythm === null || addPeriodSeconds(register.at, rhythm) > hub.now() / 1000
}
