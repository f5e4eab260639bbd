/** What a copy is made from: a hub, or another mirror, as anybody sees it. Nothing that comes from it is believed. */
import type { TileId } from '../../log/tile.js'

/** A line of the feed or of a snapshot, read but not verified. */
export interface SourceLine {
  index: number
  kind: string
  issuer: string
  /** Epoch ms. */
  at: number
  sha256: string
  /** Absent for what is said to be erased, by the entry `erasedBy`. */
  statement?: string
  erasedBy?: number
}

/** A part of a snapshot: the lines of entries `from` to `to`, the latter not included. */
export interface SnapshotPart {
  url: string
  from: number
  to: number
}

export interface Snapshot {
  /** Log size. */
  size: number
  /** The signed checkpoint of that size. */
  checkpoint: string
  parts: readonly SnapshotPart[]
}

/** Each call asks the source anew. An implementation throws its own errors for what can't be reached or read. */
export interface LogSource {
  /** The newest checkpoint: a signed note. */
  checkpoint(): Promise<string>
  /** The operator's statements about the log's keys (compact JWS), oldest first, as they come: each is verified before the next is asked for. */
  logKeys(): AsyncIterable<string>
  /** Hash tiles as they are for a tree of that size: full ones whole, the last of each level as wide as the size implies. */
  tiles(ids: readonly TileId[], size: number): Promise<Uint8Array[]>
  /** Lines after an index (exclusive; -1 for the start), in log order; of one kind only, where told. Empty at the end. */
  changes(after: number, limit: number, kind?: string): Promise<SourceLine[]>
  snapshot(): Promise<Snapshot>
  /** Lines of a part, in log order. */
  part(part: SnapshotPart): AsyncIterable<SourceLine>
}
