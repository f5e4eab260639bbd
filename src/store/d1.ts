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

/** Opens a D1 binding. Migrations are applied by wrangler, from the same files. */
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
