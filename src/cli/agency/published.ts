/**
 * What a member has published, read from the hub's own feed: the hub is the truth, `published.json` only spares
 * reading it all again. A new folder, or a second machine, catches up by itself.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { memberId } from '../../alliance/definition.js'
import { ConfigError } from '../../node.js'
import { changeStatus, RECORD_STATUSES } from '../../record/judge.js'
import { numericDate, recordClaims, recordId } from '../../record/record.js'
import { sha256Hex } from '../../trust/digest.js'
import { readPayload } from '../../trust/jws.js'
import { registerClaims, statusClaims } from '../../trust/statements.js'
import { expectStatus, type HubClient, HubClientError, type HubResponse, nextLink } from '../hub-client.js'
import { FILES, readJson, type Workspace, writeJson } from '../workspace.js'
import { contentDigest } from './claims.js'

/** The hub gives at most this many lines a page. */
const PAGE = 1000
/** How often the feed is asked again for an entry that was just acknowledged: a cache may hold its end for 5 s. */
const MAX_LAGS = 6
/** Wait between those (ms). */
const LAG_WAIT = 2000

/** A record as the feed tells it; times in JWT seconds. */
export const publishedRecord = z.strictObject({
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
})
export type PublishedRecord = z.infer<typeof publishedRecord>

const publishedFile = z.strictObject({
  hub: z.string(),
  member: memberId,
  /** The last log index read; -1 before the first. */
  cursor: z.int().min(-1),
  /** Time of the last register as of, if there is one. */
  registerAt: numericDate.nullable(),
  records: z.record(recordId, publishedRecord),
})

/** What the member has published, up to a place in the log. */
export interface Published {
  hub: string
  member: string
  cursor: number
  registerAt: number | null
  records: Map<string, PublishedRecord>
}

type OwnWorkspace = Workspace & { hub: string }

/** What the folder knows without asking the hub; empty in a new one. @throws ConfigError */
export function readPublished({ folder, hub, member }: OwnWorkspace): Published {
  const file = join(folder, FILES.published)
  if (!existsSync(file)) return { hub, member, cursor: -1, registerAt: null, records: new Map() }
  const stored = readJson(file, publishedFile)
  if (stored.hub !== hub || stored.member !== member) {
    throw new ConfigError(
      `${file} is about ${stored.member} at ${stored.hub}. Remove it; it is read anew from the hub.`,
    )
  }
  return { ...stored, records: new Map(Object.entries(stored.records)) }
}

function writePublished({ folder }: OwnWorkspace, published: Published): void {
  writeJson(join(folder, FILES.published), { ...published, records: Object.fromEntries(published.records) })
}

/**
 * Brings `published.json` up to the end of the hub's log.
 * @param atLeast an index that was acknowledged and must be in the feed
 * @throws HubClientError `bad-feed` when the log has a gap or is shorter than it was
 */
export async function syncPublished(
  workspace: OwnWorkspace,
  client: HubClient,
  atLeast = -1,
): Promise<Published> {
  const published = readPublished(workspace)
  const start = published.cursor
  try {
    for (let lags = 0; ; lags += 1) {
      await readFeed(workspace, client, published)
      if (published.cursor >= atLeast) return published
      if (lags === MAX_LAGS) {
        throw new HubClientError(
          'bad-feed',
          `The hub acknowledged log entry ${atLeast}, but its feed ends at ${published.cursor}. Tell the operator.`,
        )
      }
      await client.sleep(LAG_WAIT)
    }
  } finally {
    if (published.cursor > start) writePublished(workspace, published)
  }
}

async function readFeed(workspace: OwnWorkspace, client: HubClient, published: Published): Promise<void> {
  const { cursor } = published
  let address: string | undefined = `/v1/changes?limit=${PAGE}${cursor < 0 ? '' : `&after=${cursor}`}`
  while (address !== undefined) {
    const { headers, text } = await readPage(client, address, published)
    for (const line of text.split('\n')) if (line !== '') applyLine(workspace, published, line)
    address = nextLink(headers)
  }
}

async function readPage(
  client: HubClient,
  address: string,
  { cursor, hub }: Published,
): Promise<HubResponse> {
  try {
    return expectStatus(await client.get(address), 200)
  } catch (error) {
    if (!(error instanceof HubClientError) || error.problem !== 'bad-cursor') throw error
    throw new HubClientError(
      'bad-feed',
      `This folder has read log entry ${cursor} of ${hub}, and the hub no longer has it. A log never gets shorter: tell the operator. (For a demo that was started anew, remove ${FILES.published}.)`,
    )
  }
}

const feedLine = z.looseObject({
  index: z.int(),
  kind: z.string(),
  issuer: z.string(),
  sha256: z.string(),
  statement: z.string().optional(),
})

/** Takes in one entry. Kinds that say nothing about records are passed over, so that new ones do no harm. */
function applyLine(workspace: OwnWorkspace, published: Published, line: string): void {
  const { index, kind, issuer, sha256, statement } = feedLine.parse(JSON.parse(line))
  if (index !== published.cursor + 1) {
    throw new HubClientError(
      'bad-feed',
      `The hub's feed goes from entry ${published.cursor} to ${index}: it must have no gap. Tell the operator.`,
    )
  }
  if (issuer === published.member && statement !== undefined) {
    if (sha256Hex(statement) !== sha256) {
      throw new HubClientError(
        'bad-feed',
        `Entry ${index} of the hub's feed is not the statement that its log names. Tell the operator.`,
      )
    }
    applyOwn(workspace, published, kind, readPayload(statement), index)
  }
  published.cursor = index
}

function applyOwn(
  { definition }: OwnWorkspace,
  published: Published,
  kind: string,
  payload: unknown,
  index: number,
): void {
  const { records } = published
  if (kind === 'record') {
    const claims = recordClaims.parse(payload)
    const [mark = '', level = ''] = claims.trust_mark_type.split('/').slice(-2)
    const { iat, exp, trustmark } = claims
    const digest = contentDigest(claims, definition.calendar.timeZone)
    // Issuing again never lifts a suspension (DESIGN 4.6).
    const status = records.get(trustmark.id)?.status ?? 'active'
    records.set(trustmark.id, { digest, mark, level, iat, exp, status, latestIat: iat, index })
  } else if (kind === 'status') {
    const { iat, status } = statusClaims.parse(payload)
    const known = records.get(status.record)
    if (!known) return
    records.set(status.record, {
      ...known,
      latestIat: iat,
      status: changeStatus(known.status, status.change) ?? known.status,
    })
  } else if (kind === 'register') {
    published.registerAt = registerClaims.parse(payload).register.at
  }
}

/** Ids of the records in force at a time (JWT seconds): active and not expired. */
export function listInForce({ records }: Published, at: number): string[] {
  return [...records].filter(([, { status, exp }]) => status === 'active' && exp > at).map(([id]) => id)
}
