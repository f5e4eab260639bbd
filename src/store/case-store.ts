/** The store of disputes over one SQL database: the same queries on SQLite and on D1 (DESIGN 4.1). */
import type { CompiledQuery } from 'kysely'
import type { GeneralJwe } from '../dispute/envelope.js'
import type { CaseStore, CaseWrite } from '../hub/cases/case-store.js'
import {
  dueDeliveriesQuery,
  erasableQuery,
  figuresQuery,
  inboxQuery,
  lapsingQuery,
  mergeQueue,
  queueQueries,
  readInboxLine,
} from './case-lists.js'
import {
  appendQueries,
  chainQuery,
  eraseQueries,
  fileQueries,
  putDeliveryQueries,
  releaseQueries,
} from './case-queries.js'
import { readCaseRow, readChainRow, readDeliveryRow, readEventRow } from './case-rows.js'
import { bind, type Database, isConflict, isTaken } from './database.js'
import {
  countQueries,
  countsQuery,
  limitsQuery,
  putLimitQuery,
  saltQueries,
  spendQueries,
} from './intake-queries.js'
import { putRecoveryQueries, readRecoveryRow, recoveriesQuery } from './recovery-queries.js'

export function createCaseStore(database: Database): CaseStore {
  const db = database.kysely
  /** Runs a write list. @returns false when somebody else was first by the rule that `lost` knows */
  const attempt = async (
    queries: readonly CompiledQuery[],
    lost: (error: unknown) => boolean,
  ): Promise<boolean> => {
    try {
      await database.atomic(queries)
      return true
    } catch (error) {
      if (lost(error)) return false
      throw error
    }
  }
  // Compiled once: every request about a case asks it, guesses at secrets included.
  const findByRef = db.selectFrom('cases').selectAll().where('ref', '=', '').compile()
  const movedOn = (error: unknown) => isTaken(error, 'case_events') || isConflict(error)
  const run = (query: CompiledQuery) => database.atomic([query])
  return {
    file: ({ address, ...write }) =>
      attempt(fileQueries(db, write, address), (error) => isTaken(error, 'cases')),
    async append(previousSeq, write) {
      assertFollows(previousSeq, write)
      return attempt(appendQueries(db, write), movedOn)
    },
    async find(ref) {
      const [row] = await database.read(bind(findByRef, ref))
      return row && readCaseRow(row)
    },
    async events(ref) {
      const rows = await database.read(
        db
          .selectFrom('case_events')
          .leftJoin('case_messages', (join) =>
            join
              .onRef('case_messages.ref', '=', 'case_events.ref')
              .onRef('case_messages.seq', '=', 'case_events.seq'),
          )
          .selectAll('case_events')
          .select('case_messages.message')
          .where('case_events.ref', '=', ref)
          .orderBy('case_events.seq')
          .compile(),
      )
      return rows.map(readEventRow)
    },
    chain: async (ref) => (await database.read(chainQuery(db, ref))).map(readChainRow),
    async envelope(ref) {
      const [row] = await database.read(
        db.selectFrom('case_envelopes').selectAll().where('ref', '=', ref).compile(),
      )
      if (!row) return null
      return {
        complaint: JSON.parse(row.complaint) as GeneralJwe,
        identity: JSON.parse(row.identity) as GeneralJwe,
      }
    },
    async attachments(ref) {
      const rows = await database.read(
        db.selectFrom('case_attachments').selectAll().where('ref', '=', ref).orderBy('id').compile(),
      )
      return rows.map(({ id, bytes, sha256, stored }) => ({ id, bytes, sha256, stored: stored === 1 }))
    },
    markStored: (ref, attachment) =>
      run(
        db
          .updateTable('case_attachments')
          .set({ stored: 1 })
          .where('ref', '=', ref)
          .where('id', '=', attachment)
          .compile(),
      ),
    async deliveries(ref) {
      const rows = await database.read(
        db.selectFrom('case_deliveries').selectAll().where('ref', '=', ref).orderBy('member').compile(),
      )
      return rows.map(readDeliveryRow)
    },
    putDelivery: (delivery) => database.atomic(putDeliveryQueries(db, delivery)),

    inbox: async (member, after, limit, parked) =>
      (await database.read(inboxQuery(db, member, after, limit, parked))).map(readInboxLine),
    release: (ref, at, clock) => attempt(releaseQueries(db, ref, at, clock), isConflict),
    queue: async (limit) =>
      mergeQueue(await Promise.all(queueQueries(db, limit).map((query) => database.read(query))), limit),
    dueDeliveries: async (now, limit) =>
      (await database.read(dueDeliveriesQuery(db, now, limit))).map(readDeliveryRow),
    lapsing: async (now, limit) => (await database.read(lapsingQuery(db, now, limit))).map(readCaseRow),
    erasable: async (now, limit) => (await database.read(erasableQuery(db, now, limit))).map(readCaseRow),
    async erase(previousSeq, write) {
      assertFollows(previousSeq, write)
      const erased = await attempt(eraseQueries(db, write), movedOn)
      if (erased) await database.scrub?.()
      return erased
    },

    async address(ref) {
      const [row] = await database.read(
        db.selectFrom('case_addresses').select(['address', 'lang']).where('ref', '=', ref).compile(),
      )
      return row
    },
    async webhook(member) {
      const [row] = await database.read(
        db.selectFrom('webhooks').selectAll().where('member', '=', member).compile(),
      )
      return row
    },
    putWebhook: ({ member, url, secret }) =>
      run(
        db
          .insertInto('webhooks')
          .values({ member, url, secret })
          .onConflict((conflict) => conflict.column('member').doUpdateSet({ url, secret }))
          .compile(),
      ),
    removeWebhook: (member, url) => {
      const query = db.deleteFrom('webhooks').where('member', '=', member)
      return run((url === undefined ? query : query.where('url', '=', url)).compile())
    },

    putRecovery: (ref, request, since) => database.atomic(putRecoveryQueries(db, ref, request, since)),
    recovery: async (ref, code, since) =>
      (await database.read(recoveriesQuery(db, ref, since, code))).map(readRecoveryRow)[0],
    recoveries: async (ref, since) =>
      (await database.read(recoveriesQuery(db, ref, since))).map(readRecoveryRow),

    spendAssertion: (issuer, jti, expiresAt, now) =>
      attempt(spendQueries(db, { issuer, jti, expires_at: expiresAt }, now), (error) =>
        isTaken(error, 'assertions'),
      ),
    async countIntake(hour, buckets) {
      await database.atomic(countQueries(db, hour, buckets))
      const rows = await database.read(countsQuery(db, hour, buckets))
      return new Map(rows.map(({ bucket, count }) => [bucket, count]))
    },
    async intakeCounts(hour, buckets) {
      const rows = await database.read(countsQuery(db, hour, buckets))
      return new Map(rows.map(({ bucket, count }) => [bucket, count]))
    },
    async intakeLimits(now) {
      const rows = await database.read(limitsQuery(db, now))
      return new Map(rows.map(({ bucket, most, until }) => [bucket, { limit: most, until }]))
    },
    putIntakeLimit: (bucket, limit, until) => run(putLimitQuery(db, { bucket, most: limit, until })),
    async dailySalt(day, fresh) {
      await database.atomic(saltQueries(db, day, fresh))
      // Yesterday's salt must not survive in the write-ahead log: with it, hashes tell addresses.
      await database.scrub?.()
      const [row] = await database.read(
        db.selectFrom('daily_salts').select('salt').where('day', '=', day).compile(),
      )
      // Another process, whose clock is on another day, may have dropped it in between.
      return row?.salt ?? fresh
    },
    async figures() {
      const [row] = await database.read(figuresQuery(db))
      return row ?? { unmatchedOpen: 0, unmatchedEver: 0, parked: 0 }
    },
  }
}

/** Without this a gap in the sequence would pass: the primary key only bars what is taken. */
function assertFollows(previousSeq: number, { row, events }: CaseWrite): void {
  const follows = events.every(({ seq }, i) => seq === previousSeq + 1 + i)
  if (!follows || events.length === 0 || events.at(-1)?.seq !== row.head.seq)
    throw new RangeError(
      `events ${events.map(({ seq }) => seq).join(', ')} do not follow ${previousSeq} up to ${row.head.seq}`,
    )
}
