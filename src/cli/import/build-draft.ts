/** From what rows state to a draft of a record: level, validity, presences and requirements (DESIGN 4.8, 5). */
import { findLevel, type MemberDefinition } from '../../alliance/definition.js'
import {
  facts as factsSchema,
  type Holder,
  holder as holderSchema,
  type RecordPresence,
  type TrustmarkClaim,
} from '../../record/record.js'
import { buildEnd, buildPresences, checkRequirements, type Reject } from './draft-rules.js'
import type { MergedRows } from './merge-rows.js'
import type { Scalar } from './read-cell.js'
import { type Rejection, shorten } from './rejection.js'

/** Everything a record says but what signing adds (iss, iat, jti, type, principles, criteriaVersion). */
export interface RecordDraft {
  /** The member's certificate number; the record id is `<member>:<certificate>`. */
  certificate: string
  mark: string
  level: string
  /** First and last day of validity, YYYY-MM-DD; `exp` is valid to its end. */
  validFrom?: string
  exp: string
  /** Spreadsheet rows it was made of. */
  rows: number[]
  holder: Holder
  presences: RecordPresence[]
  facts: TrustmarkClaim['facts']
  evidence?: { kind: string; url: string }[]
}

export interface DraftContext {
  /** Values for all records, keyed by field name. */
  defaults: ReadonlyMap<string, Scalar>
  definition: MemberDefinition
  /** The day of the import, YYYY-MM-DD. */
  today: string
  /** Whether rules of the level are enforced: the hub does so where the member signed its definition. */
  definitionSigned: boolean
  headerOf: (field: string) => string | undefined
  note: (text: string) => void
}

/** Fields under a prefix, by the rest of their name. */
function under(values: ReadonlyMap<string, Scalar>, prefix: string): [string, Scalar][] {
  return [...values].flatMap(([field, value]) =>
    field.startsWith(prefix) ? [[field.slice(prefix.length), value]] : [],
  )
}

/** Builds the draft of one certificate, or says everything that stands in its way. */
export function buildDraft(
  merged: MergedRows,
  context: DraftContext,
): { draft?: RecordDraft; rejections: Rejection[] } {
  const { definition } = context
  const values = new Map([...context.defaults, ...merged.values])
  const rejections: Rejection[] = []
  const reject: Reject = (code, field, value, reason, remedy) => {
    const column = context.headerOf(field)
    rejections.push({
      rows: merged.rows,
      ...(column !== undefined && { column }),
      code,
      ...(value !== undefined && { value: shorten(value) }),
      reason,
      remedy,
    })
  }
  const get: Get = (field) => values.get(field)?.toString()

  const levelText = get('level')
  const [markId = '', levelId = '', ...more] = (levelText ?? '').split('/')
  const found = more.length === 0 ? findLevel(definition, markId, levelId) : undefined
  const known = definition.marks
    .flatMap((mark) => mark.levels.map((level) => `${mark.id}/${level.id}`))
    .join(', ')
  if (levelText === undefined)
    reject('missing', 'level', undefined, 'The row names no mark and level', `Give one of ${known}`)
  else if (!found)
    reject(
      'unknown-level',
      'level',
      levelText,
      `${definition.id} awards no such level`,
      `Write one of ${known}, or translate the text under "values" in the mapping`,
    )
  else if (found.mark.status.state === 'ended')
    reject('mark-ended', 'level', levelText, `The mark ${markId} is no longer awarded`, 'Leave the row out')

  const holder = buildHolder(merged, get, reject)
  const validFrom = get('validFrom')
  const validity = { validFrom, validUntil: get('validUntil'), written: merged.written }
  const exp = found && buildEnd(found.level, validity, context.today, reject)
  const presences = found ? buildPresences(merged, found.level, validFrom, context, reject) : []
  const facts = Object.fromEntries(under(values, 'fact.'))
  const factList = factsSchema.safeParse(facts)
  if (!factList.success)
    reject(
      'too-many',
      'fact',
      undefined,
      factList.error.issues[0]?.message ?? 'The facts are not valid',
      'Map fewer facts',
    )
  if (found && holder) checkRequirements(found.level, facts, holder, context, merged, reject)

  if (rejections.length > 0 || !found || !holder || exp === undefined) return { rejections }
  const draft: RecordDraft = {
    certificate: merged.certificate,
    mark: found.mark.id,
    level: found.level.id,
    ...(validFrom !== undefined && { validFrom }),
    exp,
    rows: merged.rows,
    holder,
    presences,
    facts,
    ...(merged.evidence.length > 0 && { evidence: merged.evidence }),
  }
  return { draft, rejections }
}

type Get = (field: string) => string | undefined

function buildHolder(merged: MergedRows, get: Get, reject: Reject): Holder | undefined {
  const name = Object.fromEntries(
    under(merged.values, 'holder.name.').map(([lang, text]) => [lang, String(text)]),
  )
  const identifiers = under(merged.values, 'identifier.').map(([scheme, value]) => ({
    scheme,
    value: String(value),
  }))
  const [kind, country] = [get('holder.kind'), get('country')]
  if (Object.keys(name).length === 0)
    reject('missing', 'holder.name', undefined, 'The holder has no name', 'Give it in at least one language')
  if (kind === undefined)
    reject(
      'missing',
      'holder.kind',
      undefined,
      'The row does not say what kind of holder it is',
      'Say natural or juristic, or give a default in the mapping',
    )
  if (country === undefined)
    reject(
      'missing',
      'country',
      undefined,
      'The row has no country',
      'Give its ISO code, or a default in the mapping',
    )
  const [first] = identifiers
  if (kind === 'natural' && first)
    reject(
      'bad-identifier',
      `identifier.${first.scheme}`,
      undefined,
      'A natural person has no register number that may be published',
      'Leave the cell empty, or correct the kind of holder',
    )
  const sector = get('holder.sector')
  const shipsTo = get('holder.shipsTo')
  const parsed = holderSchema.safeParse({
    kind,
    name,
    identifiers,
    country,
    contact: merged.contact,
    languages: splitWords(get('holder.languages')),
    ...(sector !== undefined && { sector }),
    ...(shipsTo !== undefined && { shipsTo: splitWords(shipsTo) }),
  })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues.find(({ path }) => !['kind', 'country', 'name'].includes(String(path[0])))
  if (issue)
    reject(
      'bad-value',
      `holder.${String(issue.path[0])}`,
      undefined,
      `holder.${issue.path.join('.')}: ${issue.message}`,
      'Correct the row or the mapping',
    )
  return undefined
}

function splitWords(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,;]+/).filter((word) => word !== '')
}
