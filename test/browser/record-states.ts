/** A record in every state that its page can tell, in the wire form of the hub. */
import type { Verdict, VerdictQuery, VerdictWord } from '../../src/record/verdict.js'
import { crowdedVerdict, sampleRecord, sampleVerdict } from './verdicts.js'

export const STATES = [
  'certified',
  'identity-confirmed',
  'registered',
  'suspended',
  'issuer-suspended',
  'issuer-left',
  'key-compromised',
  'revoked',
  'expired',
  'not-yet-valid',
] as const satisfies readonly VerdictWord[]

/** Answers about `th-dbd:<state>`, and about `th-dbd:crowded` with every warning; there are no other records. */
export async function verifyState(query: VerdictQuery): Promise<Verdict> {
  const id = query.record ?? ''
  const word = id.slice('th-dbd:'.length)
  const asked = { query: { ...query, keys: [id], display: id } }
  if (word === 'crowded') {
    const { warnings, records } = crowdedVerdict()
    const presences = records[0]?.presences ?? []
    return sampleVerdict('certified', {
      ...asked,
      warnings,
      records: [sampleRecord('certified', { id, presences, matched: undefined })],
    })
  }
  const state = STATES.find((one) => one === word)
  if (!state) return sampleVerdict('not-found', asked)
  return sampleVerdict(state, { ...asked, records: [sampleRecord(state, { id, matched: undefined })] })
}
