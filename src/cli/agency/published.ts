/**
 * What a member has published, read from the hub's feed and verified by the member's own keys; `published.json` only
 * spares reading it all again. A new folder, or a second machine, catches up by itself (DESIGN 5).
 */
import * as z from 'zod'
import { changeStatus } from '../../record/judge.js'
import { sha256Hex } from '../../trust/digest.js'
import { digestIds } from '../../trust/register-digest.js'
import type { ErasureClaims } from '../../trust/statements.js'
import { expectStatus, type HubClient, HubClientError, type HubResponse, nextLink } from '../hub-client.js'
import { FILES, type Workspace } from '../workspace.js'
import { contentDigest } from './claims.js'
import {
  badEntry,
  claimsToBeOwn,
  createOwnContext,
  type OwnContext,
  type OwnStatement,
  verifyOwn,
} from './own-statement.js'
import {
  listInForce,
  type Published,
  readNothing,
  readPublished,
  systemSeconds,
  writePublished,
} from './published-file.js'

/** The hub gives at most this many lines a page. */
const PAGE = 1000
/** Lines of a page after one was too large: so many statements of the largest size stay below what is read. */
const SMALL_PAGE = 100
/** How often the feed is asked again for an entry that was just acknowledged: a cache may hold its end for 5 s. */
const MAX_LAGS = 6
/** Wait between those (ms). */
const LAG_WAIT = 2000

type OwnWorkspace = Workspace & { hub: string }

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
  const published = await readKnown(workspace, client, now)
  const start = published.cursor
  const feed: Feed = {
    client,
    published,
    context: await createOwnContext(workspace, now),
    timeZone: workspace.definition.calendar.timeZone,
    expected: new Map([...client.acknowledged].map(([sha256, index]) => [index, sha256])),
    withheld: new Set(),
  }
  try {
    for (let lags = 0; ; lags += 1) {
      await readFeed(feed)
      // A page of before an erasure may be followed by one of after it, whose end a cache still holds back.
      if (published.cursor >= atLeast && (feed.withheld.size === 0 || lags === MAX_LAGS)) break
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
    if (published.cursor > start && feed.withheld.size === 0) writePublished(workspace, published)
  }
  const [withheld] = feed.withheld
  if (withheld !== undefined) {
    throw badEntry(
      withheld,
      `is ${published.member}'s, but it, or the record it is about, is shown without its statement (as are ${feed.withheld.size - 1} more), and no erasure that was signed with a key of this folder names it. So it is not certain what is in force.`,
      `If it was erased with another key, copy that key's file (its public half is enough) into keys/; if the hub lost it, use the folder that published it, or copy its ${FILES.published} here; otherwise tell the operator.`,
    )
  }
  return published
}

/**
 * What the folder knows of the log that the hub shows now. Of one that was started anew from a backup it knows nothing: entries
 * have other places there, and what was published after the backup is gone until it is sent again.
 */
async function readKnown(workspace: OwnWorkspace, client: HubClient, now: number): Promise<Published> {
  const { text } = expectStatus(await client.get('/log/checkpoint'), 200)
  const log = text.split('\n', 1)[0] ?? ''
  const published = readPublished(workspace, now)
  if (published.log === log) return published
  return readNothing(workspace, log)
}

/** What one reading of the feed needs and learns. */
interface Feed {
  client: HubClient
  published: Published
  context: OwnContext
  timeZone: string
  /** What must stand at an index, as the hub acknowledged it: SHA-256, lower hex. */
  expected: Map<number, string>
  /** Indices of own entries that came without their statements, and that no later word of ours explains. */
  withheld: Set<number>
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
const OWN_KINDS = ['record', 'status', 'register', 'erasure']
/** Of these none may come without its statement, unless an erasure of ours names it; of erasures, none at all. */
const NEEDED_KINDS = ['record', 'status', 'erasure']

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
    if (issuer === published.member && NEEDED_KINDS.includes(kind)) feed.withheld.add(index)
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

function applyOwn(feed: Feed, own: OwnStatement, index: number): void {
  const { published, timeZone } = feed
  const { records } = published
  requireNotErased(published, own, index)
  if (own.kind === 'record') {
    const { iat, exp, trustmark, trust_mark_type } = own.claims
    const known = records.get(trustmark.id)
    requireRising(iat, known?.latestIat, index)
    const [mark = '', level = ''] = trust_mark_type.split('/').slice(-2)
    const digest = contentDigest(own.claims, timeZone)
    // Issuing again never lifts a suspension (DESIGN 4.6).
    const status = known?.status ?? 'active'
    const indices = [...(known?.indices ?? []), index]
    const jtis = [...(known?.jtis ?? []), own.claims.jti]
    records.set(trustmark.id, { digest, mark, level, iat, exp, status, latestIat: iat, index, indices, jtis })
  } else if (own.kind === 'status') {
    const { iat, status } = own.claims
    const known = records.get(status.record)
    if (!known) {
      // Its record is missing, so nobody can say what it changed.
      feed.withheld.add(index)
      return
    }
    requireRising(iat, known.latestIat, index)
    records.set(status.record, {
      ...known,
      latestIat: iat,
      indices: [...known.indices, index],
      jtis: [...known.jtis, own.claims.jti],
      status: changeStatus(known.status, status.change) ?? known.status,
    })
  } else if (own.kind === 'erasure') {
    applyErasure(feed, own.claims.erasure, index)
  } else {
    const { at, digest } = own.claims.register
    requireRising(at, published.registerAt ?? undefined, index)
    published.registerAt = at
    // Our own word on what was in force then: if it is what we have read, what was withheld no longer matters.
    if (digest === digestIds(listInForce(published, at))) feed.withheld.clear()
  }
}

/**
 * Our own word that these entries are forgotten: the record is gone, and what it leaves out is explained. It may be shown
 * before the hub's caches have forgotten the statements, so records that were just read go too.
 *
 * Limit: an erasure names places, and what stood at a place is the log's to prove; see `trustmark audit`.
 */
function applyErasure({ published, withheld }: Feed, erasure: ErasureClaims['erasure'], index: number): void {
  const named = new Set(erasure.indices)
  for (const jti of erasure.jtis) published.erasedJtis.add(jti)
  for (const at of named) withheld.delete(at)
  const isErased = (jti: string): boolean => published.erasedJtis.has(jti)
  for (const [id, record] of published.records) {
    const left = record.indices.find((at) => !named.has(at))
    if (left === undefined) published.records.delete(id)
    else if (record.indices.some((at) => named.has(at)) || record.jtis.some(isErased)) {
      throw badEntry(
        index,
        `erases part of ${id} and leaves entry ${left}. No hub accepts that; this one shows an erasure that was refused.`,
      )
    }
  }
}

/** Another signature of the same words makes another entry, and the same record again: only the jti tells. */
function requireNotErased({ erasedJtis }: Published, { claims }: OwnStatement, index: number): void {
  if (erasedJtis.has(claims.jti))
    throw badEntry(index, 'is a statement that was erased before, played again: its jti is used.')
}

/** A hub that plays an old statement again would undo what was signed since; the real one refuses it too. */
function requireRising(iat: number, latest: number | undefined, index: number): void {
  if (latest !== undefined && iat <= latest)
    throw badEntry(index, `is dated ${iat}, not after what came before it (${latest}).`)
}
