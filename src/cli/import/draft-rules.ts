/** The rules a draft is held to before it is signed: validity, presences and requirements of its level (DESIGN 4.8). */
import type { Level } from '../../alliance/definition.js'
import { requirementFaults } from '../../alliance/members.js'
import { registrableDomain } from '../../record/presence.js'
import { type Holder, MAX_PRESENCES, type RecordPresence } from '../../record/record.js'
import type { DraftContext } from './build-draft.js'
import { addPeriod } from './dates.js'
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

/** The last day of validity: as stated, or the first day plus the validity of the level. Undefined when neither is known. */
export function buildEnd(
  level: Level,
  validFrom: string | undefined,
  validUntil: string | undefined,
  today: string,
  reject: Reject,
): string | undefined {
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
  if (validFrom !== undefined && exp < validFrom)
    reject(
      'ends-before-start',
      'validUntil',
      exp,
      `The certificate ends before it begins (${validFrom})`,
      'Correct one of the dates',
    )
  else if (longest !== undefined && exp > longest)
    reject(
      'validity-too-long',
      'validUntil',
      exp,
      `From ${validFrom}, the level ${level.id} is valid for ${level.validity?.period}, until ${longest} at the latest`,
      'Correct one of the dates',
    )
  else if (exp < today)
    reject(
      'already-expired',
      'validUntil',
      exp,
      `The certificate ended before today (${today}), so there is nothing to publish`,
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
  const { defaults } = context
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
  return merged.presences.flatMap(({ presence, scope, confirmedAt, row }) => {
    if (!level.presenceKinds.includes(presence.kind))
      reject(
        'presence-kind-not-covered',
        'presence.url',
        presence.display,
        `The level ${level.id} covers ${level.presenceKinds.join(', ')} only (row ${row})`,
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
        `Only a website has subdomains; row ${row} is ${presence.display}`,
        'Write host, or leave the cell empty',
      )
    if (presence.notes.includes('mixed-script'))
      context.note(
        `row ${row}: ${presence.display} mixes scripts, as look-alikes of known names do; check that this is the holder's own address`,
      )
    const day = confirmedAt ?? defaults.get('presence.confirmedAt')?.toString() ?? validFrom
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
