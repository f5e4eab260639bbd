/** Opening the checkpoint that a source shows: signed by a key of this very log, which the operator alone can change (DESIGN 4.5). */
import { openCheckpoint, parseCheckpoint } from '../../log/checkpoint.js'
import { LogError, quote } from '../../log/error.js'
import { keysInUse, type LogKeyChange } from '../../log/key-set.js'
import { formatLogOrigin, parseLogOrigin } from '../../log/log-origin.js'
import { formatNote, parseNote } from '../../log/note.js'
import { createNoteVerifier, isSameKey, type NoteVerifier, parseVerifierKey } from '../../log/note-key.js'
import { formatAllianceId } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import { verifyStatement } from '../../trust/statement.js'
import type { Reader } from '../hub.js'
import { createRoster } from '../roster.js'
import { MirrorError } from './mirror-error.js'
import { readKnownChanges, readTrustedKeys } from './open-copy.js'
import type { LogSource, SourceLine } from './source.js'

/** A checkpoint that the log signed. */
export interface Target {
  size: number
  root: Uint8Array
  /** The signed note, with those signatures alone that verified: what else stood there nobody answers for. */
  note: string
  /** Verifier lines of the keys that signed it. */
  signedBy: readonly string[]
}

/** Statements about the log's keys that are read at most; there are a handful in a log's life. */
export const MAX_LOG_KEY_STATEMENTS = 1000

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
  const known = await createVerifiers(copy, vkeys)
  const { size, root, text, verified } = await openCheckpoint(note, {
    origin: copy.keys.logOrigin,
    verifiers: [...known.values()],
  })
  const signedBy = [...known].flatMap(([vkey, verifier]) =>
    verified.some((line) => isSameKey(line, verifier)) ? vkey : [],
  )
  return { size, root, note: formatNote({ text, signatures: verified }), signedBy }
}

/** How many keys that the copy trusts signed a checkpoint. */
export async function countSignatures(copy: Reader, note: string): Promise<number> {
  try {
    return (await open(copy, note, await readTrustedKeys(copy))).signedBy.length
  } catch (error) {
    if (error instanceof LogError) return 0
    throw error
  }
}

/**
 * Sees to it that the checkpoint is still one of the log's when a page is taken: the page may hold the operator's word that its
 * key was retired. At its end nothing is left to come, so there the log itself must have announced the key.
 * @param page none where the copy has all entries
 * @throws MirrorError `checkpoint-invalid`
 */
export async function assertSigned(
  copy: Reader,
  { size, signedBy }: Target,
  page: readonly SourceLine[],
): Promise<void> {
  const last = page.at(-1)
  const isEnd = last === undefined || last.index + 1 === size
  const changes = await readLogKeyChanges(copy, page)
  if (!isEnd && changes.length === 0) return
  const { logOrigin } = copy.keys
  const said = [...(await readKnownChanges(copy)), ...changes]
  const trusted = keysInUse([...(await readTrustedKeys(copy)), ...(isEnd ? [] : signedBy)], said, logOrigin)
  if (signedBy.some((vkey) => trusted.includes(vkey))) return
  throw new MirrorError(
    'checkpoint-invalid',
    'The hub’s checkpoint can’t be trusted: it is signed by no key that is in use by what the log itself says of its keys. Either it is not the hub, or a key that was given up is used again; ask the operator by another way, such as the telephone.',
    last?.index,
  )
}

/** What a page says of the log's keys, where the operator said it; what is false in it the replay will name. */
async function readLogKeyChanges(copy: Reader, page: readonly SourceLine[]): Promise<LogKeyChange[]> {
  const changes: LogKeyChange[] = []
  for (const { kind, statement } of page) {
    if (kind !== 'log-key' || statement === undefined) continue
    try {
      changes.push(...(await readLogKeyChange(copy, statement)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return changes
}

/** A log that was started anew still tells the keys of its earlier name, and those sign nothing here. */
async function createVerifiers(
  { keys }: Reader,
  vkeys: readonly string[],
): Promise<Map<string, NoteVerifier>> {
  const own = vkeys.filter((vkey) => parseVerifierKey(vkey).name === keys.logOrigin)
  return new Map(await Promise.all(own.map(async (vkey) => [vkey, await createNoteVerifier(vkey)] as const)))
}

/** What the note says of itself is enough to stop at: nothing is taken from it here. */
function assertSameLog({ origin, keys }: Reader, note: string): void {
  const shown = readOrigin(note)
  if (shown === keys.logOrigin) return
  if (parseLogOrigin(shown)?.first === formatLogOrigin(origin)) {
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

/**
 * The keys that the copy trusts, and those that the source shows as announced; none that either knows as retired.
 * @throws Refusal for what the pinned operator did not sign
 */
async function learnKeys(copy: Reader, source: LogSource, trusted: readonly string[]): Promise<string[]> {
  const changes = await readKnownChanges(copy)
  let read = 0
  for await (const jws of source.logKeys()) {
    read += 1
    if (read > MAX_LOG_KEY_STATEMENTS) {
      throw new MirrorError(
        'checkpoint-invalid',
        `The hub's checkpoint can't be trusted: none of the keys known here signed it, and the hub shows more than ${MAX_LOG_KEY_STATEMENTS} statements about others. Tell the operator.`,
      )
    }
    changes.push(...(await readLogKeyChange(copy, jws)))
  }
  return keysInUse(trusted, changes, copy.keys.logOrigin)
}

/** @returns none for a statement of another kind. @throws Refusal for what the pinned operator did not sign */
async function readLogKeyChange({ origin, keys }: Reader, jws: string): Promise<LogKeyChange[]> {
  const statement = await verifyStatement(jws, {
    alliance: formatAllianceId(origin),
    directory: createRoster([], origin, keys.operator),
    index: 0,
    now: Number.POSITIVE_INFINITY,
  })
  return statement.kind === 'log-key' ? [statement.claims.logKey] : []
}
