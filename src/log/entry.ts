/** The log entry: who signed what kind of statement when, and its hash; in RFC 8785 (JCS) form it is the leaf. */
import canonicalize from 'canonicalize'
import { isWellFormed } from './encoding.js'
import { LogError, quote } from './error.js'

/** Largest entry in UTF-8 bytes: tlog-tiles bundles count each entry's length in 16 bits. */
export const MAX_ENTRY_BYTES = 65_535

/**
 * What one leaf of the log says.
 *
 * It names the statement by hash only, so that a statement with personal data can be erased while the log stays
 * whole.
 */
export interface LogEntry {
  /** When the hub accepted the statement, unix milliseconds. */
  at: number
  /** Member id, or `alliance`. */
  issuer: string
  kind: string
  /** Lower-case hex SHA-256 of the exact statement bytes. */
  sha256: string
  v: 1
}

/**
 * The canonical JSON text whose UTF-8 bytes are the leaf.
 *
 * @example
 * hashLeaf(new TextEncoder().encode(formatEntry({ at: 1790000000000, issuer: 'th-dbd', kind: 'record', sha256, v: 1 })))
 * @throws LogError `entry-malformed`, `entry-too-large`
 */
export function formatEntry(entry: LogEntry): string {
  assertEntry(entry)
  const { at, issuer, kind, sha256, v } = entry
  const text = canonicalize({ at, issuer, kind, sha256, v })
  if (text === undefined) throw new LogError('entry-malformed', 'the entry has no JSON form')
  assertEntryLength(new TextEncoder().encode(text).length)
  return text
}

/**
 * The entry of a leaf, read from a text or from its bytes in an entry bundle.
 *
 * Nothing but the exact output of {@link formatEntry} is accepted, so that a leaf hash has one reading: no white
 * space, other member order, duplicate or further members, escapes, byte order mark.
 *
 * @throws LogError `entry-malformed`, `entry-not-canonical`, `entry-too-large`
 */
export function parseEntry(input: string | Uint8Array): LogEntry {
  assertEntryLength(input.length)
  const text = typeof input === 'string' ? input : decodeUtf8(input)
  const entry = parseJson(text)
  assertEntry(entry)
  if (formatEntry(entry) !== text) {
    throw new LogError('entry-not-canonical', `${quote(text)} is not in JCS form, or has further members`)
  }
  return entry
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // ignoreBOM keeps the mark in the text, where the comparison with the canonical form refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new LogError('entry-malformed', 'the entry is not UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new LogError('entry-malformed', `${quote(text)} is not JSON`)
  }
}

function assertEntry(value: unknown): asserts value is LogEntry {
  if (typeof value !== 'object' || value === null) {
    throw new LogError('entry-malformed', `an entry is a JSON object, not ${quote(value)}`)
  }
  const { at, issuer, kind, sha256, v } = value as Record<string, unknown>
  if (!Number.isSafeInteger(at) || Number(at) < 0) {
    throw new LogError('entry-malformed', `at is a time in unix milliseconds, not ${quote(at)}`)
  }
  assertName('issuer', issuer)
  assertName('kind', kind)
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new LogError('entry-malformed', `sha256 is 64 lower-case hex digits, not ${quote(sha256)}`)
  }
  if (v !== 1) throw new LogError('entry-malformed', `v is 1, not ${quote(v)}; a newer reader may know it`)
}

function assertName(member: string, value: unknown): void {
  if (typeof value !== 'string' || value === '' || !isWellFormed(value)) {
    throw new LogError('entry-malformed', `${member} is a non-empty Unicode string, not ${quote(value)}`)
  }
}

function assertEntryLength(length: number): void {
  if (length > MAX_ENTRY_BYTES) {
    throw new LogError('entry-too-large', `an entry has at most ${MAX_ENTRY_BYTES} bytes, this one ${length}`)
  }
}
