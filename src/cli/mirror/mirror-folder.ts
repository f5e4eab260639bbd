/** One sync of a copy in a folder: with a progress bar, and with what the copy holds at the end. */
import type { Finding } from '../../hub/batch-state.js'
import { readHead } from '../../hub/hub.js'
import { syncCopy } from '../../hub/mirror/sync-copy.js'
import type { HubClient } from '../hub-client.js'
import type { Progress, Terminal } from '../terminal.js'
import { createHttpSource } from './http-source.js'
import { type OpenedCopy, sizeOnDisk, writeSynced } from './open-copy-folder.js'

/** What a copy holds. */
export interface Holdings {
  hub: string
  folder: string
  /** Size before this sync. */
  from: number
  /** Log entries. */
  size: number
  members: number
  /** Records in force. */
  records: number
  /** On disk. */
  bytes: number
  /** Time of the newest entry (ISO 8601); null for an empty log. */
  newest: string | null
  /** When the copy was found to be up to date (ISO 8601). */
  synced: string
  findings: { count: number; first: { index: number; code: string; detail: string }[] }
}

/** Findings that are named one by one. */
const FIRST_FINDINGS = 5

/** @throws MirrorError, HubClientError; the copy keeps what was verified */
export async function mirrorFolder(
  { copy, folder }: OpenedCopy,
  client: HubClient,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<Holdings> {
  let bar: { total: number; shown: Progress } | undefined
  const onProgress = (done: number, total: number): void => {
    // A log that moves on while it is copied makes the way longer.
    if (bar?.total !== total) {
      bar?.shown.stop()
      bar = { total, shown: terminal.progress('Verifying and copying entries', total) }
    }
    bar.shown.update(done)
  }
  try {
    const source = createHttpSource(client)
    const { from, size, findings } = await syncCopy(copy, source, {
      onProgress,
      sleep: client.sleep,
      ...(signal && { signal }),
    })
    const at = copy.now()
    writeSynced(folder, { at, size })
    const [head, members, counts] = await Promise.all([
      readHead(copy),
      copy.store.members(),
      copy.store.countsInForce(at / 1000),
    ])
    return {
      hub: copy.origin,
      folder,
      from,
      size,
      members: members.length,
      records: [...counts.values()].reduce((sum, count) => sum + count, 0),
      bytes: sizeOnDisk(folder),
      newest: size > 0 ? new Date(head.at).toISOString() : null,
      synced: new Date(at).toISOString(),
      findings: { count: findings.length, first: findings.slice(0, FIRST_FINDINGS).map(formatFinding) },
    }
  } finally {
    bar?.shown.stop()
  }
}

function formatFinding({ index, refusal }: Finding): Holdings['findings']['first'][number] {
  return { index, code: refusal.code, detail: refusal.message }
}

/** Lines for people. */
export function formatHoldings(held: Holdings): string[] {
  const { count, first } = held.findings
  return [
    `The copy of ${held.hub} in ${held.folder} is up to date as of ${held.synced}.`,
    `  entries  ${held.size} (${held.size - held.from} new), every one verified`,
    `  members  ${held.members}`,
    `  records  ${held.records} in force`,
    `  newest   ${held.newest ?? 'none yet'}`,
    `  on disk  ${(held.bytes / 1e6).toFixed(1)} MB`,
    ...(count > 0
      ? [
          `${count} logged ${count === 1 ? 'statement breaks' : 'statements break'} a rule of content; the hub should not have taken ${count === 1 ? 'it' : 'them'}:`,
          ...first.map(({ index, code, detail }) => `  entry ${index}: ${code}: ${detail}`),
          ...(count > first.length ? [`  … and ${count - first.length} more`] : []),
        ]
      : []),
  ]
}
