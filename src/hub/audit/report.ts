/** What an audit of a hub looked at, and what it found: each oddity has a name and, where it shows at one, a log index. */
import type { MirrorCode } from '../mirror/mirror-error.js'

/** In the order in which they are made. */
export const AUDIT_CHECKS = [
  'log',
  'rules',
  'withheld',
  'checkpoints',
  'registers',
  'proofs',
  'tiles',
  'bundles',
  'snapshot',
  'feed',
  'look-ups',
  'verdicts',
  'records',
  'members',
] as const
export type AuditCheckName = (typeof AUDIT_CHECKS)[number]

/**
 * Those of a log that can't be trusted, and:
 * - `view-differs`: an answer of the hub is not what its log gives
 * - `accepted-against-rule`: the hub took a statement that its rules refuse
 * - `proof-invalid`: a proof that the hub gives proves nothing
 * - `register-differs`: what a member signed of its whole register is not what the log holds of it
 * - `signature-invalid`: an answer is not signed by the alliance, though it was asked for signed
 * - `erased-shown`: the hub still shows a statement that was erased
 * - `stale`: the hub answers as of a log that it had long outgrown
 * - `unsettled`: the log grew each time an answer was compared, so nobody can say
 */
export type AuditCode =
  | MirrorCode
  | 'view-differs'
  | 'accepted-against-rule'
  | 'proof-invalid'
  | 'register-differs'
  | 'signature-invalid'
  | 'erased-shown'
  | 'stale'
  | 'unsettled'

export interface AuditFinding {
  check: AuditCheckName
  code: AuditCode
  /** Log index where it shows; null for what shows at none, such as a member that the log never admitted. */
  index: number | null
  record?: string
  member?: string
  /** Path or look-up that was asked. */
  asked?: string
  /** Where in the answer (RFC 6901). */
  at?: string
  /** What the hub shows there, and what its log gives; shortened JSON, `nothing` where it is absent. */
  shown?: string
  derived?: string
  /** The rule that was broken: a code of the hub's refusals. */
  rule?: string
  detail: string
}

export interface AuditCheck {
  check: AuditCheckName
  ok: boolean
  /** What was looked at: numbers by name. */
  looked: Record<string, number>
  /** Where not everything was looked at: of how many, by the same names. */
  of?: Record<string, number>
  findings: number
}

export interface AuditReport {
  readonly checks: readonly AuditCheck[]
  readonly findings: readonly AuditFinding[]
  /** Findings beyond those kept. */
  readonly omitted: number
  /** Whether the log itself did not verify, so that nothing further could be judged. */
  readonly stopped: boolean
  readonly ok: boolean
  /** Begins a check, or goes on with it. */
  look(check: AuditCheckName, numbers?: Record<string, number>): void
  /** Tells how many of one kind were looked at, and of how many where that is not all. */
  sampled(check: AuditCheckName, name: string, looked: number, of: number): void
  found(finding: AuditFinding): void
  stop(): void
}

/** Findings kept of one check: a hub that lies in everything must neither fill the memory nor hide what else is odd. */
export const MAX_FINDINGS = 40

export function createReport(): AuditReport {
  const checks = new Map<AuditCheckName, AuditCheck>()
  const findings: AuditFinding[] = []
  let omitted = 0
  let stopped = false
  const open = (check: AuditCheckName): AuditCheck => {
    const known = checks.get(check) ?? { check, ok: true, looked: {}, findings: 0 }
    checks.set(check, known)
    return known
  }
  const look: AuditReport['look'] = (check, numbers = {}) => {
    const { looked } = open(check)
    for (const [name, number] of Object.entries(numbers)) looked[name] = (looked[name] ?? 0) + number
  }
  return {
    get checks() {
      return AUDIT_CHECKS.flatMap((name) => checks.get(name) ?? [])
    },
    findings,
    get omitted() {
      return omitted
    },
    get stopped() {
      return stopped
    },
    get ok() {
      return !stopped && omitted === 0 && findings.length === 0
    },
    look,
    sampled(check, name, looked, of) {
      look(check, { [name]: looked })
      const known = open(check)
      if (looked < of) known.of = { ...known.of, [name]: of }
    },
    found(finding) {
      const check = open(finding.check)
      check.ok = false
      check.findings += 1
      if (check.findings <= MAX_FINDINGS) findings.push(finding)
      else omitted += 1
    },
    stop() {
      stopped = true
    },
  }
}
