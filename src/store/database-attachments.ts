/** Sealed files in the database itself, in pieces: for tests, and for small files on Workers (DESIGN 4.11). */
import type { CompiledQuery } from 'kysely'
import type { AttachmentStore } from '../hub/cases/ports.js'
import { type Database, inJson } from './database.js'

/** Bytes of one piece: 512 kB as base64, far below the 2 MB that D1 takes in one value. */
const PIECE_BYTES = 384 * 1024
/** What a database of at most 10 GB should be asked to hold (D1): larger files belong into a bucket or a folder. */
export const SMALL_FILE_BYTES = 1024 * 1024

/**
 * Keeps files as rows of base64, because D1 gives BLOBs back as arrays of numbers.
 * @param maxBytes largest file taken
 */
export function createDatabaseAttachments(
  database: Database,
  maxBytes: number = SMALL_FILE_BYTES,
): AttachmentStore {
  const db = database.kysely
  const removal = (key: string): CompiledQuery => db.deleteFrom('case_files').where('key', '=', key).compile()
  return {
    maxBytes,
    put: (key, bytes) =>
      database.atomic([
        removal(key),
        ...splitPieces(bytes).map((text, part) =>
          db.insertInto('case_files').values({ key, part, text }).compile(),
        ),
      ]),
    async get(key) {
      const rows = await database.read(
        db.selectFrom('case_files').select('text').where('key', '=', key).orderBy('part').compile(),
      )
      return rows.length > 0 ? joinPieces(rows.map(({ text }) => text)) : undefined
    },
    remove: async (keys) => {
      if (keys.length > 0)
        await database.atomic([db.deleteFrom('case_files').where(inJson('key', keys)).compile()])
    },
  }
}

/** One piece at least, so that a file without bytes is still there. */
function splitPieces(bytes: Uint8Array): string[] {
  const pieces: string[] = []
  for (let start = 0; start === 0 || start < bytes.length; start += PIECE_BYTES)
    pieces.push(encode(bytes.subarray(start, start + PIECE_BYTES)))
  return pieces
}

/** As many arguments as every engine's call stack takes. */
const ARGUMENTS = 8192

function encode(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += ARGUMENTS)
    binary += String.fromCharCode(...bytes.subarray(i, i + ARGUMENTS))
  return btoa(binary)
}

function joinPieces(pieces: readonly string[]): Uint8Array<ArrayBuffer> {
  const parts = pieces.map(atob)
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) for (let i = 0; i < part.length; i += 1, at += 1) bytes[at] = part.charCodeAt(i)
  return bytes
}
