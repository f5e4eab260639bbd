/** Whether the log that is shown goes on from every checkpoint that was ever seen of it (C2SP tlog-checkpoint; gossip). */
import { openCheckpoint, parseCheckpoint } from '../../log/checkpoint.js'
import { equalBytes } from '../../log/encoding.js'
import { LogError } from '../../log/error.js'
import { keysEver } from '../../log/key-set.js'
import { parseLogOrigin } from '../../log/log-origin.js'
import { parseNote } from '../../log/note.js'
import { createNoteVerifier, type NoteVerifier } from '../../log/note-key.js'
import { rootHash } from '../../log/tree.js'
import { type Reader, readHead } from '../hub.js'
import { readKeyChanges } from '../log-keys.js'
import type { AuditFinding } from './report.js'

/** A signed note, and where it comes from. */
export interface SeenNote {
  note: string
  /** `seen`: by an earlier audit; else who gave it, such as a file's name. */
  from: string
}

/** A checkpoint that the log signed and that the tree agrees with, or not. */
export interface JudgedNote extends SeenNote {
  size: number
  root: Uint8Array
}

/**
 * Every key that ever signed for this log, retired ones too: what was seen before it was retired was seen all the same.
 */
export async function createSeenVerifiers(copy: Pick<Reader, 'store' | 'keys'>): Promise<NoteVerifier[]> {
  const [first, changes] = await Promise.all([copy.store.setting('vkey'), readKeyChanges(copy.store)])
  const pinned = [...(first ? [first] : []), ...copy.keys.vkeys]
  return Promise.all(keysEver(pinned, changes, copy.keys.logOrigin).map(createNoteVerifier))
}

/**
 * Holds checkpoints against the copy's tree, which was verified up to the one that the hub shows now.
 * @returns those that the log signed, smallest first, and what is wrong: `checkpoint-invalid`, `log-restarted`, `forked`,
 *   `rolled-back`
 */
export async function judgeCheckpoints(
  copy: Reader,
  notes: readonly SeenNote[],
): Promise<{ signed: JudgedNote[]; findings: AuditFinding[] }> {
  const verifiers = await createSeenVerifiers(copy)
  const findings: AuditFinding[] = []
  const signed: JudgedNote[] = []
  for (const seen of notes) {
    const opened = await open(seen, copy.keys.logOrigin, verifiers)
    if ('code' in opened) findings.push(opened)
    else signed.push(opened)
  }
  signed.sort((a, b) => a.size - b.size)
  const head = await readHead(copy)
  let agreed = 0
  let from: string | undefined
  for (const { size, root, ...seen } of signed) {
    if (size > head.size) findings.push(rolledBack(head.size, size, seen))
    else if (equalBytes(root, await rootHash(size, copy.store))) [agreed, from] = [size, seen.from]
    else findings.push(forked(agreed, from, size, seen))
  }
  return { signed, findings }
}

async function open(
  { note, from }: SeenNote,
  origin: string,
  verifiers: readonly NoteVerifier[],
): Promise<JudgedNote | AuditFinding> {
  try {
    const { origin: named, size: claimed } = parseCheckpoint(parseNote(note).text)
    if (named !== origin && isSameHub(named, origin)) return restarted(named, claimed, origin, from)
    const { size, root } = await openCheckpoint(note, { origin, verifiers })
    return { note, from, size, root }
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    return {
      check: 'checkpoints',
      code: 'checkpoint-invalid',
      index: null,
      asked: from,
      detail: `The checkpoint ${tellFrom(from)} is none of this log: ${error.message}. Whoever gave it was deceived, or gave another file.`,
    }
  }
}

/** The starts of one hub's log: `hub.example/log`, `hub.example/log-2`. */
function isSameHub(one: string, other: string): boolean {
  const first = parseLogOrigin(one)?.first
  return first !== undefined && first === parseLogOrigin(other)?.first
}

function restarted(named: string, size: number, origin: string, from: string): AuditFinding {
  return {
    check: 'checkpoints',
    code: 'log-restarted',
    index: null,
    asked: from,
    detail: `The checkpoint ${tellFrom(from)} is of the log ${named} (${size} entries), and the hub now shows ${origin}: it was restored from a backup. Ask the operator what was lost; once you know, begin a memory file of its own for the new log.`,
  }
}

function rolledBack(now: number, size: number, { from, note }: SeenNote): AuditFinding {
  return {
    check: 'checkpoints',
    code: 'rolled-back',
    index: now,
    asked: from,
    detail: `The log signed ${size} entries in the checkpoint ${tellFrom(from)}, and the hub shows ${now}: entries ${now} to ${size - 1} are kept back, or it shows you an old log. The checkpoint is the evidence:\n${note.trimEnd()}`,
  }
}

function forked(agreed: number, agreedFrom: string | undefined, size: number, seen: SeenNote): AuditFinding {
  const until = agreedFrom
    ? ` It agrees with the one of ${agreed} entries ${tellFrom(agreedFrom)}, so`
    : ' So'
  return {
    check: 'checkpoints',
    code: 'forked',
    index: agreed,
    asked: seen.from,
    detail: `The checkpoint of ${size} entries ${tellFrom(seen.from)} contradicts the log that the hub shows: it signed two histories under one name.${until} they part between entries ${agreed} and ${size - 1}. This proves tampering; keep both checkpoints and tell the members:\n${seen.note.trimEnd()}`,
  }
}

function tellFrom(from: string): string {
  return from === 'seen' ? 'seen by an earlier audit' : `in ${from}`
}
