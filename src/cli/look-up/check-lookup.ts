/**
 * A look-up that believes nobody: asks the hub, checks every signature behind the answer, and rebuilds from the signed
 * statements what the answer may say. What a person is shown is the rebuilt answer, never the hub's own wording.
 */

import type { HubPort, LogKeyNews } from '../../follow-log-keys.js'
import { readQuestion } from '../../hub/question.js'
import { LogError } from '../../log/error.js'
import { identifierKeys } from '../../record/holder.js'
import { headline } from '../../record/judge.js'
import { isCovered } from '../../record/presence.js'
import { certificateOf } from '../../record/record.js'
import type { Verdict, VerdictQuery, VerdictRecord } from '../../record/verdict.js'
import { Refusal } from '../../refusal.js'
import { canonicalJson } from '../../trust/digest.js'
import {
  type Anchor,
  type RecordClaims,
  readAnchor,
  rebuildRecord,
  type VerifiedMember,
  type VerifiedStatus,
  verifyAdmission,
  verifyLogged,
  verifyRecord,
  verifyStatus,
  verifyVerdict,
} from '../../verify.js'
import { followLog, formatLogKeyNews } from './follow-log.js'

/** One thing that was checked, and how it came out. */
export interface Check {
  what:
    | 'answer'
    | 'checkpoint'
    | 'log-keys'
    | 'issuer'
    | 'record'
    | 'question'
    | 'status'
    | 'logged'
    | 'wording'
    | 'headline'
  record?: string
  ok: boolean
  /** What was found, in one sentence. */
  detail: string
}

export interface CheckedLookUp {
  /** What may be shown: records rebuilt from signed statements, and the headline that follows from them. */
  verdict: Verdict
  checks: Check[]
  /** Whether every check came out well. */
  trusted: boolean
  /** The alliance's keys, with those of the log that the operator announced since they were pinned. */
  anchor: Anchor
  /** What the operator said of the log's keys since they were pinned, as it signed it: the anchor can be pinned anew. */
  logKeys: readonly LogKeyNews[]
  /** Whether the alliance's keys were given by the caller, rather than taken from the hub that is being checked. */
  pinned: boolean
}

/**
 * @param hub throws a Refusal for a problem
 * @param now JWT seconds
 * @param options.followsLog whether the operator's word about the log's keys is asked for even when nothing demands it
 * @throws Refusal when the question can't be looked up or the answer itself is not signed by the alliance
 */
export async function checkLookUp(
  hub: HubPort,
  origin: string,
  query: VerdictQuery,
  now: number,
  pinned?: Anchor,
  { followsLog = false }: { followsLog?: boolean } = {},
): Promise<CheckedLookUp> {
  let anchor =
    pinned ?? (await readAnchor(await hub.text('/alliance/.well-known/openid-federation'), origin, now))
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const answer = await hub.text(`/v1/verify?${new URLSearchParams(given)}`, 'application/jwt')
  const verdict = await verifyVerdict(answer, anchor, now)
  const list = new CheckList()
  list.passed('answer', `The answer is signed by ${anchor.alliance}.`)
  await list.run('question', undefined, async () => {
    const asked = given.every(([name, value]) => verdict.query[name as keyof VerdictQuery] === value)
    if (!asked) throw new Refusal('bad-claims', 'The answer is to another question than the one asked.')
    return 'The answer is to the question asked.'
  })
  let logKeys: CheckedLookUp['logKeys'] = []
  await list.run('checkpoint', undefined, async () => {
    const { checkpoint } = verdict.asOf
    if (checkpoint === null) {
      throw new Refusal(
        'not-ready',
        'The answer has no checkpoint: it comes from a copy in the middle of a sync, and can’t be proven yet. Ask again later, or ask the hub.',
      )
    }
    const followed = await followLog(hub, checkpoint, anchor, followsLog)
    const { size } = followed
    anchor = followed.anchor
    logKeys = followed.news
    if (followed.news.length > 0) list.passed('log-keys', formatLogKeyNews(followed.news))
    if (size !== verdict.asOf.size)
      throw new Refusal('bad-claims', 'The checkpoint is of another log size than the answer.')
    return `The log's checkpoint of size ${size} is signed by the log's key.`
  })
  const records: VerdictRecord[] = []
  for (const record of verdict.records) {
    const rebuilt = await rebuild(hub, record, query, anchor, now, list)
    if (rebuilt) records.push(rebuilt)
  }
  const word =
    verdict.records.length > 0 ? headline(records.map((record) => record.verdict)) : verdict.verdict
  await list.run('headline', undefined, async () => {
    const claimed = verdict.records.length > 0 || ['not-found', 'unresolvable-link'].includes(verdict.verdict)
    if (word !== verdict.verdict || !claimed)
      throw new Refusal(
        'bad-claims',
        `The hub says "${verdict.verdict}", which does not follow from what was signed.`,
      )
    return `The verdict "${word}" follows from the records.`
  })
  const shown = { ...verdict, verdict: word, records }
  return {
    verdict: shown,
    checks: list.checks,
    trusted: list.checks.every(({ ok }) => ok),
    anchor,
    logKeys,
    pinned: pinned !== undefined,
  }
}

/** Collects checks; a refusal is a check that failed, anything else is a failure of ours. */
class CheckList {
  readonly checks: Check[] = []

  passed(what: Check['what'], detail: string, record?: string): void {
    this.checks.push({ what, ...(record && { record }), ok: true, detail })
  }

  async run(what: Check['what'], record: string | undefined, check: () => Promise<string>): Promise<boolean> {
    try {
      this.passed(what, await check(), record)
      return true
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof LogError || error instanceof SyntaxError))
        throw error
      this.checks.push({ what, ...(record && { record }), ok: false, detail: error.message })
      return false
    }
  }
}

/** @returns the record as its signed statements show it; undefined when a signature behind it does not hold */
async function rebuild(
  hub: HubPort,
  record: VerdictRecord,
  query: VerdictQuery,
  anchor: Anchor,
  now: number,
  list: CheckList,
): Promise<VerdictRecord | undefined> {
  const { id } = record
  let member: VerifiedMember | undefined
  let claims: RecordClaims | undefined
  let status: VerifiedStatus | undefined
  let index = record.index
  let rebuilt: VerdictRecord | undefined
  const steps: [Check['what'], () => Promise<string>][] = [
    [
      'issuer',
      async () => {
        const page = JSON.parse(await hub.text(`/v1/members/${record.member.id}`)) as {
          admission: { statement: string }
        }
        member = await verifyAdmission(page.admission.statement, anchor)
        return `${member.id} was admitted by the alliance's operator.`
      },
    ],
    [
      'record',
      async () => {
        claims = await verifyRecord(record.statement, known(member), anchor)
        if (claims.trustmark.id !== id)
          throw new Refusal('bad-claims', 'The signed record is another one than the answer names.')
        return `The record is signed by ${known(member).id}.`
      },
    ],
    [
      'question',
      async () => {
        if (!answersQuestion(known(claims), query))
          throw new Refusal('bad-claims', 'The signed record is not about what was asked.')
        return 'The signed record covers what was asked.'
      },
    ],
    ...(record.status ? [['status', checkStatus] as [Check['what'], () => Promise<string>]] : []),
    [
      'logged',
      async () => {
        const logged = await verifyLogged(
          await hub.text(`/v1/records/${encodeURIComponent(id)}/proof`),
          record.statement,
          anchor,
        )
        index = logged.index
        return `The record is entry ${logged.index} of the public log (size ${logged.size}).`
      },
    ],
    [
      'wording',
      async () => {
        rebuilt = await rebuildRecord(
          { jws: record.statement, index },
          known(member),
          status,
          standingOf(record),
          anchor,
          now,
        )
        const differing = differences(rebuilt, record)
        if (differing.length > 0)
          throw new Refusal(
            'bad-claims',
            `The hub says something else than was signed about: ${differing.join(', ')}.`,
          )
        return 'What the hub says of the record is what was signed.'
      },
    ],
  ]
  async function checkStatus(): Promise<string> {
    const { statement = '', change, index: at = 0 } = record.status ?? {}
    const signed = await verifyStatus(statement, known(member), anchor)
    if (signed.status.record !== id || signed.status.change !== change)
      throw new Refusal('bad-claims', 'The signed status change is another one than the answer names.')
    status = { claims: signed, jws: statement, index: at }
    return `The change to "${signed.status.change}" is signed by ${known(member).id}.`
  }
  for (const [what, check] of steps) {
    // What stands behind a signature that does not hold is not looked at, except that a differing wording is shown as signed.
    if (!(await list.run(what, id, check))) break
  }
  return rebuilt
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('a later check ran without the earlier one')
  return value
}

/** The hub alone can say that an issuer was suspended, has left, or lost its key: believed, for it speaks against the mark. */
function standingOf({ verdict }: VerdictRecord): Parameters<typeof rebuildRecord>[3] {
  return {
    participation:
      verdict === 'issuer-suspended' ? 'suspended' : verdict === 'issuer-left' ? 'left' : 'admitted',
    keyCompromised: verdict === 'key-compromised',
  }
}

/** Members of the answer that are not in the statements: which presence matched, and what rests on the asker's country. */
const NOT_SIGNED: readonly string[] = ['matched', 'recognition']

function differences(signed: VerdictRecord, said: VerdictRecord): string[] {
  const names = new Set([...Object.keys(signed), ...Object.keys(said)])
  return [...names].filter((name) => {
    if (NOT_SIGNED.includes(name)) return false
    const [a, b] = [signed[name as keyof VerdictRecord], said[name as keyof VerdictRecord]]
    return a === undefined || b === undefined ? a !== b : canonicalJson(a) !== canonicalJson(b)
  })
}

/** Whether a signed record is about what was asked, by the same reading of the question that the hub makes. */
function answersQuestion(claims: RecordClaims, query: VerdictQuery): boolean {
  const question = readQuestion(query)
  switch (question.by) {
    case 'presence':
      return claims.trustmark.presences.some((presence) => isCovered(presence, question.presence))
    case 'record':
      return question.keys.includes(claims.trustmark.id)
    case 'identifier':
      return identifierKeys(claims).some((key) => question.keys.includes(key))
    case 'certificate':
      return question.keys.includes(certificateOf(claims.trustmark.id))
    case 'unresolvable':
      return false
  }
}
