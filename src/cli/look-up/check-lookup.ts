/** A look-up that believes nobody: asks the hub, then checks every signature behind the answer itself. */
import { decodeProtectedHeader } from 'jose'
import { LogError } from '../../log/error.js'
import { findLink } from '../../record/share-text.js'
import type { Verdict, VerdictQuery, VerdictRecord } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import {
  type Anchor,
  coversAddress,
  readAnchor,
  type VerifiedMember,
  verifyAdmission,
  verifyLogged,
  verifyRecord,
  verifyStatus,
  verifyVerdict,
} from '../../verify.js'

/** One thing that was checked, and how it came out. */
export interface Check {
  what: 'verdict' | 'issuer' | 'record' | 'coverage' | 'status' | 'logged'
  record?: string
  ok: boolean
  /** What was found, in one sentence. */
  detail: string
}

export interface CheckedLookUp {
  verdict: Verdict
  checks: Check[]
  anchor: Anchor
  /** Whether the alliance's keys were given by the caller, rather than taken from the hub that is being checked. */
  pinned: boolean
}

export type GetText = (path: string, accept?: string) => Promise<string>

/**
 * @param get fetches a path of the hub as text; throws a Refusal for a problem
 * @param now JWT seconds
 * @throws Refusal when the question can't be looked up or the answer itself is not signed by the alliance
 */
export async function checkLookUp(
  get: GetText,
  origin: string,
  query: VerdictQuery,
  now: number,
  pinned?: Anchor,
): Promise<CheckedLookUp> {
  const anchor =
    pinned ?? (await readAnchor(await get('/alliance/.well-known/openid-federation'), origin, now))
  const parameters = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const verdict = await verifyVerdict(await get(`/v1/verify?${parameters}`, 'application/jwt'), anchor, now)
  const checks: Check[] = [
    { what: 'verdict', ok: true, detail: `The answer is signed by ${anchor.alliance}.` },
  ]
  for (const record of verdict.records) checks.push(...(await checkRecord(get, record, query, anchor)))
  return { verdict, checks, anchor, pinned: pinned !== undefined }
}

async function checkRecord(
  get: GetText,
  record: VerdictRecord,
  query: VerdictQuery,
  anchor: Anchor,
): Promise<Check[]> {
  const checks: Check[] = []
  const check = async (what: Check['what'], run: () => Promise<string>): Promise<boolean> => {
    const about = { what, record: record.id }
    try {
      checks.push({ ...about, ok: true, detail: await run() })
      return true
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof LogError)) throw error
      checks.push({ ...about, ok: false, detail: error.message })
      return false
    }
  }
  let member: VerifiedMember | undefined
  await check('issuer', async () => {
    const page = JSON.parse(await get(`/v1/members/${record.member.id}`)) as {
      admission: { index: number; statement: string }
    }
    member = await verifyAdmission(page.admission.statement, anchor)
    return `${member.id} was admitted by the alliance's operator (log index ${page.admission.index}).`
  })
  const issuer = member
  if (!issuer) return checks
  await check('record', async () => {
    const claims = await verifyRecord(record.statement, issuer, anchor)
    if (claims.trustmark.id !== record.id)
      throw new Refusal('bad-claims', 'The signed record is another one than the answer shows.')
    if (query.url && !coversAddress(claims, findLink(query.url)?.link ?? query.url))
      throw new Refusal('bad-claims', 'The signed record does not cover this address.')
    return `The record is signed by ${issuer.id}, key ${decodeProtectedHeader(record.statement).kid?.slice(0, 8)}….`
  })
  const status = record.status
  if (status) {
    await check('status', async () => {
      const { status: signed } = await verifyStatus(status.statement, issuer, anchor)
      if (signed.record !== record.id || signed.change !== status.change)
        throw new Refusal('bad-claims', 'The signed status change is another one than the answer shows.')
      return `The change to "${signed.change}" is signed by ${issuer.id}.`
    })
  }
  await check('logged', async () => {
    const logged = await verifyLogged(
      await get(`/v1/records/${encodeURIComponent(record.id)}/proof`),
      record.statement,
      anchor,
    )
    return `The record is entry ${logged.index} of the public log (size ${logged.size}).`
  })
  return checks
}
