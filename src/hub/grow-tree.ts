/** Growing the stored tree by entries: what sequencing and replaying have in common. */
import { formatEntry, type LogEntry } from '../log/entry.js'
import { hashLeaf } from '../log/hash.js'
import type { TileReader } from '../log/tile.js'
import { type AppendedTree, appendLeaves, edgeTiles } from '../log/tree.js'
import type { Head } from './store.js'

const utf8 = new TextEncoder()

/** The leaf hash of an entry. */
export function hashEntry({ at, issuer, kind, sha256 }: Omit<LogEntry, 'v'>): Uint8Array {
  return hashLeaf(utf8.encode(formatEntry({ at, issuer, kind, sha256, v: 1 })))
}

/** The tree with these entries at its end, and the tiles that changed; nothing is written. */
export async function growTree(
  tiles: TileReader,
  size: number,
  entries: readonly Omit<LogEntry, 'v'>[],
): Promise<AppendedTree> {
  const edge = await tiles.readTiles(edgeTiles(size))
  return appendLeaves(size, edge, entries.map(hashEntry))
}

/** Kinds of entries that change who may sign. */
export const ROSTER_KINDS: readonly string[] = ['admission', 'standing']

/** Names the version of the roster after these entries: the log size at which it last changed. */
export function rosterSizeOf(
  entries: readonly { index: number; kind: string }[],
  previous: Pick<Head, 'rosterSize'>,
): number {
  const last = entries.findLast(({ kind }) => ROSTER_KINDS.includes(kind))
  return last ? last.index + 1 : previous.rosterSize
}
