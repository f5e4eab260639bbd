/** Query plans of everything a store runs; found by listening, so that a new query can't be forgotten. */
import BetterSqlite3 from 'better-sqlite3'
import type { Database } from '../src/store/database.js'
import { openSqlite } from '../src/store/sqlite.js'

const migrations = new URL('../src/store/migrations', import.meta.url).pathname

/** Opens a database file whose every query is explained. There are no statistics, as in a hub, which never runs ANALYZE. */
export function listenToPlans(file: string): {
  database: Database
  plans: string[]
  raw: BetterSqlite3.Database
} {
  const database = openSqlite(file, migrations)
  const raw = new BetterSqlite3(file)
  const plans: string[] = []
  const explain = ({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) => {
    for (const row of raw.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[])
      plans.push(`${row.detail}   <- ${sql.slice(0, 160)}`)
  }
  return {
    plans,
    raw,
    database: {
      ...database,
      read: (query) => {
        explain(query)
        return database.read(query)
      },
      atomic: (queries) => {
        queries.forEach(explain)
        return database.atomic(queries)
      },
    },
  }
}
