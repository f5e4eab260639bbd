/** Listing members: who publishes which marks, mapped how, and how fresh their registers are. */
import { coverageOf } from '../alliance/principles.js'
import { formatMarkType } from '../record/record.js'
import { Refusal } from '../refusal.js'
import { listEarlierAdmissions } from './earlier-admissions.js'
import { checkpointOf, type Reader, readHead } from './hub.js'
import { type RosterMember, readRoster } from './roster.js'
import type { Head, RegisterRow } from './store.js'
import { agreesWithLog, isoTime } from './view-record.js'

/** One member as a list shows it. */
export interface MemberSummary {
  id: string
  entity: string
  name: RosterMember['definition']['name']
  country: string
  roles: RosterMember['definition']['roles']
  participation: RosterMember['participation']
  languages: string[]
  marks: {
    id: string
    name: RosterMember['definition']['name']
    kind: RosterMember['definition']['marks'][number]['kind']
    state: RosterMember['definition']['marks'][number]['status']['state']
    principles: ReturnType<typeof coverageOf>
    levels: { id: string; name: RosterMember['definition']['name']; type: string }[]
  }[]
  /** Records in force as of the head. */
  records: number
  /** The member's last signed register, `null` when it never published one. */
  register: { at: string; count: number; index: number; agrees: boolean | null } | null
}

export async function listMembers(hub: Reader): Promise<{ head: Head; members: MemberSummary[] }> {
  const head = await readHead(hub)
  const roster = await readRoster(hub, head)
  const [counts, registers] = await Promise.all([
    countInForce(hub, head),
    hub.store.registers(roster.members.map(({ id }) => id)),
  ])
  const byMember = new Map(registers.map((row) => [row.member, row]))
  return {
    head,
    members: roster.members.map((member) =>
      summarize(member, hub.origin, counts.get(member.id) ?? 0, byMember.get(member.id)),
    ),
  }
}

/** How long a count stands while the log does not grow (ms): records only expire meanwhile. */
const COUNT_AGE = 60_000

/** Counting reads the index of all records, so it is done once for each log size and minute. */
async function countInForce(hub: Reader, { size }: Head): Promise<Map<string, number>> {
  const at = hub.now()
  const kept = hub.memory.counts
  if (kept?.size === size && at - kept.at < COUNT_AGE) return kept.byMember
  const byMember = await hub.store.countsInForce(at / 1000)
  hub.memory.counts = { size, at, byMember }
  return byMember
}

/** One member whole: its definition as logged, its public keys, and the operator's statement that admitted it. */
export async function readMemberPage(hub: Reader, id: string) {
  const { head, members } = await listMembers(hub)
  const summary = members.find((member) => member.id === id)
  const member = (await readRoster(hub, head)).find(id)
  if (!summary || !member) {
    throw new Refusal('member-unknown', {
      detail: `The members are ${members.map((m) => m.id).join(', ') || 'none yet'}.`,
      value: id.slice(0, 60),
    })
  }
  const [[admission], earlierAdmissions] = await Promise.all([
    hub.store.changes(member.index - 1, member.index + 1, 1),
    listEarlierAdmissions(hub, member),
  ])
  return {
    ...summary,
    definition: member.definition,
    definitionSigned: member.definitionSigned,
    keys: member.keys ?? null,
    admission: { index: member.index, statement: admission?.statement ?? null },
    earlierAdmissions,
    asOf: { size: head.size, at: new Date(head.at).toISOString(), checkpoint: checkpointOf(head) },
    ...(hub.demo && { demo: true }),
  }
}

function summarize(
  member: RosterMember,
  origin: string,
  records: number,
  register: RegisterRow | undefined,
): MemberSummary {
  const { id, entity, participation, definition } = member
  return {
    id,
    entity,
    name: definition.name,
    country: definition.country,
    roles: definition.roles,
    participation,
    languages: definition.languages,
    marks: definition.marks.map((mark) => ({
      id: mark.id,
      name: mark.name,
      kind: mark.kind,
      state: mark.status.state,
      principles: coverageOf(mark.criteria),
      levels: mark.levels.map((level) => ({
        id: level.id,
        name: level.name,
        type: formatMarkType(origin, id, mark.id, level.id),
      })),
    })),
    records,
    register: register
      ? {
          at: isoTime(register.at),
          count: register.count,
          index: register.index,
          agrees: agreesWithLog(register),
        }
      : null,
  }
}
