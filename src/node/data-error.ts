/** What can be wrong with a hub's data folder, a backup of it, or what is known of its log elsewhere. */

/**
 * - `no-data`: there is no hub's database; `wrong-version`: it needs another version of this program
 * - `in-use`: another process has the database open
 * - `exists`: something stands where a result should; nothing is overwritten
 * - `not-written`: the disk is full, or failed
 * - `not-a-backup`, `backup-damaged`: no backup, or a file of it is not what was written
 * - `keys-missing`: the backup was made without private keys
 * - `log-damaged`: the log is not whole, or does not replay; `views-differ`: the tables made from it say something else
 * - `target-not-empty`: the folder to restore to holds something
 * - `known-missing`: nobody said what is known of the log elsewhere; `known-unreadable`: that could not be read
 * - `older-than-known`: entries that others have seen would be lost; `forked`: another history is known;
 *   `log-restarted`: the log was started anew since, or so it is said there
 */
export type DataErrorCode =
  | 'no-data'
  | 'wrong-version'
  | 'in-use'
  | 'exists'
  | 'not-written'
  | 'not-a-backup'
  | 'backup-damaged'
  | 'keys-missing'
  | 'log-damaged'
  | 'views-differ'
  | 'target-not-empty'
  | 'known-missing'
  | 'known-unreadable'
  | 'older-than-known'
  | 'forked'
  | 'log-restarted'

/** Refuses to go on with data; what was there before is as it was. */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly code: DataErrorCode
  /** The file that is at fault, if it is one. */
  readonly file: string | undefined
  /** The log index where it shows, if it shows at one. */
  readonly index: number | undefined
  /** The row at fault, for `views-differ`. */
  readonly table: string | undefined
  readonly key: readonly (string | number | null)[] | undefined

  constructor(
    code: DataErrorCode,
    message: string,
    where: {
      file?: string
      index?: number | undefined
      table?: string
      key?: readonly (string | number | null)[]
    } = {},
  ) {
    super(message)
    this.code = code
    this.file = where.file
    this.index = where.index
    this.table = where.table
    this.key = where.key
  }
}
