/** A record with its statements, as every query over records gives it. */
import type { Kysely } from 'kysely'
import type { FoundRecord } from '../hub/store.js'
import type { RecordStatus } from '../record/judge.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>
export type FoundRow = Tables['records'] & { jws: string; status_jws: string | null }

export function found(db: Db) {
  return db
    .selectFrom('records')
    .innerJoin('statements', 'statements.idx', 'records.idx')
    .leftJoin('statements as changes', 'changes.idx', 'records.status_idx')
    .selectAll('records')
    .select(['statements.jws', 'changes.jws as status_jws'])
}

export function readFoundRow(row: FoundRow): FoundRecord {
  const { idx, latest_iat, status_idx, status_jws, status, ...rest } = row
  return {
    ...rest,
    index: idx,
    latestIat: latest_iat,
    status: status as RecordStatus,
    statusIndex: status_idx,
    statusJws: status_jws,
  }
}
