/** Asking a hub what the alliance's operator said of the log's keys since an anchor was pinned (DESIGN 4.5, docs/sync.md). */
import { type Anchor, listLogKeys } from './anchor.js'
import { applyLogKeys, readLogKeyChange } from './extend-anchor.js'
import { FeedLineError, parseFeedLine } from './hub/feed-line.js'
import type { LogKeyChange } from './log/key-set.js'
import { Refusal } from './refusal.js'

/** A page of the feed: its lines, and the headers that say where it goes on. */
export interface FeedPage {
  text: string
  /** `Next-After`: the index up to which the hub looked; undefined for a log without entries. */
  nextAfter: number | undefined
  /** `Checkpoint-Size`: entries of the log, as far as it is signed. */
  size: number | undefined
}

/** How a hub is asked by who checks its answers. Both throw for any status but 200. */
export interface HubPort {
  /** Gets a path of the hub (`/v1/…`) as text. */
  text(path: string, accept?: string): Promise<string>
  /** Gets a page of the hub's feed. */
  feed(path: string): Promise<FeedPage>
}

/** A page as its text and headers came. */
export function toFeedPage(text: string, headers: { get(name: string): string | null }): FeedPage {
  const read = (name: string): number | undefined => {
    const value = headers.get(name)
    return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : undefined
  }
  return { text, nextAfter: read('Next-After'), size: read('Checkpoint-Size') }
}

/** Lines of one page of the feed, the most a hub gives. */
const PAGE = 1000
/** Pages that are asked for: hundreds of millions of entries. A hub that claims a longer log only wants to keep the asker busy. */
const MAX_PAGES = 1000
/** Statements that are read: two for each key, of which a log has a handful. Each costs the asker a signature. */
const MAX_CHANGES = 1000

export interface FollowedAnchor {
  anchor: Anchor
  /** What the anchor did not have yet, in log order. */
  news: LogKeyNews[]
}

/** A change with the statement behind it, and the entry that the hub says holds it. */
export interface LogKeyNews extends LogKeyChange {
  index: number
  /** Compact JWS. */
  statement: string
}

/**
 * Asks the hub for what the operator said of the log's keys. A hub that lies can withhold such a statement, but can't make
 * one up.
 * @throws Refusal, and whatever `feed` throws
 */
export async function followLogKeys(hub: Pick<HubPort, 'feed'>, anchor: Anchor): Promise<FollowedAnchor> {
  const changes = await listLogKeyChanges(hub, anchor)
  const followed = applyLogKeys(anchor, changes)
  const [known, trusted] = [new Set(listLogKeys(anchor)), new Set(listLogKeys(followed))]
  const [knownGone, gone] = [new Set(anchor.log.retired), new Set(followed.log.retired)]
  const news = changes.filter(({ change, vkey }) =>
    change === 'announced' ? trusted.has(vkey) && !known.has(vkey) : gone.has(vkey) && !knownGone.has(vkey),
  )
  return { anchor: followed, news }
}

/**
 * Everything that the operator ever said of the log's keys, as the hub shows it; each is verified.
 * @throws as {@link followLogKeys}
 */
export async function listLogKeyChanges(hub: Pick<HubPort, 'feed'>, anchor: Anchor): Promise<LogKeyNews[]> {
  const found: LogKeyNews[] = []
  let after = -1
  for (let page = 0; page < MAX_PAGES; page++) {
    const from = after < 0 ? '' : `&after=${after}`
    const { text, nextAfter, size } = await hub.feed(`/v1/changes?kind=log-key&limit=${PAGE}${from}`)
    for (const { index, kind, statement } of readLines(text, after)) {
      if (kind !== 'log-key' || statement === undefined) continue
      if (found.length === MAX_CHANGES) throw noFeed(`it has more than ${MAX_CHANGES} statements`)
      found.push({ ...(await readLogKeyChange(anchor, statement)), index, statement })
    }
    // A filtered page looks through a part of the log: its headers say where it stopped, and never the number of its lines.
    if (size === undefined) throw noFeed('it does not say how long the log is')
    const looked = nextAfter ?? after
    if (looked + 1 >= size) return found
    if (looked <= after) throw noFeed('it does not say where it goes on')
    after = looked
  }
  throw noFeed('it has no end')
}

function readLines(text: string, after: number): ReturnType<typeof parseFeedLine>[] {
  let last = after
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const read = parseLine(line)
      if (read.index <= last) throw noFeed('its lines do not follow one another')
      last = read.index
      return read
    })
}

function parseLine(line: string): ReturnType<typeof parseFeedLine> {
  try {
    return parseFeedLine(line)
  } catch (error) {
    throw error instanceof FeedLineError ? noFeed(error.message) : error
  }
}

function noFeed(why: string): Refusal {
  return new Refusal('bad-claims', `What the hub shows of the log’s keys is no feed: ${why}.`)
}

/** Whether an error says that a checkpoint is signed by no key of the anchor: then the operator's word is asked for. */
export function isUnknownLogKey(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'unknown-log-key'
}
