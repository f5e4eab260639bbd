/** The Cloudflare D1 back end: Kysely's SQLite compiler over `prepare` and `batch` (DESIGN 4.1). */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from './database.js'
import type { Tables } from './tables.js'

/** What is needed of a `D1Database`; a `D1DatabaseSession` fits too. */
export interface D1Like {
  prepare(sql: string): D1StatementLike
  batch(statements: D1StatementLike[]): Promise<unknown[]>
}
interface D1StatementLike {
  bind(...values: unknown[]): D1StatementLike
  all(): Promise<{ results: unknown[] }>
}

/** The newest file of migrations/: the tables must have come this far before this code may use them. */
export const LATEST_MIGRATION = '0011_lookalikes.sql'

/**
 * Whether wrangler applied {@link LATEST_MIGRATION}. Without asking, a column that is missing could go unnoticed:
 * D1 takes a quoted name that it does not know for a text.
 */
export async function isMigrated(d1: D1Like): Promise<boolean> {
  try {
    const found = await d1.prepare('select id from d1_migrations where name = ?').bind(LATEST_MIGRATION).all()
    return found.results.length > 0
  } catch (error) {
    if (error instanceof Error && error.message.includes('no such table')) return false
    throw error
  }
}

/**
 * Opens a D1 binding. Migrations are applied by wrangler, from the same files. It can't scrub: what is erased stays in
 * Cloudflare's own history of the database (Time Travel) for up to 30 days, and is gone after that.
 */
export function openD1(d1: D1Like): Database {
  const bind = (query: { sql: string; parameters: readonly unknown[] }) =>
    d1.prepare(query.sql).bind(...query.parameters)
  const connection: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => ({
      rows: (await bind(query).all()).results as R[],
    }),
    streamQuery: () => {
      throw new Error('D1 does not stream')
    },
  }
  const noTransactions = async () => {
    throw new Error('D1 has no interactive transactions; use atomic()')
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  const kysely = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  return {
    kysely,
    read: async <R>(query: CompiledQuery<R>) => (await bind(query).all()).results as R[],
    atomic: async (queries) => {
      await d1.batch(queries.map(bind))
    },
    close: async () => {},
  }
}
