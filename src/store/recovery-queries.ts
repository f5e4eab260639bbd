/** Requests of consumers who lost their secret, kept beside their case. */
import { type CompiledQuery, type Kysely, sql } from 'kysely'
import type { ConsumerKeys } from '../dispute/envelope.js'
import type { RecoveryRow } from '../hub/cases/case-store.js'
import type { Tables } from './tables.js'

type Db = Kysely<Tables>

/** The same statements whether the case exists or not, so that not even the time they take tells. */
export function putRecoveryQueries(
  db: Db,
  ref: string,
  { code, consumer, at }: RecoveryRow,
  since: number,
): CompiledQuery[] {
  return [
    db.deleteFrom('case_recoveries').where('ref', '=', ref).where('at', '<', since).compile(),
    // A code that is taken stays with whoever has it: else she could be pushed out by luck.
    sql`insert into case_recoveries (ref, code, consumer, at)
      select ref, ${code}, ${JSON.stringify(consumer)}, ${at} from cases where ref = ${ref} and consumer is not null
      on conflict (ref, code) do nothing`.compile(db),
  ]
}

/** @param code of one request; all of the case without */
export function recoveriesQuery(
  db: Db,
  ref: string,
  since: number,
  code?: string,
): CompiledQuery<Tables['case_recoveries']> {
  const kept = db.selectFrom('case_recoveries').selectAll().where('ref', '=', ref).where('at', '>=', since)
  return (code === undefined ? kept : kept.where('code', '=', code))
    .orderBy('at', 'desc')
    .orderBy('code')
    .compile()
}

export function readRecoveryRow({ code, consumer, at }: Tables['case_recoveries']): RecoveryRow {
  return { code, consumer: JSON.parse(consumer) as ConsumerKeys, at }
}
