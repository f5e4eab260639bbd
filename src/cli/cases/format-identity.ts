/** Who complains, field by field: as the lead reads it, and as a partner does to whom it was conveyed. */
import type { IdentityPayload } from '../../dispute/payload.js'
import type { CaseReader } from './reader.js'

const FIELDS = ['name', 'email', 'phone', 'address'] as const

export function formatIdentity(identity: IdentityPayload, { w, line }: CaseReader): string[] {
  return FIELDS.flatMap((field) => {
    const value = identity[field]
    return value ? [line(w.identity[field], value)] : []
  })
}
