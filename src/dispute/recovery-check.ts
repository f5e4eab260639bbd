/**
 * The check digits of a consumer's new keys. Shown behind the hub's code on her screen and read to the agency with it, they
 * are right only if the hub passed on the keys that her browser made, and not keys of its own (DESIGN 4.9).
 */
import type { ConsumerKeys } from './envelope.js'

/** With the hub's eight these are five groups of four: nobody takes them for the secret, which has six. */
export const CHECK_DIGITS = 12
/** So slow that trying keys until a false pair gives the same digits takes a thousand years of one core. */
const ITERATIONS = 100_000
const BITS = 64

const utf8 = new TextEncoder()

/** Twelve digits from both keys and the case that they are for. */
export async function recoveryCheck(
  ref: string,
  { sign, enc }: { [K in 'sign' | 'enc']: Pick<ConsumerKeys[K], 'kid'> },
): Promise<string> {
  const keys = await crypto.subtle.importKey('raw', utf8.encode(`${sign.kid}\n${enc.kid}`), 'PBKDF2', false, [
    'deriveBits',
  ])
  const salt = utf8.encode(`trustmark case recovery check v1\n${ref}`)
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS },
    keys,
    BITS,
  )
  const number = new DataView(bits).getBigUint64(0) % 10n ** BigInt(CHECK_DIGITS)
  return number.toString().padStart(CHECK_DIGITS, '0')
}
