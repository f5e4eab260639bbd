/** What is wrong with a log, as whoever copies it finds it: each way of cheating has its own name. */

/**
 * - `checkpoint-invalid`: signed by no key of this log, or no checkpoint at all
 * - `forked`: two histories under one name; the checkpoint contradicts what this copy holds
 * - `rolled-back`: the log is shorter than it was: an old checkpoint is shown again, or entries were taken back
 * - `log-restarted`: the log goes on under another name, since the operator restored it from a backup
 * - `tiles-differ`: tiles do not give the root that was signed
 * - `entry-differs`: a line of the feed or snapshot is not the entry that the tree holds at that index
 * - `snapshot-truncated`: a snapshot, or a page, ends before it should
 * - `withheld`: a statement is missing and no erasure by its member names it
 * - `entry-invalid`: what was logged breaks the rules that every hub must keep (see ReplayError)
 * - `log-too-large`: more entries are signed than a copy takes up at once
 */
export type MirrorCode =
  | 'checkpoint-invalid'
  | 'forked'
  | 'rolled-back'
  | 'log-restarted'
  | 'tiles-differ'
  | 'entry-differs'
  | 'snapshot-truncated'
  | 'withheld'
  | 'entry-invalid'
  | 'log-too-large'

/** A log that can't be trusted. The copy keeps what it had verified before. */
export class MirrorError extends Error {
  override readonly name = 'MirrorError'
  readonly code: MirrorCode
  /** The log index where it shows, if it shows at one. */
  readonly index: number | undefined

  /** @param options `cause`: the error of the log or of the replay that it was found by */
  constructor(code: MirrorCode, message: string, index?: number, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.index = index
  }
}
