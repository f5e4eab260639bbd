/** Saving a case's content to a folder: file names are made here, never taken from whoever sent a file. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fetchFile, writePrivate } from './attachments.js'
import { exportCase } from './export-case.js'
import { listFiles, type OpenedCase } from './open-case.js'
import type { CaseDesk } from './open-desk.js'

export interface SavedCase {
  /** The folder, absolute. */
  folder: string
  files: { file: string; called: string; bytes: number }[]
  refused: { called: string; reason: string }[]
}

/** Writes `payload.json` and every file below `<to>/<reference>`; saving again replaces them. */
export async function saveCase(desk: CaseDesk, opened: OpenedCase, to: string): Promise<SavedCase> {
  const { ref, folder } = { ref: opened.view.case, folder: join(to, opened.view.case) }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const saved: SavedCase = { folder, files: [], refused: [] }
  const names = new Map<string, string>()
  for (const [i, { key, seq }] of listFiles(opened).entries()) {
    const file = await fetchFile(desk.hub, ref, key)
    if ('refused' in file) {
      saved.refused.push({ called: key.name, reason: file.refused })
      continue
    }
    const origin = seq === null ? 'complaint' : `event-${seq}`
    const name = `${String(i + 1).padStart(2, '0')}-${origin}.${file.extension}`
    writePrivate(join(folder, name), file.bytes)
    names.set(key.id, name)
    saved.files.push({ file: name, called: key.name, bytes: file.bytes.length })
  }
  const content = { ...exportCase(opened), files: Object.fromEntries(names) }
  writePrivate(join(folder, 'payload.json'), `${JSON.stringify(content, null, 2)}\n`)
  return saved
}
