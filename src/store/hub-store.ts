/** The hub's store over one SQL database: the same queries on SQLite and on D1 (DESIGN 4.1). */
import type { CompiledQuery } from 'kysely'
import type { FoundRecord, Head, HubStore, MatchedKey, Outcome, SequencedBatch } from '../hub/store.js'
import { type Database, insertRows, isConflict, splitValues } from './database.js'
import {
  dropUnlisted,
  moreRecordsQuery,
  noteDone,
  recordsBySkeletonQuery,
  reindex,
  relistQueries,
} from './directory-queries.js'
import { readFoundRow } from './found-record.js'
import { pendingQuery, receiveQueries, refusalsQuery, settleQueries, waitingQuery } from './inbox-queries.js'
import {
  admissionsQuery,
  changesQuery,
  eraseEntries,
  filedQuery,
  headIs,
  historyQuery,
  insertCheckpoint,
  insertEntries,
  lastErasureQuery,
  loggedIndexQuery,
  logKeysQuery,
  NO_CHECKPOINT,
  newHeadQuery,
  putLogKeys,
  putTiles,
  readFiledRow,
  readHeadRow,
  readLoggedRow,
  readLogKeyRow,
  readTileRows,
  resignQueries,
  tilesQuery,
  usedJtisQuery,
  withheldQuery,
} from './log-queries.js'
import {
  countEachInForceQuery,
  membersQuery,
  putMembers,
  putRegisters,
  readMemberRow,
  readRegisterRow,
  registersQuery,
} from './member-queries.js'
import { readDirectory } from './read-directory.js'
import {
  countsInForceQuery,
  forgetRecords,
  matchedKeysQuery,
  putRecords,
  recordsByIdQuery,
  recordsByKeysQuery,
  recordsPageQuery,
} from './record-queries.js'

/** Most records whose index of terms an erasure makes anew in passing: it takes half a second then. */
const MAX_REINDEXED = 50_000

export function createHubStore(database: Database): HubStore {
  const db = database.kysely
  const newHead = newHeadQuery(db)
  const recordsById = recordsByIdQuery(db)
  const recordsByKeys = recordsByKeysQuery(db)
  const matchedKeys = matchedKeysQuery(db)
  const registers = registersQuery(db)
  const recordsBySkeleton = recordsBySkeletonQuery(db)
  let newest: Head | undefined
  /** Runs a write list; a conflict means that another process was first. */
  const attempt = async (queries: readonly CompiledQuery[]): Promise<boolean> => {
    try {
      await database.atomic(queries)
      return true
    } catch (error) {
      if (isConflict(error)) return false
      throw error
    }
  }
  return {
    async setting(name) {
      const [row] = await database.read(
        db.selectFrom('settings').select('value').where('name', '=', name).compile(),
      )
      return row?.value
    },
    found: (settings, first) =>
      attempt([
        ...insertRows(
          db,
          'settings',
          ['name', 'value'],
          Object.entries(settings).map(([name, value]) => ({ name, value })),
        ),
        insertCheckpoint(db, first, NO_CHECKPOINT),
      ]),
    // Every look-up asks for the head. Its row is read again only when the size changed: the note of a head that another
    // process signed anew says the same, with one signature more.
    async head() {
      const known = newest
      const [row] = await database.read(newHead(known?.size ?? NO_CHECKPOINT))
      if (!row) return known
      const head = readHeadRow(row)
      newest = head
      return head
    },
    async resignHead(head, note) {
      const done = await attempt(resignQueries(db, head, note))
      newest = undefined
      return done
    },
    members: async () => (await database.read(membersQuery(db))).map(readMemberRow),
    receive: (statements, at, forget) => database.atomic(receiveQueries(db, statements, at, forget)),
    pending: (limit) => database.read(pendingQuery(db, limit)),
    async outcomes(sha256s) {
      const [logged, refused] = await Promise.all([
        database.read(loggedIndexQuery(db, sha256s)),
        database.read(refusalsQuery(db, sha256s)),
      ])
      return new Map<string, Outcome>([
        ...refused.map(({ sha256, outcome }): [string, Outcome] => [
          sha256,
          { problem: JSON.parse(outcome) },
        ]),
        ...logged.map(({ sha256, idx }): [string, Outcome] => [sha256, { index: idx }]),
      ])
    },
    commit: (batch: SequencedBatch) =>
      attempt([
        headIs(db, batch.previous.size),
        ...(batch.entries.length > 0 ? [insertCheckpoint(db, batch.next, batch.previous.size)] : []),
        ...insertEntries(db, batch.entries),
        ...eraseEntries(db, batch.erased.entries),
        ...forgetRecords(db, batch.erased.records),
        ...putTiles(db, batch.tiles),
        ...putMembers(db, batch),
        ...putRecords(db, batch),
        ...putRegisters(db, batch.registers),
        ...putLogKeys(db, batch.logKeys),
        ...settleQueries(db, batch),
      ]),
    async scrub() {
      const [more] = await database.read(moreRecordsQuery(db, MAX_REINDEXED))
      if (!more) await database.atomic([reindex(db)])
      await database.scrub?.()
      return ((await database.rewrite?.()) ?? true) && !more
    },
    async usedJtis(pairs) {
      const rows = await database.read(usedJtisQuery(db, pairs))
      return new Set(rows.map(({ issuer, jti }) => `${issuer} ${jti}`))
    },
    recordsById: async (ids) =>
      ids.length > 0 ? (await database.read(recordsById(ids))).map(readFoundRow) : [],
    recordsPage: async (after, limit) =>
      (await database.read(recordsPageQuery(db, after, limit))).map(readFoundRow),
    async recordsByKeys({ presences, identifiers }) {
      if (presences.length + identifiers.length === 0) return { records: [], matched: [] }
      const byId = new Map<string, FoundRecord>()
      const matched: MatchedKey[] = []
      // A look-up has a handful of keys; a push of large records more than one parameter holds.
      const [parts, more] = [splitValues(presences), splitValues(identifiers)]
      for (let i = 0; i < Math.max(parts.length, more.length); i += 1) {
        const part = parts[i] ?? []
        const [records, keys] = await Promise.all([
          database.read(recordsByKeys(part, more[i] ?? [])),
          database.read(matchedKeys(part)),
        ])
        for (const row of records) byId.set(row.id, readFoundRow(row))
        matched.push(...keys)
      }
      return { records: [...byId.values()], matched }
    },
    async recordsBySkeleton(skeletons, limit) {
      if (skeletons.length === 0) return []
      const rows = await database.read(recordsBySkeleton(skeletons, limit))
      return [...new Map(rows.map((row) => [row.id, readFoundRow(row)])).values()]
    },
    directory: (question) =>
      readDirectory(database, question, async (ids) =>
        ids.length > 0 ? (await database.read(recordsById(ids))).map(readFoundRow) : [],
      ),
    relist: (listings, progress, done) => database.atomic(relistQueries(db, listings, progress, done)),
    finishListing: (done) => database.atomic([...dropUnlisted(db), noteDone(db, done)]),
    registers: async (members) => (await database.read(registers(members))).map(readRegisterRow),
    async countsInForce(at) {
      return new Map(
        (await database.read(countsInForceQuery(db, at))).map(({ member, count }) => [member, count]),
      )
    },
    filed: async (indices) =>
      indices.length > 0 ? (await database.read(filedQuery(db, { indices }))).map(readFiledRow) : [],
    filedUnder: async (subjects) =>
      subjects.length > 0 ? (await database.read(filedQuery(db, { subjects }))).map(readFiledRow) : [],
    lastErasure: async () => (await database.read(lastErasureQuery(db)))[0]?.idx,
    logKeys: async () => (await database.read(logKeysQuery(db))).map(readLogKeyRow),
    isWaiting: async (sha256s) => (await database.read(waitingQuery(db, sha256s))).length > 0,
    withheld: async (limit) => (await database.read(withheldQuery(db, limit))).map(({ idx }) => idx),
    countEachInForce: async (questions) =>
      questions.length > 0
        ? (await database.read(countEachInForceQuery(db, questions))).map(({ count }) => count)
        : [],
    changes: async (after, size, limit, filter) =>
      (await database.read(changesQuery(db, after, size, limit, filter))).map(readLoggedRow),
    history: async (record) => (await database.read(historyQuery(db, record))).map(readLoggedRow),
    admissions: async (member, limit) =>
      (await database.read(admissionsQuery(db, member, limit))).map(readLoggedRow).reverse(),
    readTiles: async (ids) =>
      ids.length > 0 ? readTileRows(ids, await database.read(tilesQuery(db, ids))) : [],
  }
}
