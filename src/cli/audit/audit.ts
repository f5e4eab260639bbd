/** What every check of an audit works with: the hub, a verified copy of its log, and a report. */

import type { AuditCheckName, AuditReport } from '../../hub/audit/report.js'
import type { Random } from '../../hub/audit/sample.js'
import { createMemory, type Reader, readHead } from '../../hub/hub.js'
import { MirrorError } from '../../hub/mirror/mirror-error.js'
import type { LogSource } from '../../hub/mirror/source.js'
import { type SyncOptions, syncCopy } from '../../hub/mirror/sync-copy.js'
import { LogError } from '../../log/error.js'
import type { Anchor } from '../../verify.js'
import { type HubClient, HubClientError } from '../hub-client.js'
import type { Progress } from '../terminal.js'

/** Answers requests from a copy, as a mirror of it would. */
export type Answerer = (reader: Reader) => { request(path: string): Response | Promise<Response> }

export interface Audit {
  client: HubClient
  source: LogSource
  copy: Reader
  /** The alliance's keys, by which signed verdicts are checked. */
  anchor: Anchor
  answer: Answerer
  report: AuditReport
  random: Random
  /** Most things of a kind that are looked at; where absent, each check has its own bound. */
  sample: number | undefined
  /** Epoch ms. */
  now(): number
  progress(label: string, total: number): Progress
}

/**
 * Brings the copy up to date; every entry is verified on the way.
 * @returns whether it grew
 * @throws MirrorError for a log that does not verify
 */
export async function follow(audit: Audit, options: SyncOptions = {}): Promise<boolean> {
  const { copy, source, report, client } = audit
  const { from, size, findings } = await syncCopy(copy, source, { sleep: client.sleep, ...options })
  report.look('log', { entries: size - from })
  report.look('rules', { statements: size - from })
  for (const { index, refusal } of findings) {
    const { at, value } = refusal.details
    report.found({
      check: 'rules',
      code: 'accepted-against-rule',
      index,
      rule: refusal.code,
      ...(at !== undefined && { at }),
      ...(value !== undefined && { shown: String(value).slice(0, 120) }),
      detail: `The hub accepted a statement that its rules refuse: ${refusal.message}`,
    })
  }
  return size > from
}

/** The copy as it answers at another time (epoch ms), with nothing remembered but its members. */
export function readerAt(copy: Reader, at: number): Reader {
  const { roster } = copy.memory
  return { ...copy, now: () => at, memory: { ...createMemory(), ...(roster && { roster }) } }
}

export async function sizeOf(copy: Reader): Promise<number> {
  return (await readHead(copy)).size
}

/**
 * Runs a check to which the hub may answer with what can't be read: that is a finding, not a failure of ours. What is passing,
 * such as a hub that can't be reached, ends the audit.
 */
export async function runCheck(
  { report }: Audit,
  check: AuditCheckName,
  run: () => Promise<void>,
): Promise<void> {
  report.look(check)
  try {
    await run()
  } catch (error) {
    if (error instanceof HubClientError && !['unreachable', 'busy'].includes(error.code))
      report.found({ check, code: 'view-differs', index: null, detail: error.message })
    else if (error instanceof LogError)
      report.found({ check, code: 'proof-invalid', index: null, detail: error.message })
    else throw error
  }
}

/** A MirrorError of one check as its finding: the log itself verified before. @throws what is none */
export function foundOf({ report }: Audit, check: AuditCheckName, error: unknown): void {
  if (!(error instanceof MirrorError)) throw error
  report.found({ check, code: error.code, index: error.index ?? null, detail: error.message })
}
