/** Checking a trust mark JWT found in the wild: who signed it, whether it is the current one, and what holds now. */
import { formatAllianceId, memberOf, parseMarkType, RECORD_TYP, type RecordClaims } from '../record/record.js'
import { formatProblem, type Problem, Refusal } from '../refusal.js'
import { sha256Hex } from '../trust/digest.js'
import { type Statement, verifyStatement } from '../trust/statement.js'
import { type Reader, readHead } from './hub.js'
import { readRoster } from './roster.js'
import { type RenderedVerdict, verify } from './verify.js'

/** What the found text itself is worth, apart from today's verdict on the record it names. */
export interface FoundMark {
  /** The signature is the issuer's, over exactly these claims. */
  genuine: boolean
  /** It was published here: at that log index. */
  index?: number
  /** It is the newest statement of its record. */
  current: boolean
  problem?: Problem
}

/** @returns the found mark's own standing, and the verdict on its record when it is genuine */
export async function checkFound(
  hub: Reader,
  jwt: string,
): Promise<{ found: FoundMark; rendered?: RenderedVerdict }> {
  const text = jwt.trim()
  let statement: Extract<Statement, { kind: 'record' }>
  try {
    const found = await verifyFound(hub, text)
    if (found.kind !== 'record')
      throw new Refusal(
        'unknown-type',
        `This is a statement of another type; a trust mark has typ ${RECORD_TYP}.`,
      )
    checkNamesOwn(hub.origin, found.issuer, found.claims)
    statement = found
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { found: { genuine: false, current: false, problem: formatProblem(error, hub.origin) } }
  }
  const rendered = await verify(hub, { record: statement.claims.trustmark.id })
  const outcome = (await hub.store.outcomes([sha256Hex(text)])).get(sha256Hex(text))
  const index = outcome && 'index' in outcome ? outcome.index : undefined
  const current = rendered.verdict.records.some((record) => record.statement === text)
  return { found: { genuine: true, current, ...(index !== undefined && { index }) }, rendered }
}

/**
 * A member's signature is worth something for its own marks only: under another member's record id, its own text
 * would be called genuine beside the verdict on the other's shop.
 */
function checkNamesOwn(
  origin: string,
  issuer: string,
  { trust_mark_type: type, trustmark: { id } }: RecordClaims,
): void {
  if (memberOf(id) !== issuer) {
    throw new Refusal('id-not-own', {
      detail: `${issuer} signed this mark, but the record it names is another member's.`,
      value: id,
      at: 'trustmark.id',
    })
  }
  if (parseMarkType(origin, type)?.member !== issuer) {
    throw new Refusal('type-not-permitted', {
      detail: `${issuer} signed this mark, but its type is not one of ${issuer}'s.`,
      value: type,
      at: 'trust_mark_type',
    })
  }
}

async function verifyFound(hub: Reader, text: string): Promise<Statement> {
  const head = await readHead(hub)
  return verifyStatement(text, {
    alliance: formatAllianceId(hub.origin),
    directory: await readRoster(hub, head),
    index: head.size,
    now: hub.now() / 1000,
    anyStanding: true,
  })
}
