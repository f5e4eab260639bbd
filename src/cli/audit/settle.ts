/**
 * Comparing answers of a hub that moves on meanwhile: each is held against what the copy gives at the same log size. Where the
 * sizes differ the copy follows, and what still differs is asked again.
 */
import { compareJson, type Difference, lasting, shorten } from '../../hub/audit/compare-json.js'
import { type Named, nameDifference } from '../../hub/audit/name-difference.js'
import type { AuditCheckName, AuditCode, AuditFinding } from '../../hub/audit/report.js'
import type { Reader } from '../../hub/hub.js'
import { acceptCheckpoint } from './answer.js'
import { type Audit, follow, readerAt, sizeOf } from './audit.js'

/** An answer, read: of the hub, or of the copy. */
export interface Answer {
  status: number
  body: unknown
  /** Log size it says that it is of; undefined where it says none. */
  size: number | undefined
  /** What is wrong with it before it is compared at all. */
  odd?: { code: AuditCode; detail: string }
}

export interface Question {
  /** As findings name it. */
  asked: string
  about: Named
  derive(reader: Reader): Promise<Answer>
}

/** How often a question is asked while the log grows, or caches on the way are old. */
export const MAX_ATTEMPTS = 5
/** The first wait between two attempts (ms), where the log did not grow; it doubles. */
const FIRST_WAIT = 1000
/** Differences of one answer that become findings; the others of it are hardly news. */
const MAX_TOLD = 5
/** How far the hub's clock may be from ours, with the time that it and caches keep a count (ms). */
const CLOCK = 90_000
/** How long a hub keeps a verdict for windows such as twelve months, by its own rule (ms); it shows in warnings only. */
const KEPT = 3_600_000 + CLOCK
/** How old an answer from a cache may be (ms): members are kept for 11 minutes at most. */
const STALE = 900_000

interface Open<Q> {
  question: Q
  shown: Answer
  differences: Difference[]
  derived: Answer
}

/**
 * Asks, compares and reports until every question is settled.
 * @param ask gives the hub's answers in the order asked
 */
export async function settle<Q extends Question>(
  audit: Audit,
  check: AuditCheckName,
  questions: readonly Q[],
  ask: (questions: readonly Q[]) => Promise<Answer[]>,
): Promise<void> {
  audit.report.look(check, { answers: questions.length })
  let open = questions
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const shown = await ask(open)
    let size = await sizeOf(audit.copy)
    if (shown.some((one) => one.size !== undefined && one.size > size)) {
      await follow(audit)
      size = await sizeOf(audit.copy)
    }
    const compared = await compareAll(audit, open, shown)
    const differing = compared.filter((one) => one.differences.length > 0 || isElsewhere(one, size))
    for (const one of differing) if (one.shown.size === size) tell(audit, check, one)
    const unsure = differing.filter((one) => one.shown.size !== size)
    if (unsure.length === 0) return
    const grew = await follow(audit)
    const again = unsure.filter((one) => grew || one.shown.size !== undefined)
    for (const one of unsure) if (!again.includes(one)) tell(audit, check, one)
    if (attempt === MAX_ATTEMPTS) {
      for (const one of again) await conclude(audit, check, one, size, grew)
      return
    }
    if (again.length > 0 && !grew) await audit.client.sleep(FIRST_WAIT * 2 ** (attempt - 1))
    open = again.map(({ question }) => question)
  }
}

function isElsewhere({ shown }: { shown: Answer }, size: number): boolean {
  return shown.size !== undefined && shown.size !== size
}

async function compareAll<Q extends Question>(
  audit: Audit,
  questions: readonly Q[],
  shown: readonly Answer[],
): Promise<Open<Q>[]> {
  const now = audit.now()
  const readers = [now, now - CLOCK, now + CLOCK].map((at) => readerAt(audit.copy, at))
  const old = readerAt(audit.copy, now - KEPT)
  const compared: Open<Q>[] = []
  for (const [i, question] of questions.entries()) {
    const theirs = shown[i] ?? { status: 0, body: undefined, size: undefined }
    const [reader, ...others] = readers as [Reader, ...Reader[]]
    const derived = await question.derive(reader)
    const first = await differ(audit, theirs, derived)
    const differences =
      first.length === 0
        ? first
        : await withTime(audit, theirs, first, [...others, old], (other) => question.derive(other))
    compared.push({ question, shown: theirs, differences, derived })
  }
  return compared
}

/** What remains different at every time at which an honest hub may have answered. */
async function withTime(
  audit: Audit,
  shown: Answer,
  first: Difference[],
  readers: readonly Reader[],
  derive: Question['derive'],
): Promise<Difference[]> {
  const lists: Difference[][] = []
  for (const reader of readers) lists.push(await differ(audit, shown, await derive(reader)))
  const isWarning = ({ at }: Difference): boolean => at.startsWith('/warnings')
  const recent = lasting([first, ...lists.slice(0, -1)])
  const warnings = lasting([first, ...lists]).filter(isWarning)
  return [...recent.filter((one) => !isWarning(one)), ...warnings]
}

async function differ(audit: Audit, shown: Answer, derived: Answer): Promise<Difference[]> {
  if (shown.odd) return [{ at: '', shown: shown.odd.code, derived: undefined }]
  if (shown.status !== derived.status) return [{ at: '', shown: label(shown), derived: label(derived) }]
  return compareJson(await acceptCheckpoint(audit.copy, shown.body, derived.body), derived.body)
}

/** An answer of another status in a word: its verdict or problem says more than its bytes. */
function label({ status, body }: Answer): string {
  const { code } = (body ?? {}) as { code?: unknown }
  return status === 200 ? 'an answer' : `${status} ${typeof code === 'string' ? code : ''}`.trim()
}

function tell<Q extends Question>(audit: Audit, check: AuditCheckName, one: Open<Q>): void {
  const { question, shown, derived, differences } = one
  if (shown.odd) {
    audit.report.found({ check, ...shown.odd, ...question.about, asked: question.asked })
    return
  }
  for (const difference of differences.slice(0, MAX_TOLD)) {
    const named = nameDifference(difference, shown.body, derived.body, question.about)
    audit.report.found({
      check,
      code: 'view-differs',
      ...named,
      asked: question.asked,
      at: difference.at,
      shown: shorten(difference.shown),
      derived: shorten(difference.derived),
      detail: `The hub shows ${shorten(difference.shown)}${difference.at ? ` at ${difference.at}` : ''}, and its log gives ${shorten(difference.derived)}.`,
    })
  }
}

/** After the last attempt: an answer of an older log is passed over while caches may hold it, anything else is told. */
async function conclude<Q extends Question>(
  audit: Audit,
  check: AuditCheckName,
  one: Open<Q>,
  size: number,
  grew: boolean,
): Promise<void> {
  const { question, shown } = one
  const finding = (code: AuditFinding['code'], detail: string): void =>
    audit.report.found({ check, code, ...question.about, asked: question.asked, detail })
  if (shown.size !== undefined && shown.size < size) {
    const [outgrown] = await audit.copy.store.changes(shown.size - 1, size, 1)
    if (outgrown && audit.now() - outgrown.at < STALE) {
      const elsewhere = one.differences.filter(({ at }) => !at.startsWith('/asOf'))
      audit.report.look(check, elsewhere.length === 0 ? { older: 1 } : { 'older, not compared': 1 })
      return
    }
    audit.report.found({
      check,
      code: 'stale',
      ...question.about,
      index: shown.size,
      asked: question.asked,
      detail: `The hub answers as of ${shown.size} log entries, though it had signed ${size}: what happened from entry ${shown.size} on is not in its answer.`,
    })
  } else if (grew) {
    finding(
      'unsettled',
      `The log grew each of ${MAX_ATTEMPTS} times that this was compared. Run the audit again at a quieter hour.`,
    )
  } else {
    finding(
      'view-differs',
      `The hub answers as of ${shown.size} log entries, but its checkpoint signs ${size}: what it shows is in no log.`,
    )
  }
}
