/**
 * What a member has published, read from the hub's feed and verified by the member's own keys; `published.json` only
 * spares reading it all again. A new folder, or a second machine, catches up by itself (DESIGN 5).
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { memberId } from '../../alliance/definition.js'
import { ConfigError } from '../../node.js'
import { changeStatus, RECORD_STATUSES } from '../../record/judge.js'
import { memberOf, numericDate, recordId } from '../../record/record.js'
import { sha256Hex } from '../../trust/digest.js'
import { CLOCK_LEEWAY } from '../../trust/statement.js'
import { expectStatus, type HubClient, HubClientError, type HubResponse, nextLink } from '../hub-client.js'
import { FILES, readJson, type Workspace, writeJson } from '../workspace.js'
import { contentDigest } from './claims.js'
import {
  badEntry,
  claimsToBeOwn,
  createOwnContext,
  type OwnContext,
  type OwnStatement,
  verifyOwn,
} from './own-statement.js'

/** The hub gives at most this many lines a page. */
const PAGE = 1000
/** Lines of a page after one was too large: so many statements of the largest size stay below what is read. */
const SMALL_PAGE = 100
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

/**
 * What the folder knows without asking the hub; empty in a new one, and where the file says what can't be: then it
 * is read anew.
 * @param now JWT seconds
 * @throws ConfigError
 */
export function readPublished({ folder, hub, member }: OwnWorkspace, now = systemSeconds()): Published {
  const file = join(folder, FILES.published)
  const nothing = { hub, member, cursor: -1, registerAt: null, records: new Map() }
  if (!existsSync(file)) return nothing
  const stored = readJson(file, publishedFile)
  if (stored.hub !== hub || stored.member !== member) {
    throw new ConfigError(
      `${file} is about ${stored.member} at ${stored.hub}. Remove it; it is read anew from the hub.`,
    )
  }
  const latest = now + CLOCK_LEEWAY
  const records = Object.entries(stored.records)
  const possible =
    (stored.registerAt ?? 0) <= latest &&
    records.every(
      ([id, { iat, latestIat, index }]) =>
        memberOf(id) === member && iat <= latestIat && latestIat <= latest && index <= stored.cursor,
    )
  return possible ? { ...stored, records: new Map(records) } : nothing
}

/** The machine's clock, in JWT seconds. */
function systemSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

function writePublished({ folder }: OwnWorkspace, published: Published): void {
  writeJson(join(folder, FILES.published), { ...published, records: Object.fromEntries(published.records) })
}

/**
 * Brings `published.json` up to the end of the hub's log. Every own statement is verified before it counts, and what
 * was acknowledged to this client must stand where the hub said.
 *
 * Limit: a hub that shows an own entry as another issuer's, without its statement, hides it; only the log's proofs
 * (which commit to issuer and kind) tell. What is still in the file is then "new" again, and published again.
 * @param atLeast an index that was acknowledged and must be in the feed
 * @param now JWT seconds
 * @throws HubClientError `bad-feed` when the log has a gap, is shorter than it was, or holds what the member did not
 *   sign; what was verified until then is kept
 */
export async function syncPublished(
  workspace: OwnWorkspace,
  client: HubClient,
  atLeast = -1,
  now = systemSeconds(),
): Promise<Published> {
  const published = readPublished(workspace, now)
  const start = published.cursor
  const feed: Feed = {
    client,
    published,
    context: await createOwnContext(workspace, now),
    timeZone: workspace.definition.calendar.timeZone,
    expected: new Map([...client.acknowledged].map(([sha256, index]) => [index, sha256])),
    withheld: [],
  }
  try {
    for (let lags = 0; ; lags += 1) {
      await readFeed(feed)
      if (published.cursor >= atLeast) break
      if (lags === MAX_LAGS) {
        throw new HubClientError(
          'bad-feed',
          `The hub acknowledged log entry ${atLeast}, but its feed ends at ${published.cursor}. Tell the operator.`,
        )
      }
      await client.sleep(LAG_WAIT)
    }
    await checkAcknowledged(feed)
  } finally {
    // An entry that was withheld is asked for again next time, so nothing from it on may count as read.
    if (published.cursor > start && feed.withheld.length === 0) writePublished(workspace, published)
  }
  const [withheld] = feed.withheld
  if (withheld !== undefined) {
    throw badEntry(
      withheld,
      `is ${published.member}'s, but is shown without its statement (as are ${feed.withheld.length - 1} more), so it is not certain what is in force.`,
      `If the operator erased it on purpose, use the folder that published it, or copy its ${FILES.published} here; otherwise tell the operator.`,
    )
  }
  return published
}

/** What one reading of the feed needs and learns. */
interface Feed {
  client: HubClient
  published: Published
  context: OwnContext
  timeZone: string
  /** What must stand at an index, as the hub acknowledged it: SHA-256, lower hex. */
  expected: Map<number, string>
  /** Indices of own entries that came without their statements, and that no later register of ours explains. */
  withheld: number[]
}

async function readFeed(feed: Feed): Promise<void> {
  const { client, published } = feed
  let address: string | undefined = formatPage(published.cursor, PAGE)
  while (address !== undefined) {
    const { cursor } = published
    const { headers, text } = await readPage(client, address, published)
    for (const line of text.split('\n')) if (line !== '') await applyLine(feed, line)
    address = nextLink(headers)
    if (address !== undefined && published.cursor === cursor) {
      throw new HubClientError(
        'bad-feed',
        `The hub's feed says that it goes on after entry ${cursor}, but gives nothing. It would be read for ever; tell the operator.`,
      )
    }
  }
}

function formatPage(cursor: number, limit: number): string {
  return `/v1/changes?limit=${limit}${cursor < 0 ? '' : `&after=${cursor}`}`
}

async function readPage(
  client: HubClient,
  address: string,
  { cursor, hub }: Published,
): Promise<HubResponse> {
  try {
    const page = await client.get(address).catch((error: unknown) => {
      // Other members' largest statements may fill a page; that must not keep this one from publishing.
      if (error instanceof HubClientError && error.code === 'too-large')
        return client.get(formatPage(cursor, SMALL_PAGE))
      throw error
    })
    return expectStatus(page, 200)
  } catch (error) {
    if (!(error instanceof HubClientError)) throw error
    if (error.code === 'too-large') throw new HubClientError('bad-feed', error.message)
    if (error.problem !== 'bad-cursor') throw error
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
type FeedLine = z.infer<typeof feedLine>

function parseLine(line: string, cursor: number): FeedLine {
  try {
    return feedLine.parse(JSON.parse(line))
  } catch {
    throw new HubClientError(
      'bad-feed',
      `What follows entry ${cursor} in the hub's feed is not a log entry: "${line.slice(0, 60)}". Tell the operator.`,
    )
  }
}

/** Kinds that say something about records; others are passed over, so that new ones do no harm. */
const OWN_KINDS = ['record', 'status', 'register']

async function applyLine(feed: Feed, text: string): Promise<void> {
  const { published, context, client } = feed
  const line = parseLine(text, published.cursor)
  const { index, kind, issuer, sha256, statement } = line
  if (index !== published.cursor + 1) {
    throw new HubClientError(
      'bad-feed',
      `The hub's feed goes from entry ${published.cursor} to ${index}: it must have no gap. Tell the operator.`,
    )
  }
  const acknowledged = feed.expected.get(index)
  if (acknowledged !== undefined) requireAcknowledged(client, acknowledged, line)
  if (statement === undefined) {
    if (issuer === published.member && (kind === 'record' || kind === 'status')) feed.withheld.push(index)
  } else if (issuer === published.member || claimsToBeOwn(statement, context)) {
    if (sha256Hex(statement) !== sha256) throw badEntry(index, 'is not the statement that its log names.')
    if (issuer === published.member ? OWN_KINDS.includes(kind) : true) {
      const own = await verifyOwn(statement, index, context)
      if (own.kind !== kind || issuer !== published.member)
        throw badEntry(
          index,
          `is a ${own.kind} of ${published.member}, but is shown as a ${kind} of ${issuer}.`,
        )
      applyOwn(feed, own, index)
    }
  }
  published.cursor = index
}

/** A hub that acknowledges what it does not publish would leave the member believing that it is. */
function requireAcknowledged(client: HubClient, sha256: string, line: FeedLine): void {
  if (line.sha256 !== sha256) {
    throw new HubClientError(
      'bad-feed',
      `The hub acknowledged a statement as log entry ${line.index}, but its feed has another one there. It is not published; tell the operator.`,
    )
  }
  client.acknowledged.delete(sha256)
}

/** Looks up what was acknowledged and not met while reading: at places read before, or several at one place. */
async function checkAcknowledged({ client, published }: Feed): Promise<void> {
  for (const [sha256, index] of [...client.acknowledged]) {
    if (index > published.cursor) continue
    const { text } = await readPage(client, formatPage(index - 1, 1), published)
    const line = parseLine(text.split('\n')[0] ?? '', index - 1)
    requireAcknowledged(client, sha256, { ...line, index, sha256: line.index === index ? line.sha256 : '' })
  }
}

function applyOwn({ published, timeZone, ...feed }: Feed, own: OwnStatement, index: number): void {
  const { records } = published
  if (own.kind === 'record') {
    const { iat, exp, trustmark, trust_mark_type } = own.claims
    const known = records.get(trustmark.id)
    requireRising(iat, known?.latestIat, index)
    const [mark = '', level = ''] = trust_mark_type.split('/').slice(-2)
    const digest = contentDigest(own.claims, timeZone)
    // Issuing again never lifts a suspension (DESIGN 4.6).
    const status = known?.status ?? 'active'
    records.set(trustmark.id, { digest, mark, level, iat, exp, status, latestIat: iat, index })
  } else if (own.kind === 'status') {
    const { iat, status } = own.claims
    const known = records.get(status.record)
    if (!known) return
    requireRising(iat, known.latestIat, index)
    records.set(status.record, {
      ...known,
      latestIat: iat,
      status: changeStatus(known.status, status.change) ?? known.status,
    })
  } else {
    const { at, digest } = own.claims.register
    requireRising(at, published.registerAt ?? undefined, index)
    published.registerAt = at
    // Our own word on what was in force then: if it is what we have read, what was withheld no longer matters.
    if (digest === digestIds(listInForce(published, at))) feed.withheld.length = 0
  }
}

/** A hub that plays an old statement again would undo what was signed since; the real one refuses it too. */
function requireRising(iat: number, latest: number | undefined, index: number): void {
  if (latest !== undefined && iat <= latest)
    throw badEntry(index, `is dated ${iat}, not after what came before it (${latest}).`)
}

/** The digest of a register (DESIGN 5): sorted ids, each with a line feed. */
export function digestIds(ids: readonly string[]): string {
  return sha256Hex(
    [...ids]
      .sort()
      .map((id) => `${id}\n`)
      .join(''),
  )
}

/** Ids of the records in force at a time (JWT seconds): active and not expired. */
export function listInForce({ records }: Published, at: number): string[] {
  return [...records].filter(([, { status, exp }]) => status === 'active' && exp > at).map(([id]) => id)
}
