/**
 * Whether a backup's views say what its log says. Hashes and signatures cover the log alone: whoever can write to a backup could
 * else alter a view, such as a revoked record's status, and the hub would answer by it.
 */
import { join } from 'node:path'
import type { Head } from '../hub/store.js'
import type { OnStep } from './check-backup.js'
import { compareTables, type Difference } from './compare-tables.js'
import { DataError } from './data-error.js'
import { checkIntegrity, DATABASE_FILE, type OpenedFile, openOwn, openSnapshot } from './database-file.js'
import { asDamage, readOperatorKeys, removeDatabase, replayDatabase } from './replay-database.js'
import { DERIVED_TABLES } from './table-lists.js'

/** Beside the database, as large as it, and removed again. */
const SCRATCH = 'replayed.sqlite'
/** Tables whose key is a log index. */
const BY_INDEX = ['entries', 'statements', 'erasures', 'directory']

/**
 * Replays the log, every signature included, and compares each row that is derived from it.
 * @param folder of a database that has this version's tables
 * @throws DataError `views-differ` with table and key of the first row that is wrong; `log-damaged` with the index at fault
 */
export async function checkViews(
  folder: string,
  { migrations, now, onStep }: { migrations: string; now: number; onStep?: OnStep | undefined },
): Promise<void> {
  const [file, scratch] = [join(folder, DATABASE_FILE), join(folder, SCRATCH)]
  const old = openSnapshot(file)
  try {
    const head = await replayDatabase(scratch, old, readOperatorKeys(folder), {
      migrations,
      now,
      onProgress: (done, total) => onStep?.('replay', done, total),
    })
    const made = openOwn(scratch)
    try {
      checkIntegrity(made, scratch)
      await assertSameHead(head, made)
      const { counts, first } = compareTables(old.raw, made.raw, DERIVED_TABLES)
      const [difference] = first
      const wrong = Object.values(counts).reduce((sum, count) => sum + count, 0)
      if (difference) throw differs(file, difference, wrong)
    } finally {
      made.close()
    }
  } catch (error) {
    throw asDamage(error, file)
  } finally {
    old.close()
    removeDatabase(scratch)
  }
}

/** What stands beside the signed note: a time ahead of every clock would be given to all entries to come. */
async function assertSameHead(head: Head, { store }: OpenedFile): Promise<void> {
  const replayed = await store.head()
  if (head.size === 0 || (replayed?.at === head.at && replayed.rosterSize === head.rosterSize)) return
  throw new DataError(
    'views-differ',
    `checkpoints ${head.size}: its time or roster is not what the log gives. Use another backup.`,
    { file: DATABASE_FILE, table: 'checkpoints', key: [head.size], index: head.size - 1 },
  )
}

function differs(file: string, { table, key, how, columns }: Difference, wrong: number): DataError {
  const what =
    how === 'differs'
      ? `has another ${columns?.join(', ')}`
      : how === 'extra'
        ? 'should not exist'
        : 'is missing'
  const more = wrong > 1 ? `, and ${wrong - 1} more rows are wrong` : ''
  const index = BY_INDEX.includes(table) ? Number(key[0]) : undefined
  return new DataError(
    'views-differ',
    `${file} does not say what its log says: ${table} ${key.join(' ')} ${what}${more}. Somebody altered it, or the hub had it wrong. Use another backup.`,
    { file: DATABASE_FILE, table, key, index },
  )
}
