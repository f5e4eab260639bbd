/** The checkpoints that an auditor has seen, in a file: a log that forgets one of them is found out at the next audit. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { SeenNote } from '../../hub/audit/judge-checkpoints.js'
import { parseCheckpoint } from '../../log/checkpoint.js'
import { LogError } from '../../log/error.js'
import { MAX_NOTE_LENGTH, parseNote } from '../../log/note.js'
import { ConfigError } from '../../node.js'
import { readJson, writeJson } from '../workspace.js'

/** Checkpoints kept: of nightly audits those of three years. The oldest go first; those after them begin with them. */
const MAX_KEPT = 1000

const memoryFile = z.object({
  hub: z.string(),
  checkpoints: z.array(z.object({ seen: z.string(), note: z.string().max(MAX_NOTE_LENGTH) })),
})
type MemoryFile = z.infer<typeof memoryFile>

/** Where an audit remembers: beside a kept copy, else in the current folder. */
export function memoryFileOf(origin: string, folder: string | undefined, cwd: string): string {
  if (folder !== undefined) return join(folder, 'checkpoints.json')
  const { host } = new URL(origin)
  return join(cwd, `trustmark-audit-${host.replace(/[^a-z0-9.-]/gi, '-')}.json`)
}

/** @throws ConfigError for another hub's memory, or what is none */
export function readMemory(file: string, origin: string): SeenNote[] {
  return existsSync(file) ? read(file, origin).checkpoints.map(({ note }) => ({ note, from: 'seen' })) : []
}

/** Adds what is new. Checkpoints that contradict one another stay: they are the evidence. */
export function remember(file: string, origin: string, notes: readonly SeenNote[], now: number): void {
  const kept: MemoryFile = existsSync(file) ? read(file, origin) : { hub: origin, checkpoints: [] }
  const texts = new Set(kept.checkpoints.map(({ note }) => textOf(note)))
  for (const { note } of notes) {
    const text = textOf(note)
    if (text === undefined || texts.has(text)) continue
    texts.add(text)
    kept.checkpoints.push({ seen: new Date(now).toISOString(), note })
  }
  writeJson(file, { ...kept, checkpoints: kept.checkpoints.slice(-MAX_KEPT) })
}

/** A checkpoint that somebody else saw, in a file. @throws ConfigError */
export function readCheckpointFile(file: string): SeenNote {
  try {
    return { note: readFileSync(file, 'utf8'), from: file }
  } catch (error) {
    throw new ConfigError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function read(file: string, origin: string): MemoryFile {
  const memory = readJson(file, memoryFile)
  if (memory.hub === origin) return memory
  throw new ConfigError(
    `${file} remembers checkpoints of ${memory.hub}, not of ${origin}. Name another file with --memory.`,
  )
}

/** What two notes have in common that sign one tree. */
function textOf(note: string): string | undefined {
  try {
    const { text } = parseNote(note)
    parseCheckpoint(text)
    return text
  } catch (error) {
    if (error instanceof LogError) return undefined
    throw error
  }
}
