/** What a folder remembers of the member's own entries in the log: `published.json`, which may be deleted at any time (DESIGN 5). */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { memberId } from '../../alliance/definition.js'
import { ConfigError } from '../../node.js'
import { RECORD_STATUSES } from '../../record/judge.js'
import { jwtId, memberOf, numericDate, recordId } from '../../record/record.js'
import { CLOCK_LEEWAY } from '../../trust/statement.js'
import { FILES, readJson, type Workspace, writeJson } from '../workspace.js'

/** A record as the feed tells it; times in JWT seconds. */
const publishedRecord = z.strictObject({
  /** {@link contentDigest} of its newest version. */
  digest: z.string(),
  mark: z.string(),
  level: z.string(),
  iat: numericDate,
  exp: numericDate,
  status: z.enum(RECORD_STATUSES),
  /** The newest `iat` among its statements: the next must be later. */
  latestIat: numericDate,
  /** Log index of its newest version. */
  index: z.int(),
  /** Log indices of all its statements, rising: what an erasure names. */
  indices: z.array(z.int()).min(1),
  /** The jti of each, in the same order. */
  jtis: z.array(jwtId),
})
export type PublishedRecord = z.infer<typeof publishedRecord>

const publishedFile = z.strictObject({
  hub: z.string(),
  member: memberId,
  /** Name of the log that was read: one that was started anew has another, and other entries. */
  log: z.string().optional(),
  /** The last log index read; -1 before the first. */
  cursor: z.int().min(-1),
  /** Time of the last register as of, if there is one. */
  registerAt: numericDate.nullable(),
  /** Of the member's erased statements: whoever still holds one must not pass it off as a new one. */
  erasedJtis: z.array(jwtId).optional(),
  // Earlier versions of this program kept no indices, or no jtis; what they wrote is read anew.
  records: z.record(recordId, publishedRecord.partial({ indices: true, jtis: true })),
})

/** What the member has published, up to a place in the log. */
export interface Published {
  hub: string
  member: string
  /** The log's name; empty before it was asked for. */
  log: string
  cursor: number
  registerAt: number | null
  erasedJtis: Set<string>
  records: Map<string, PublishedRecord>
}

type OwnWorkspace = Workspace & { hub: string }

/**
 * What the folder knows without asking the hub; empty in a new one, and where the file says what can't be: then it
 * is read anew.
 * @param now JWT seconds
 * @throws ConfigError
 */
export function readPublished(workspace: OwnWorkspace, now = systemSeconds()): Published {
  const { folder, hub, member } = workspace
  const file = join(folder, FILES.published)
  const nothing = readNothing(workspace)
  if (!existsSync(file)) return nothing
  const stored = readJson(file, publishedFile)
  if (stored.hub !== hub || stored.member !== member) {
    throw new ConfigError(
      `${file} is about ${stored.member} at ${stored.hub}. Remove it; it is read anew from the hub.`,
    )
  }
  const latest = now + CLOCK_LEEWAY
  const records = new Map<string, PublishedRecord>()
  for (const [id, record] of Object.entries(stored.records)) {
    const whole = publishedRecord.safeParse(record)
    if (!whole.success || memberOf(id) !== member || !isPossible(whole.data, stored.cursor, latest))
      return nothing
    records.set(id, whole.data)
  }
  const { log, erasedJtis } = stored
  if (!log || !erasedJtis || (stored.registerAt ?? 0) > latest) return nothing
  return { ...stored, log, erasedJtis: new Set(erasedJtis), records }
}

/** Where nothing of a log has been read yet. */
export function readNothing({ hub, member }: OwnWorkspace, log = ''): Published {
  return { hub, member, log, cursor: -1, registerAt: null, erasedJtis: new Set(), records: new Map() }
}

function isPossible(
  { iat, latestIat, index, indices, jtis }: PublishedRecord,
  cursor: number,
  latest: number,
): boolean {
  const rising = indices.every((at, i) => at <= cursor && (i === 0 || at > (indices[i - 1] ?? at)))
  const paired = jtis.length === indices.length
  return iat <= latestIat && latestIat <= latest && rising && paired && indices.includes(index)
}

/** The machine's clock, in JWT seconds. */
export function systemSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** Keeps what was read and verified. */
export function writePublished({ folder }: OwnWorkspace, published: Published): void {
  writeJson(join(folder, FILES.published), {
    ...published,
    erasedJtis: [...published.erasedJtis],
    records: Object.fromEntries(published.records),
  })
}

/** Ids of the records in force at a time (JWT seconds): active and not expired. */
export function listInForce({ records }: Published, at: number): string[] {
  return [...records].filter(([, { status, exp }]) => status === 'active' && exp > at).map(([id]) => id)
}
