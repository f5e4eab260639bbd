/** Which records this folder erased, so that the next import of the same spreadsheet does not publish them again by itself. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { sha256Hex } from '../../trust/digest.js'
import { FILES, readJson, type Workspace, writeJson } from '../workspace.js'

/** SHA-256 (lower hex) of record ids: the list must recognise a record, not name it. */
const erasedFile = z.strictObject({ hub: z.string(), erased: z.array(z.string().regex(/^[0-9a-f]{64}$/)) })

type OwnWorkspace = Workspace & { hub: string }

/** @returns whether a record id is on the list; always no for another hub. @throws ConfigError */
export function readErased(workspace: OwnWorkspace): (id: string) => boolean {
  const digests = new Set(readDigests(workspace))
  return (id) => digests.size > 0 && digests.has(sha256Hex(id))
}

/** Puts records on the list, or takes them off it. */
export function keepErased(workspace: OwnWorkspace, ids: readonly string[], erased: boolean): void {
  const digests = new Set(readDigests(workspace))
  for (const id of ids) {
    if (erased) digests.add(sha256Hex(id))
    else digests.delete(sha256Hex(id))
  }
  // Sorted, so that the file does not tell in which order the holders asked.
  writeJson(join(workspace.folder, FILES.erased), { hub: workspace.hub, erased: [...digests].sort() })
}

function readDigests({ folder, hub }: OwnWorkspace): string[] {
  const file = join(folder, FILES.erased)
  if (!existsSync(file)) return []
  const stored = readJson(file, erasedFile)
  return stored.hub === hub ? stored.erased : []
}
