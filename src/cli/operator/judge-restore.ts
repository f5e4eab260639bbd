/** Deciding whether a backup may be gone on from, by what others have seen of its log. */
import { resolve } from 'node:path'
import { isNotThisLog, judgeKnown, type KnownJudgement, type KnownLog } from '../../hub/known-log.js'
import { DataError } from '../../node/data-error.js'
import { readKnownFile, unreadable } from '../../node/known-files.js'
import { openCopyOf, type Prepared } from '../../node/restore-backup.js'
import { createHubClient } from '../hub-client.js'
import type { Surroundings } from '../terminal.js'
import { parseOrigin } from '../workspace.js'
import { entries } from './data-folder.js'
import { readKnownHub } from './known-hub.js'

/** A place that was asked, by the name it was given. */
export interface Judged extends KnownJudgement {
  /** Its origin, if it answers over HTTP. */
  hub?: string
}

/** Asks each place. @throws DataError `known-unreadable`, HubClientError */
export async function judgeAll(
  prepared: Prepared,
  named: readonly string[],
  surroundings: Surroundings,
): Promise<Judged[]> {
  const { copy, close } = await openCopyOf(prepared)
  try {
    const judged: Judged[] = []
    for (const name of named) {
      const hub = /^https?:\/\//.test(name) ? parseOrigin(name) : undefined
      const known = await open(name, hub, surroundings)
      try {
        const now = surroundings.now() / 1000
        judged.push({ ...(await judgeKnown(copy, known, now)), ...(hub !== undefined && { hub }) })
      } catch (error) {
        throw isNotThisLog(error)
          ? unreadable(name, `shows no checkpoint of ${prepared.manifest.logOrigin}: ${error.message}`)
          : error
      } finally {
        known.close?.()
      }
    }
    return judged
  } finally {
    close()
  }
}

async function open(
  name: string,
  hub: string | undefined,
  { cwd, http }: Surroundings,
): Promise<KnownLog & { close?: () => void }> {
  return hub === undefined ? readKnownFile(resolve(cwd, name)) : readKnownHub(createHubClient(hub, http))
}

/** @returns why the backup may not be gone on from as the same log; undefined if it may */
export function objection(judged: readonly Judged[], size: number): DataError | undefined {
  const of = (how: Judged['how']): Judged | undefined =>
    judged.filter((one) => one.how === how).sort((a, b) => b.size - a.size)[0]
  const forked = of('forked')
  if (forked)
    return new DataError(
      'forked',
      `${forked.name} has another history of this log (${entries(forked.size)}) than the backup (${size}): one of the two is false. Find out which before you go on; with --force the log starts anew under another name.`,
    )
  const restarted = of('restarted')
  if (restarted)
    return new DataError(
      'log-restarted',
      `${restarted.name} knows this log as ${restarted.logOrigin}${restarted.signed ? '' : ', though no key in this backup signed that'}: if that is so, it was started anew since this backup was made. Use a newer backup, or --force to start it anew once more.`,
    )
  const newer = of('newer')
  if (newer)
    return new DataError(
      'older-than-known',
      `${newer.name} has seen ${entries(newer.size)}, the backup has ${size}: ${entries(newer.lost)} would be lost${formatKinds(newer)}. ` +
        'Use a newer backup, take them from a mirror with --catch-up, or start the log anew without them with --force.',
    )
  return undefined
}

/** Where a later name is only said: the operator must know which start this is, for a name may never be used twice. */
export function assertStartKnown(judged: readonly Judged[], generation: number | undefined): void {
  const said = judged.find(({ how, signed }) => how === 'restarted' && !signed)
  if (!said || generation !== undefined) return
  const next = Number(/\d+$/.exec(said.logOrigin)?.[0]) + 1
  throw new DataError(
    'log-restarted',
    `${said.name} calls this log ${said.logOrigin}, and no key in this backup signed that, so it may be false. Ask whoever restored it last. If it is true, add --generation ${next}; if not, leave this --known out.`,
  )
}

function formatKinds({ kinds }: Judged): string {
  const parts = Object.entries(kinds ?? {}).map(([kind, count]) => `${count} ${kind}`)
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}
