/** What seal.js reads of a record: whether it is in force, what it covers, and what to say of it (issue 5, story 3). */
import { registrableDomain } from '../../record/presence.js'
import type { RecordPresence } from '../../record/record.js'
import type { CoveredPlace, SealData } from '../../record/seal-data.js'
import { faceOf, isInForce, type SealSubject } from './face.js'

/**
 * The JSON of `/seal/{record}.json`.
 * @param id empty for what can be no record's id
 */
export function sealDataOf(id: string, subject: SealSubject): SealData {
  const { answer, lang } = subject
  const here = faceOf({ ...subject, elsewhere: false })
  const elsewhere = faceOf({ ...subject, elsewhere: true })
  const record = answer?.record
  return {
    record: id,
    lang,
    verdict: record?.verdict ?? (answer ? 'not-found' : 'unavailable'),
    inForce: isInForce(here.word),
    covers: record?.presences.flatMap(coveredPlaces) ?? [],
    says: `${here.title}. ${here.description}`,
    saysElsewhere: `${elsewhere.title}. ${elsewhere.description}`,
    asOf: answer ? { size: answer.size, at: answer.at } : null,
  }
}

/** One entry for each of its keys. Names below a domain are covered only on the usual ports, and never below a public suffix. */
function coveredPlaces({ kind, keys, url, scope }: RecordPresence): CoveredPlace[] {
  if (kind !== 'web') return [{ kind, url }]
  return keys.map((key) => {
    const host = key.replace(/^web:/, '')
    const widens = scope === 'domain' && !host.includes(':') && registrableDomain(host) !== undefined
    return { kind, host, scope: widens ? 'domain' : 'host' }
  })
}
