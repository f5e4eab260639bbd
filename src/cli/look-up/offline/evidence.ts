/** What was brought to be checked without network, sorted by what each file holds, never by its name. */
import { type LogEntry, parseEntry } from '../../../log/entry.js'
import { LogError } from '../../../log/error.js'
import { parseTlogProof } from '../../../log/tlog-proof.js'
import { Refusal } from '../../../refusal.js'
import { sha256Hex } from '../../../trust/digest.js'
import { decodeUtf8 } from '../../../trust/json.js'
import { decodeJws } from '../../../trust/jws.js'
import { STATEMENT_TYPES, type StatementTyp, VERDICT_TYP } from '../../../trust/statements.js'
import type { OfflineCode, Refuted } from './report.js'

/** Most bytes of one file: a signed verdict has at most 1 MiB, and no proof has more. */
export const MAX_FILE_BYTES = 1_200_000

/** What a file can be. */
export type FileKind = 'record' | 'status' | 'admission' | 'log-key' | 'verdict' | 'proof'

export interface GivenFile {
  /** As it is told. */
  name: string
  bytes: Uint8Array
  /** What the caller said it is; anything where absent. */
  as?: FileKind
}

/** A JWS that could be decoded; nothing about it is verified. */
export interface StatementFile {
  file: string
  jws: string
  kid: string
  sha256: string
  payload: Readonly<Record<string, unknown>>
}

/** A proof that could be taken apart; nothing about it is verified. */
export interface ProofFile {
  file: string
  text: string
  entry: LogEntry
}

/** A fault of what was given, to be told and not to be thrown further. */
export class OfflineFault extends Error {
  override readonly name = 'OfflineFault'
  readonly code: OfflineCode

  constructor(code: OfflineCode, message: string) {
    super(message)
    this.code = code
  }
}

export interface Evidence {
  records: StatementFile[]
  statuses: StatementFile[]
  admissions: StatementFile[]
  verdicts: StatementFile[]
  /** What the operator said of the log's keys after the anchor was pinned. */
  logKeys: StatementFile[]
  proofs: ProofFile[]
  refuted: Refuted[]
}

/** Sorts files; what can't be read stands among the refuted, for an altered byte must never pass as absence. */
export function sortEvidence(files: readonly GivenFile[]): Evidence {
  const evidence: Evidence = {
    records: [],
    statuses: [],
    admissions: [],
    verdicts: [],
    logKeys: [],
    proofs: [],
    refuted: [],
  }
  for (const file of files) {
    try {
      sortOne(file, evidence)
    } catch (error) {
      evidence.refuted.push(asRefuted(error, file.name))
    }
  }
  return evidence
}

function sortOne({ name, bytes, as }: GivenFile, evidence: Evidence): void {
  if (bytes.length > MAX_FILE_BYTES)
    throw new OfflineFault('unreadable', `It has ${bytes.length} bytes; none of these files has so many.`)
  const text = decodeUtf8(bytes, 'The file')
  const found = isProof(name, text) ? readProof(name, text) : readStatement(name, text)
  if (as && found.kind !== as)
    throw new OfflineFault('wrong-file', `It is a ${found.kind}, but was given as a ${as}.`)
  switch (found.kind) {
    case 'proof':
      evidence.proofs.push(found.proof)
      break
    case 'record':
      evidence.records.push(found.statement)
      break
    case 'status':
      evidence.statuses.push(found.statement)
      break
    case 'admission':
      evidence.admissions.push(found.statement)
      break
    case 'log-key':
      evidence.logKeys.push(found.statement)
      break
    case 'verdict':
      evidence.verdicts.push(found.statement)
  }
}

function isProof(name: string, text: string): boolean {
  return name.endsWith('.tlog-proof') || text.startsWith('c2sp.org/tlog-proof@')
}

function readProof(file: string, text: string): { kind: 'proof'; proof: ProofFile } {
  const { extra } = parseTlogProof(text)
  if (!extra) throw new OfflineFault('unreadable', 'The proof carries no log entry, as those of a hub do.')
  return { kind: 'proof', proof: { file, text, entry: parseEntry(extra) } }
}

type StatementFileKind = Exclude<FileKind, 'proof'>

function readStatement(file: string, text: string): { kind: StatementFileKind; statement: StatementFile } {
  // An editor, or a shell, ends the file with a line feed of its own.
  const jws = text.replace(/\r?\n$/, '')
  const { header, payload } = decodeJws(jws, {
    ...STATEMENT_TYPES,
    [VERDICT_TYP]: { maxBytes: MAX_FILE_BYTES },
  })
  const kind = header.typ === VERDICT_TYP ? 'verdict' : STATEMENT_TYPES[header.typ as StatementTyp].kind
  if (!isStatementFileKind(kind))
    throw new OfflineFault(
      'wrong-file',
      `It is a statement of kind "${kind}", which shows nothing of a record.`,
    )
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    throw new OfflineFault('unreadable', 'Its payload is not a JSON object.')
  return {
    kind,
    statement: {
      file,
      jws,
      kid: header.kid,
      sha256: sha256Hex(jws),
      payload: payload as StatementFile['payload'],
    },
  }
}

function isStatementFileKind(kind: string): kind is StatementFileKind {
  return ['record', 'status', 'admission', 'log-key', 'verdict'].includes(kind)
}

/** What was thrown by reading or checking others' data, as a finding. @throws what is a failure of ours */
export function asRefuted(error: unknown, file?: string): Refuted {
  const named = file !== undefined && { file }
  if (error instanceof Refusal || error instanceof LogError || error instanceof OfflineFault)
    return { code: error.code, detail: error.message, ...named }
  if (error instanceof SyntaxError) return { code: 'unreadable', detail: error.message, ...named }
  throw error
}
