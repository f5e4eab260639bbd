/** Reading what an erasure names before anybody verified it (DESIGN 5): a mirror, an audit and a restore look ahead by it. */
import { Refusal } from '../refusal.js'
import { decodeJws } from './jws.js'
import { ERASURE_TYP, type ErasureClaims, erasureClaims, STATEMENT_TYPES } from './statements.js'

const TYPES = { [ERASURE_TYP]: STATEMENT_TYPES[ERASURE_TYP] }

/**
 * What an erasure says it names; undefined for whatever is none, and nothing is thrown for it. Whoever sent it may have made it
 * up: who rests on it verifies it.
 */
export function readErasure(jws: string): ErasureClaims['erasure'] | undefined {
  try {
    const { success, data } = erasureClaims.safeParse(decodeJws(jws, TYPES).payload)
    return success && isPaired(data.erasure) ? data.erasure : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Whether each index has its jti. */
export function isPaired({ indices, jtis }: ErasureClaims['erasure']): boolean {
  return indices.length === jtis.length
}
