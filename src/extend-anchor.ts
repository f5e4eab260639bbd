/** Following the log's keys from an anchor that was pinned earlier: the operator's word alone changes them (DESIGN 4.5). */
import * as z from 'zod'
import { type Anchor, listLogKeys } from './anchor.js'
import { LOOK_ENTRIES, MAX_LOOKS } from './hub/read-changes.js'
import { createRoster } from './hub/roster.js'
import { parseCheckpoint } from './log/checkpoint.js'
import { parseNote } from './log/note.js'
import { parseVerifierKey } from './log/note-key.js'
import { Refusal } from './refusal.js'
import { parseStrictJson } from './trust/json.js'
import { verifyStatement } from './trust/statement.js'

/** One thing that the operator said of a key of the log. */
export interface LogKeyChange {
  change: 'announced' | 'retired'
  vkey: string
}

/**
 * Learns from the operator's statements which keys sign the log now. Pure: nothing is fetched, and nothing but the anchor's
 * operator keys is believed. Their order does not matter: a key that was retired stays so.
 * @param statements compact JWS, `trustmark-log-key+jwt`
 * @throws Refusal for what the pinned operator did not sign for this alliance; `unknown-log-key` when no key would be left
 */
export async function extendAnchor(anchor: Anchor, statements: readonly string[]): Promise<Anchor> {
  return applyLogKeys(anchor, await readLogKeyChanges(anchor, statements))
}

/** Verifies the operator's statements about the log's keys. @throws Refusal */
export async function readLogKeyChanges(
  anchor: Anchor,
  statements: readonly string[],
): Promise<LogKeyChange[]> {
  return Promise.all(
    statements.map(async (jws) => {
      const statement = await verifyStatement(jws, {
        alliance: anchor.alliance,
        directory: createRoster([], anchor.origin, anchor.operator),
        index: 0,
        now: Number.POSITIVE_INFINITY,
      })
      if (statement.kind !== 'log-key')
        throw new Refusal('unknown-type', 'This statement is not about a key of the log.')
      return statement.claims.logKey
    }),
  )
}

/** @throws Refusal `unknown-log-key` when every key was retired */
export function applyLogKeys(anchor: Anchor, changes: readonly LogKeyChange[]): Anchor {
  const retired = new Set(changes.filter(({ change }) => change === 'retired').map(({ vkey }) => vkey))
  const ours = changes.filter(({ vkey }) => parseVerifierKey(vkey).name === anchor.log.origin)
  const known = new Set([...listLogKeys(anchor), ...ours.map(({ vkey }) => vkey)])
  const [vkey, ...others] = [...known].filter((line) => !retired.has(line))
  if (!vkey)
    throw new Refusal(
      'unknown-log-key',
      'The alliance’s operator retired every key of the log that is known here. Ask it by another way, and pin its keys anew.',
    )
  return { ...anchor, log: { origin: anchor.log.origin, vkey, vkeys: [vkey, ...others] } }
}

/** Gets a path of the hub (`/v1/…`) as text. */
type FetchText = (path: string) => Promise<string>

/** Lines of one page of the feed, the most the hub gives. */
const PAGE = 1000
/** Entries that the hub looks through for one page of a filtered feed; text alone does not say where it stopped. */
const LOOKED = LOOK_ENTRIES * MAX_LOOKS
/** Pages that are asked for: 250 million entries. A hub that claims a larger log only wants to keep the asker busy. */
const MAX_PAGES = 1000

const feedLine = z.looseObject({ index: z.int().min(0), kind: z.string(), statement: z.string().optional() })

export interface FollowedAnchor {
  anchor: Anchor
  /** What the anchor did not have yet, in log order. */
  news: LogKeyNews[]
}

/** A change with the statement behind it, and the entry that the hub says holds it. */
export interface LogKeyNews extends LogKeyChange {
  index: number
  statement: string
}

/**
 * Asks the hub for what the operator said of the log's keys. A hub that lies can withhold such a statement, but can't make
 * one up.
 * @throws Refusal, LogError, and whatever `fetchText` throws
 */
export async function followLogKeys(fetchText: FetchText, anchor: Anchor): Promise<FollowedAnchor> {
  const changes = await listLogKeyChanges(fetchText, anchor)
  const followed = applyLogKeys(anchor, changes)
  const [before, now] = [new Set(listLogKeys(anchor)), new Set(listLogKeys(followed))]
  const news = changes.filter(({ change, vkey }) =>
    change === 'announced' ? now.has(vkey) && !before.has(vkey) : before.has(vkey) && !now.has(vkey),
  )
  return { anchor: followed, news }
}

/** Everything that the operator ever said of the log's keys, as the hub shows it; each is verified. @throws as {@link followLogKeys} */
export async function listLogKeyChanges(fetchText: FetchText, anchor: Anchor): Promise<LogKeyNews[]> {
  const { size } = parseCheckpoint(parseNote(await fetchText('/log/checkpoint')).text)
  const lines: { index: number; statement: string }[] = []
  let after = -1
  for (let page = 0; page < MAX_PAGES && after + 1 < size; page++) {
    const from = after < 0 ? '' : `&after=${after}`
    const read = readLines(await fetchText(`/v1/changes?kind=log-key&limit=${PAGE}${from}`), after)
    for (const { index, kind, statement } of read)
      if (kind === 'log-key' && statement) lines.push({ index, statement })
    after = read.length < PAGE ? after + LOOKED : (read.at(-1)?.index ?? after)
  }
  const changes = await readLogKeyChanges(
    anchor,
    lines.map(({ statement }) => statement),
  )
  return changes.flatMap((change, i) => (lines[i] ? [{ ...change, ...lines[i] }] : []))
}

function readLines(text: string, after: number): z.infer<typeof feedLine>[] {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => feedLine.safeParse(parseStrictJson(line, 'A line of the feed')))
  let last = after
  return lines.map(({ data }) => {
    if (!data || data.index <= last)
      throw new Refusal(
        'bad-claims',
        'The hub’s feed of the log’s keys is no feed: its lines do not follow one another.',
      )
    last = data.index
    return data
  })
}

/** Whether an error says that a checkpoint is signed by no key of the anchor: then the operator's word is asked for. */
export function isUnknownLogKey(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'unknown-log-key'
}
