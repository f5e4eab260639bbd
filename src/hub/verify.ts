/** Looking up: from a question to a verdict as of one log size (DESIGN 5). */
import { headline, nextChange } from '../record/judge.js'
import type { RecordPresence } from '../record/record.js'
import { VERDICTS, type Verdict, type VerdictQuery } from '../record/verdict.js'
import { UNRESOLVABLE_ADVICE } from '../record/warning-texts.js'
import { versionTag } from '../trust/digest.js'
import { listComplaintBodies } from './complaints.js'
import { checkpointOf, type Reader, readHead } from './hub.js'
import { type Question, readQuestion } from './question.js'
import { type Roster, readRoster } from './roster.js'
import type { Head, RegisterRow } from './store.js'
import { agreesWithLog, isoTime, type KnownRecord, knowRecord, viewRecord } from './view-record.js'
import { listWarnings, staleAt } from './warnings.js'

/** Rendered verdicts by question, and how many bytes their texts have together. */
export interface VerdictCache {
  byName: Map<string, RenderedVerdict>
  bytes: number
}

/** A verdict with its rendered form, valid until log or time change it. */
export interface RenderedVerdict {
  verdict: Verdict
  /** The JSON text in UTF-8: a text in Thai or Japanese would be encoded anew for every answer. */
  body: Uint8Array<ArrayBuffer>
  /** Strong entity tag, quoted. */
  etag: string
  size: number
  /** Epoch ms at which time alone may change the answer. */
  until: number
}

/** Rendered verdicts kept per process, those asked for last, in bytes of their text; each takes some four times that. */
const MAX_RENDERED_BYTES = 24 * 1024 * 1024
/** A verdict is judged anew at least this often (ms), so that windows such as twelve months are noticed. */
const MAX_AGE = 3_600_000
/** Reads are repeated when the log grew meanwhile, so that an answer belongs to exactly one size. */
const MAX_READS = 5

const utf8 = new TextEncoder()

/**
 * Answers a look-up.
 * @throws Refusal `bad-query`, `personal-number`
 */
export async function verify(hub: Reader, query: VerdictQuery): Promise<RenderedVerdict> {
  const head = await readHead(hub)
  const name = JSON.stringify([query.url, query.record, query.identifier, query.for])
  const cache = dropOlder(hub.memory, head.size)
  const kept = cache.byName.get(name)
  const rendered =
    kept && kept.size === head.size && hub.now() < kept.until ? kept : await render(hub, query, head)
  // Into the cache as it was found: what was rendered before an erasure must not enter the one that came after it.
  keep(cache, name, rendered)
  return rendered
}

/** Answers of an earlier size are given out no more, and one of them may be about what another process erased since. */
function dropOlder(memory: Reader['memory'], size: number): VerdictCache {
  const [oldest] = memory.verdicts.byName.values()
  if (oldest && oldest.size < size) memory.verdicts = { byName: new Map(), bytes: 0 }
  return memory.verdicts
}

/** A Map gives its keys in the order of setting, so the first is the one that was not asked for longest. */
function keep(kept: VerdictCache, name: string, rendered: RenderedVerdict): void {
  kept.bytes -= kept.byName.get(name)?.body.length ?? 0
  kept.byName.delete(name)
  kept.byName.set(name, rendered)
  kept.bytes += rendered.body.length
  for (const [oldest, { body }] of kept.byName) {
    if (kept.bytes <= MAX_RENDERED_BYTES) break
    kept.byName.delete(oldest)
    kept.bytes -= body.length
  }
}

async function render(hub: Reader, query: VerdictQuery, startHead: Head): Promise<RenderedVerdict> {
  const question = readQuestion(query)
  let head = startHead
  for (let read = 1; ; read += 1) {
    const evidence = await gather(hub, question, head)
    const latest = await readHead(hub)
    if (latest.size === head.size || read === MAX_READS) return compose(hub, query, question, head, evidence)
    head = latest
  }
}

interface Evidence {
  roster: Roster
  records: KnownRecord[]
  /** Records at neighbouring addresses that do not cover the one asked about. */
  near: KnownRecord[]
  registers: Map<string, RegisterRow>
}

async function gather(hub: Reader, question: Question, head: Head): Promise<Evidence> {
  const roster = await readRoster(hub, head)
  const { records, near } = await find(hub, question, roster)
  const members = [...new Set(records.map(({ row }) => row.member))]
  const registers = members.length > 0 ? await hub.store.registers(members) : []
  return { roster, records, near, registers: new Map(registers.map((row) => [row.member, row])) }
}

async function find(
  hub: Reader,
  question: Question,
  roster: Roster,
): Promise<Pick<Evidence, 'records' | 'near'>> {
  const know = (rows: Parameters<typeof knowRecord>[0][]) =>
    rows.flatMap((row) => knowRecord(row, roster) ?? [])
  switch (question.by) {
    case 'unresolvable':
      return { records: [], near: [] }
    case 'record':
      return { records: know(await hub.store.recordsById([question.id])), near: [] }
    case 'certificate': {
      const ids = roster.members.filter(({ keys }) => keys).map(({ id }) => `${id}:${question.certificate}`)
      return { records: know(await hub.store.recordsById(ids)), near: [] }
    }
    case 'identifier':
      return {
        records: know((await hub.store.recordsByKeys({ presences: [], identifiers: question.keys })).records),
        near: [],
      }
    case 'presence': {
      const { exact, domain, near } = question
      const found = await hub.store.recordsByKeys({
        presences: [...new Set([...exact, ...domain, ...near])],
        identifiers: [],
      })
      const covering = new Set(
        found.matched
          .filter(({ key, scope }) => exact.includes(key) || (scope === 'domain' && domain.includes(key)))
          .map(({ record }) => record),
      )
      return {
        records: know(found.records.filter(({ id }) => covering.has(id))),
        near: know(found.records.filter(({ id }) => !covering.has(id))),
      }
    }
  }
}

function compose(
  hub: Reader,
  query: VerdictQuery,
  question: Question,
  head: Head,
  evidence: Evidence,
): RenderedVerdict {
  const { roster, records, near, registers } = evidence
  const nowMs = hub.now()
  const now = nowMs / 1000
  const asker = {
    country: query.for,
    bodies: roster.members
      .filter(
        ({ definition, participation }) =>
          participation !== 'left' &&
          definition.country === query.for &&
          definition.roles.includes('disputes'),
      )
      .map(({ id }) => id),
  }
  const views = records
    .map((known) => viewRecord(known, hub.origin, now, matchedPresence(known, question), asker))
    .sort((a, b) => order(a.verdict) - order(b.verdict) || (a.id < b.id ? -1 : 1))
  const word =
    question.by === 'unresolvable' ? 'unresolvable-link' : headline(views.map((view) => view.verdict))
  const verdict: Verdict = {
    verdict: word,
    query: { ...query, keys: question.keys, display: question.display },
    records: views,
    warnings: listWarnings(
      records,
      near,
      question.by === 'presence' ? question.presence : undefined,
      registers,
      now,
    ),
    complaints: listComplaintBodies(roster, {
      asker: query.for,
      merchants: new Set([
        ...records.map(({ claims }) => claims.trustmark.holder.country),
        ...(question.country ? [question.country] : []),
      ]),
      issuers: new Set(records.map(({ row }) => row.member)),
    }),
    ...(word === 'not-found' && { searched: listSearched(roster, question.country) }),
    ...(word === 'unresolvable-link' && { advice: UNRESOLVABLE_ADVICE }),
    asOf: {
      size: head.size,
      at: new Date(head.at).toISOString(),
      checkpoint: checkpointOf(head),
      members: Object.fromEntries(
        [...new Set(records.map(({ row }) => row.member))].map((member) => [
          member,
          viewRegister(registers.get(member)),
        ]),
      ),
      ...(hub.restored && { restored: hub.restored }),
    },
    ...(hub.demo && { demo: true as const }),
  }
  const body = utf8.encode(JSON.stringify(verdict)) as Uint8Array<ArrayBuffer>
  const changes = records
    .flatMap((known) => [nextChange(known.judged, now) ?? [], staleAt(known, registers)].flat())
    .filter((at) => at > now)
  return {
    verdict,
    body,
    etag: `"${head.size}-${versionTag(body)}"`,
    size: head.size,
    until: Math.min(nowMs + MAX_AGE, ...changes.map((at) => at * 1000)),
  }
}

function order(verdict: Verdict['verdict']): number {
  return VERDICTS.indexOf(verdict)
}

function matchedPresence({ claims }: KnownRecord, question: Question): RecordPresence | undefined {
  if (question.by !== 'presence') return undefined
  return claims.trustmark.presences.find(({ keys, scope }) =>
    keys.some((key) => question.exact.includes(key) || (scope === 'domain' && question.domain.includes(key))),
  )
}

function viewRegister(row: RegisterRow | undefined): Verdict['asOf']['members'][string] {
  return row ? { at: isoTime(row.at), count: row.count, index: row.index, agrees: agreesWithLog(row) } : null
}

/** What a not-found answer rests on: the schemes that publish here, and whether the merchant's country is among them. */
function listSearched(roster: Roster, country: string | undefined): Verdict['searched'] {
  const publishing = roster.members.filter(
    ({ participation, definition }) => participation === 'admitted' && definition.roles.includes('issuer'),
  )
  return {
    schemes: publishing.flatMap(({ id, definition }) =>
      definition.marks
        .filter((mark) => mark.status.state !== 'ended')
        .map((mark) => ({ member: id, mark: mark.id, name: mark.name })),
    ),
    ...(country && {
      country: {
        code: country,
        publishes: publishing.some(({ definition }) => definition.country === country),
      },
    }),
  }
}
