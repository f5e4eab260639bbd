/** What a check without network found: each claim on its own, as confirmed, refuted or not checked at all. */
import type { LocalText } from '../../../alliance/text.js'
import type { VerdictWord } from '../../../record/verdict.js'
import type { StatusClaims } from '../../../verify.js'

/** Something that does not hold. `code` is that of a Refusal or LogError, or one of {@link OfflineCode}. */
export interface Refuted {
  code: string
  /** One sentence: what does not fit, and what to do. */
  detail: string
  file?: string
}

/** Findings of this check alone, beside the codes of refusals. */
export type OfflineCode =
  | 'unreadable'
  | 'wrong-file'
  | 'other-statement'
  | 'other-kind'
  | 'other-record'
  | 'superseded'
  | 'index-differs'
  | 'unknown-log'
  | 'unknown-log-key'
  | 'forked'
  | 'contradiction'

/** `unchecked` is no opinion: what would be needed for one was not given. */
export type Finding<Facts> =
  | ({ state: 'confirmed' } & Facts)
  | ({ state: 'refuted' } & Refuted)
  | { state: 'unchecked' }

/** A log entry under a signed checkpoint. Times are ISO 8601. */
export interface LoggedFacts {
  index: number
  /** Of the log, at the checkpoint. */
  size: number
  /** Name of the log. */
  log: string
  /** When the hub accepted the statement, by the log's own word. */
  at: string
}

/** A signature by a key that the alliance's operator admitted. */
export interface SignedFacts {
  member: string
  name: LocalText
  kid: string
  /** Whether the admission itself is in the log. */
  admission: Finding<LoggedFacts>
}

/** What the hub's signed verdict says of the record, as of its own time. */
export interface VerdictFacts {
  verdict: VerdictWord
  /** When the verdict was signed: what it says is about then. */
  at: string
  /** Log size that the verdict rests on. */
  size: number
  /** Until when it may be used as an answer. */
  until: string
  /** Whether that time is over: it still shows what held at `at`. */
  expired: boolean
}

/** A change of the record's status that was brought along. */
export interface ChangeFinding {
  file: string
  change: StatusClaims['status']['change']
  reason: LocalText
  effective: string
  signed: Finding<{ member: string }>
  logged: Finding<LoggedFacts>
}

/** What these files can never confirm, or do not for want of another file. */
export type NotConfirmed =
  | 'logged'
  | 'signer'
  | 'admission-logged'
  | 'revoked-later'
  | 'status-today'
  | 'after-checkpoint'

/** One record, or one log entry whose statement was not brought. */
export interface OfflineItem {
  /** As the file itself says, which `logged` or `signedBy` makes worth something; absent for a proof alone. */
  record?: {
    id: string
    holder: LocalText
    presences: string[]
    validity: { from: string; until: string }
  }
  /** The log entry that the proof is about, absent without one. */
  entry?: { kind: string; issuer: string; sha256: string }
  logged: Finding<LoggedFacts>
  signedBy: Finding<SignedFacts>
  /** In force, and therefore not revoked; `denied` where the verdict says that it was not. */
  inForce: Finding<VerdictFacts> | ({ state: 'denied' } & VerdictFacts)
  changes: ChangeFinding[]
  /** The verdict or a change says that the record was not in force. */
  speaksAgainst: boolean
  notConfirmed: NotConfirmed[]
}

export interface OfflineReport {
  offline: true
  /** Everything that was given holds, and nothing in it speaks against a record. */
  confirmed: boolean
  /** The keys that were trusted. */
  anchor: { alliance: string; origin: string; log: string }
  demo: boolean
  items: OfflineItem[]
  /** What does not hold and belongs to no item. */
  refuted: Refuted[]
}

/** Everything that does not hold, wherever it was found. */
export function listRefuted({ refuted, items }: Pick<OfflineReport, 'refuted' | 'items'>): Refuted[] {
  return [...refuted, ...items.flatMap(listRefutedOf)]
}

function listRefutedOf({ logged, signedBy, inForce, changes }: OfflineItem): Refuted[] {
  const admission = signedBy.state === 'confirmed' ? [signedBy.admission] : []
  const ofChanges = changes.flatMap((change) => [change.signed, change.logged])
  return [logged, signedBy, ...admission, inForce, ...ofChanges].flatMap((finding) =>
    finding.state === 'refuted'
      ? [{ code: finding.code, detail: finding.detail, ...(finding.file && { file: finding.file }) }]
      : [],
  )
}
