/** Opening the checkpoint that a source shows: signed by a key of this very log, which the operator alone can change (DESIGN 4.5). */
import { type OpenedCheckpoint, openCheckpoint, parseCheckpoint } from '../../log/checkpoint.js'
import { LogError, quote } from '../../log/error.js'
import { formatLogOrigin } from '../../log/log-origin.js'
import { parseNote } from '../../log/note.js'
import { createNoteVerifier, type NoteVerifier, parseVerifierKey } from '../../log/note-key.js'
import { formatAllianceId } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import { verifyStatement } from '../../trust/statement.js'
import type { LogKeyClaims } from '../../trust/statements.js'
import type { Reader } from '../hub.js'
import { createRoster } from '../roster.js'
import { MirrorError } from './mirror-error.js'
import { readTrustedKeys } from './open-copy.js'
import type { LogSource } from './source.js'

/** A checkpoint that the log signed. */
export interface Target {
  size: number
  root: Uint8Array
  /** The signed note. */
  note: string
}

/**
 * Verifies a checkpoint with the keys that the copy trusts; where none of them signed it, with those that the operator
 * announced in what the copy has not read yet.
 * @throws MirrorError `checkpoint-invalid`, `log-restarted`
 */
export async function openTarget(copy: Reader, source: LogSource, note: string): Promise<Target> {
  assertSameLog(copy, note)
  const trusted = await readTrustedKeys(copy)
  try {
    return await open(copy, note, trusted)
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    if (error.code !== 'signature-missing') throw invalid(error)
  }
  try {
    return await open(copy, note, await learnKeys(copy, source, trusted))
  } catch (error) {
    if (error instanceof LogError || error instanceof Refusal) throw invalid(error)
    throw error
  }
}

async function open(copy: Reader, note: string, vkeys: readonly string[]): Promise<Target> {
  const { size, root }: OpenedCheckpoint = await openCheckpoint(note, {
    origin: copy.keys.logOrigin,
    verifiers: await createVerifiers(copy, vkeys),
  })
  return { size, root, note }
}

/** A log that was started anew still tells the keys of its earlier name, and those sign nothing here. */
function createVerifiers({ keys }: Reader, vkeys: readonly string[]): Promise<NoteVerifier[]> {
  return Promise.all(
    vkeys.filter((vkey) => parseVerifierKey(vkey).name === keys.logOrigin).map(createNoteVerifier),
  )
}

/** What the note says of itself is enough to stop at: nothing is taken from it here. */
function assertSameLog({ origin, keys }: Reader, note: string): void {
  const shown = readOrigin(note)
  if (shown === keys.logOrigin) return
  const first = formatLogOrigin(origin)
  if (shown.startsWith(`${first}-`) || shown === first) {
    throw new MirrorError(
      'log-restarted',
      `The hub now shows the log ${quote(shown)} in place of ${keys.logOrigin}: it says that it was restored from a backup and lost what came after it. ` +
        'Ask the operator by another way, such as the telephone, whether that is so. Keep this copy as evidence, and mirror anew into another folder.',
    )
  }
  throw new MirrorError(
    'checkpoint-invalid',
    `What the hub shows is a checkpoint of ${quote(shown)}, not of ${keys.logOrigin}. Check its address, and tell the operator.`,
  )
}

function readOrigin(note: string): string {
  try {
    return parseCheckpoint(parseNote(note).text).origin
  } catch (error) {
    throw error instanceof LogError ? invalid(error) : error
  }
}

function invalid(error: LogError | Refusal): MirrorError {
  return new MirrorError(
    'checkpoint-invalid',
    `The hub's checkpoint can't be trusted: ${error.message}. Either it is not the hub, or its key was changed without the operator; ask by another way, such as the telephone.`,
    undefined,
    { cause: error },
  )
}

/** @throws Refusal for what the pinned operator did not sign */
async function learnKeys(copy: Reader, source: LogSource, trusted: readonly string[]): Promise<string[]> {
  const context = {
    alliance: formatAllianceId(copy.origin),
    directory: createRoster([], copy.origin, copy.keys.operator),
    index: 0,
    now: Number.POSITIVE_INFINITY,
  }
  const changes: LogKeyClaims['logKey'][] = []
  for (const jws of await source.logKeys()) {
    const statement = await verifyStatement(jws, context)
    if (statement.kind === 'log-key') changes.push(statement.claims.logKey)
  }
  const retired = new Set(changes.filter(({ change }) => change === 'retired').map(({ vkey }) => vkey))
  const known = new Set([...trusted, ...changes.map(({ vkey }) => vkey)])
  return [...known].filter((vkey) => !retired.has(vkey))
}
