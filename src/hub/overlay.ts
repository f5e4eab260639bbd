/** The state at the head with what a batch changes laid over it, in memory: what the commit writes is taken from here. */
import { keysInUse } from '../log/key-set.js'
import { identifierKeys, presenceKeys } from '../record/holder.js'
import type { RecordClaims } from '../record/record.js'
import { Refusal } from '../refusal.js'
import type { BatchState, Finding, Judging } from './batch-state.js'
import { listRecord } from './directory/list-record.js'
import type { Reader } from './hub.js'
import { createRelated, matchedKeys, type RelatedRecord } from './related-records.js'
import { createRoster, type Roster, readMember } from './roster.js'
import type {
  Erased,
  FiledEntry,
  FoundRecord,
  LogKeyRow,
  MemberRow,
  RecordRow,
  RegisterRow,
  StandingRow,
} from './store.js'

/** What the store has of all that a batch can touch. */
export interface Loaded {
  roster: Roster
  used: Set<string>
  byId: readonly FoundRecord[]
  near: readonly FoundRecord[]
  registers: readonly RegisterRow[]
  counts: ReadonlyMap<string, number>
  filed: readonly FiledEntry[]
  logKeys: readonly LogKeyRow[]
  firstLogKey: string | undefined
}

export function overlay(hub: Omit<Reader, 'store'>, { now, replaying }: Judging, loaded: Loaded): BatchState {
  const { used, counts } = loaded
  const before = new Map<string, RecordRow>([...loaded.byId, ...loaded.near].map((row) => [row.id, row]))
  const rows = new Map(before)
  const related = createRelated(loaded.near)
  const registers = new Map(loaded.registers.map((row) => [row.member, row]))
  const entries = new Map(loaded.filed.map((entry) => [entry.index, entry]))
  const logKeys = new Map(loaded.logKeys.map((row) => [row.vkey, row]))
  const touched = new Set<string>()
  const issued = new Map<string, RecordClaims>()
  const members = new Map<string, MemberRow>()
  const standings = new Map<string, StandingRow>()
  const newRegisters = new Set<string>()
  const newLogKeys = new Set<string>()
  const erased: Erased = { entries: [], records: [] }
  const findings: Finding[] = []
  let { roster } = loaded
  const sharing = (keys: string[]): RelatedRecord[] =>
    related.find(keys).flatMap(([id, claims]) => {
      const row = rows.get(id)
      return row ? [{ row, claims }] : []
    })
  const putRegister = (row: RegisterRow): void => {
    registers.set(row.member, row)
    newRegisters.add(row.member)
  }
  return {
    origin: hub.origin,
    now,
    findings,
    get roster() {
      return roster
    },
    rule(index, check) {
      try {
        check()
      } catch (error) {
        if (!replaying || !(error instanceof Refusal)) throw error
        findings.push({ index, refusal: error })
      }
    },
    timely(check) {
      if (!replaying) check()
    },
    isUsed: (issuer, jti) => used.has(`${issuer} ${jti}`),
    record: (id) => rows.get(id),
    sharingPresence: (claims) => sharing(presenceKeys(claims)),
    sharingHolder: (claims) => sharing([...identifierKeys(claims), ...presenceKeys(claims)]),
    register: (member) => registers.get(member),
    countInForce(member, at) {
      const isInForce = (row: RecordRow | undefined): number =>
        row?.member === member && row.status === 'active' && row.exp > at ? 1 : 0
      const changes = [...touched].map((id) => isInForce(rows.get(id)) - isInForce(before.get(id)))
      return changes.reduce((sum, change) => sum + change, counts.get(`${member} ${at}`) ?? 0)
    },
    filed: (index) => entries.get(index),
    filedUnder: (record) => [...entries.values()].filter(({ subject }) => subject === record),
    logKeys: () => [...logKeys.values()],
    logKeysInUse() {
      const said = [...logKeys.values()].map(({ vkey, retired }) => {
        return { vkey, change: retired ? ('retired' as const) : ('announced' as const) }
      })
      return keysInUse(loaded.firstLogKey, said, hub.keys.logOrigin)
    },
    use: (issuer, jti) => {
      used.add(`${issuer} ${jti}`)
    },
    file: (entry) => {
      entries.set(entry.index, entry)
    },
    putRecord(row, claims) {
      rows.set(row.id, row)
      touched.add(row.id)
      if (claims) {
        related.put(row.id, claims)
        issued.set(row.id, claims)
      }
    },
    putMember(row) {
      members.set(row.id, row)
      standings.delete(row.id)
      const others = roster.members.filter((member) => member.id !== row.id)
      roster = createRoster([...others, readMember(row)], hub.origin, hub.keys.operator)
    },
    putStanding(row) {
      standings.set(row.member, row)
      const { participation, index: participationIndex, latestIat } = row
      const changed = roster.members.map((member) =>
        member.id === row.member ? { ...member, participation, participationIndex, latestIat } : member,
      )
      roster = createRoster(changed, hub.origin, hub.keys.operator)
    },
    putRegister,
    putLogKey(row) {
      logKeys.set(row.vkey, row)
      newLogKeys.add(row.vkey)
    },
    erase(forgotten, by) {
      for (const entry of forgotten) {
        const { index, issuer, jti } = entry
        const learnt = entries.get(index)?.jti === null
        erased.entries.push({ index, by, ...(learnt && { jti }) })
        used.add(`${issuer} ${jti}`)
        entries.set(index, { ...entry, subject: null, erased: true })
        if (entry.subject === null || !rows.has(entry.subject)) continue
        erased.records.push(entry.subject)
        rows.delete(entry.subject)
        touched.add(entry.subject)
        issued.delete(entry.subject)
        related.remove(entry.subject)
      }
      // What the hub counted then can no longer be derived from the log, so nobody may rest on it.
      const member = forgotten[0] && registers.get(forgotten[0].issuer)
      if (member) putRegister({ ...member, counted: null })
    },
    changes: () => ({
      issued: [...issued].flatMap(([id, claims]) => {
        const row = rows.get(id)
        return row
          ? [
              {
                ...row,
                presences: matchedKeys(id, claims),
                identifiers: identifierKeys(claims),
                listing: listRecord(row, claims),
              },
            ]
          : []
      }),
      changed: [...touched].filter((id) => !issued.has(id)).flatMap((id) => rows.get(id) ?? []),
      members: [...members.values()],
      standings: [...standings.values()],
      registers: [...newRegisters].flatMap((member) => registers.get(member) ?? []),
      erased,
      logKeys: [...newLogKeys].flatMap((vkey) => logKeys.get(vkey) ?? []),
    }),
  }
}
