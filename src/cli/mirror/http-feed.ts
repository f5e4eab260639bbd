/** A hub's feed, asked page by page: nothing of it is believed, and nothing of it may go on for ever. */
import { parseFeedLine } from '../../hub/feed-line.js'
import { MirrorError } from '../../hub/mirror/mirror-error.js'
import type { LogSource, SourceLine } from '../../hub/mirror/source.js'
import { expectStatus, type HubClient, HubClientError, MAX_FEED_BYTES } from '../hub-client.js'

/** Lines of one page of statements about the log's keys; there are a handful in a log's life. */
const KEY_PAGE = 100
/** Pages of a filtered feed that may be empty one after the other: a hub looks through 250,000 entries for each. */
const MAX_EMPTY_PAGES = 1000

/** @throws HubClientError for what can't be reached or is no feed; MirrorError `entry-differs` for a line that is none */
export function createFeed(client: HubClient): Pick<LogSource, 'changes' | 'logKeys'> {
  const changes = async (after: number, limit: number, kind?: string): Promise<SourceLine[]> => {
    let from = after
    for (let empty = 0; empty < MAX_EMPTY_PAGES; empty += 1) {
      const query = new URLSearchParams({ limit: String(limit) })
      if (from >= 0) query.set('after', String(from))
      if (kind !== undefined) query.set('kind', kind)
      const response = await client.get(`/v1/changes?${query}`, {}, MAX_FEED_BYTES)
      // A feed that is shorter than the checkpoint, from a cache or from another history, has nothing after that index.
      if (response.status === 400 && from >= 0) return []
      const { headers, text } = expectStatus(response, 200)
      const lines = splitPage(text, limit)
      if (lines.length > 0)
        return lines.map((line, i) => readLine(line, kind === undefined ? from + 1 + i : undefined))
      // A filtered page may be empty though more comes behind it.
      const next = Number(headers.get('Next-After') ?? Number.NaN)
      if (!Number.isSafeInteger(next) || next <= from || next + 1 >= Number(headers.get('Checkpoint-Size')))
        return []
      from = next
    }
    throw noFeed(`goes on after ${MAX_EMPTY_PAGES} pages without a line`)
  }
  return {
    changes,
    async *logKeys() {
      for (let after = -1; ; ) {
        const lines = await changes(after, KEY_PAGE, 'log-key')
        if (lines.length === 0) return
        for (const { index, kind, statement } of lines) {
          if (index <= after) throw noFeed(`shows entry ${index} after entry ${after}`)
          after = index
          if (kind === 'log-key' && statement !== undefined) yield statement
        }
      }
    },
  }
}

/** A page of 16 MB could be as many empty lines: no more are made of it than were asked for. */
function splitPage(text: string, limit: number): string[] {
  const lines = text.split('\n', limit + 2)
  if (lines.at(-1) === '') lines.pop()
  if (lines.length > limit) throw noFeed(`has more than the ${limit} lines that were asked for`)
  return lines
}

/**
 * Reads a line of a feed or snapshot.
 * @param index what it should be, where that is known
 * @throws MirrorError `entry-differs`
 */
export function readLine(text: string, index: number | undefined): SourceLine {
  try {
    return parseFeedLine(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new MirrorError(
      'entry-differs',
      `What the hub shows${index === undefined ? '' : ` as log entry ${index}`} is no line of a feed (${error.message}). Nothing of it was taken; run it again, and tell the operator if it stays so.`,
      index,
      { cause: error },
    )
  }
}

function noFeed(what: string): HubClientError {
  return new HubClientError(
    'bad-feed',
    `The hub's feed ${what}. Nothing was taken from it; tell the operator.`,
  )
}
