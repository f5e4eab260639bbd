/** The rules a draft is held to before it is signed: validity, presences and requirements of its level (DESIGN 4.8). */
import type { Level } from '../../alliance/definition.js'
import { requirementFaults } from '../../alliance/members.js'
import { registrableDomain } from '../../record/presence.js'
import { type Holder, MAX_PRESENCES, type RecordPresence } from '../../record/record.js'
import type { DraftContext } from './build-draft.js'
import { addPeriod, formatPeriod } from './dates.js'
import type { MergedRows } from './merge-rows.js'
import type { Scalar } from './read-cell.js'
import type { RejectionCode } from './rejection.js'

/** Adds a rejection of the rows at hand; `field` finds the column. */
export type Reject = (
  code: RejectionCode,
  field: string,
  value: string | undefined,
  reason: string,
  remedy: string,
) => void

/** First and last day as the rows state them, and their cells as written. */
export interface StatedValidity {
  validFrom: string | undefined
  validUntil: string | undefined
  written: ReadonlyMap<string, string>
}

/** The last day of validity: as stated, or the first day plus the validity of the level. Undefined when neither is known. */
export function buildEnd(
  level: Level,
  { validFrom, validUntil, written }: StatedValidity,
  today: string,
  reject: Reject,
): string | undefined {
  const period = level.validity && formatPeriod(level.validity.period)
  const longest =
    validFrom !== undefined && level.validity ? addPeriod(validFrom, level.validity.period) : undefined
  const exp = validUntil ?? longest
  if (exp === undefined) {
    const missing =
      validFrom === undefined
        ? 'neither a first nor a last day'
        : `no last day, and no source states how long the level ${level.id} is valid`
    reject('validity-unknown', 'validUntil', undefined, `The certificate has ${missing}`, 'Give its last day')
    return undefined
  }
  const untilCell = written.get('validUntil') ?? exp
  if (validFrom !== undefined && exp < validFrom)
    reject(
      'ends-before-start',
      'validUntil',
      untilCell,
      `The certificate ends (${exp}) before it begins (${validFrom})`,
      'Correct one of the dates',
    )
  else if (longest !== undefined && exp > longest)
    reject(
      'validity-too-long',
      'validUntil',
      untilCell,
      `The last day is ${exp}; from ${validFrom}, the level ${level.id} is valid for ${period}, until ${longest} at the latest`,
      'Correct one of the dates',
    )
  else if (exp < today && validUntil !== undefined)
    reject(
      'already-expired',
      'validUntil',
      untilCell,
      `The certificate ended on ${exp}, before today (${today}), so there is nothing to publish`,
      'Leave it out, or give the renewed certificate',
    )
  else if (exp < today)
    reject(
      'already-expired',
      'validFrom',
      written.get('validFrom') ?? validFrom,
      `The certificate began on ${validFrom} and was valid for ${period}, so it ended on ${exp}, before today (${today})`,
      'Leave it out, or give the renewed certificate',
    )
  return exp
}

/** The presences as a record states them; an address whose scope is not stated covers its own host only. */
export function buildPresences(
  merged: MergedRows,
  level: Level,
  validFrom: string | undefined,
  context: DraftContext,
  reject: Reject,
): RecordPresence[] {
  const { defaults, today } = context
  if (merged.presences.length === 0)
    reject(
      'missing',
      'presence.url',
      undefined,
      'The certificate names no website or shop',
      'Give at least one address',
    )
  if (merged.presences.length > MAX_PRESENCES)
    reject(
      'too-many',
      'presence.url',
      undefined,
      `A record covers at most ${MAX_PRESENCES} presences, this has ${merged.presences.length}`,
      'Split the certificate',
    )
  // Which of several rows it is must be said; of one row the report names the number itself.
  const several = merged.rows.length > 1
  return merged.presences.flatMap(({ presence, scope, confirmedAt, confirmedText, row }) => {
    if (!level.presenceKinds.includes(presence.kind))
      reject(
        'presence-kind-not-covered',
        'presence.url',
        presence.display,
        `The level ${level.id} covers ${level.presenceKinds.join(', ')} only${several ? ` (row ${row})` : ''}`,
        'Leave this address out, or award a mark that covers it',
      )
    if (
      scope === 'domain' &&
      (presence.kind !== 'web' || registrableDomain(new URL(presence.url).hostname) === undefined)
    )
      reject(
        'bad-value',
        'presence.scope',
        scope,
        `Only a website has subdomains; ${several ? `row ${row}` : 'this'} is ${presence.display}`,
        'Write host, or leave the cell empty',
      )
    if (presence.notes.includes('mixed-script'))
      context.note(
        `row ${row}: ${presence.display} mixes scripts, as look-alikes of known names do; check that this is the holder's own address`,
      )
    const seen = confirmedAt ?? defaults.get('presence.confirmedAt')?.toString()
    if (seen !== undefined && seen > today)
      reject(
        'bad-date',
        'presence.confirmedAt',
        confirmedText ?? seen,
        `${presence.display} can't have been seen to be the holder's on ${seen}, which is after today (${today})`,
        'Give the day on which somebody looked',
      )
    const day = seen ?? validFrom
    if (day === undefined) {
      reject(
        'missing',
        'presence.confirmedAt',
        undefined,
        `No date says when ${presence.display} was last seen to be the holder's`,
        'Add a column or a default for presence.confirmedAt',
      )
      return []
    }
    const stated = scope ?? (presence.kind === 'web' ? defaults.get('presence.scope') : undefined)
    return {
      kind: presence.kind,
      keys: presence.keys,
      url: presence.url,
      scope: stated === 'domain' ? 'domain' : 'host',
      confirmedAt: day,
    }
  })
}

/** Holds the facts against the requirements in force today; a rule the member has not signed only earns a note. */
export function checkRequirements(
  level: Level,
  facts: Record<string, Scalar>,
  holder: Holder,
  context: DraftContext,
  merged: MergedRows,
  reject: Reject,
): void {
  for (const fault of requirementFaults(level, { ...facts, holderKind: holder.kind }, context.today)) {
    const { id, text, source } = fault.requirement
    const field =
      fault.at === 'trustmark.holder.kind' ? 'holder.kind' : fault.at.replace('trustmark.facts.', 'fact.')
    const reason = `The level ${level.id} asks: ${text.en ?? id} (rule ${id}, ${context.definition.sources[source]?.title ?? source})`
    const value = fault.value === null ? undefined : String(fault.value)
    if (context.definitionSigned)
      reject('requirement-not-met', field, value, reason, 'Correct the cell, or award the level that fits')
    else context.note(`rows ${merged.rows.join(', ')}: ${reason}; ${field} is ${value ?? 'not stated'}`)
  }
}
