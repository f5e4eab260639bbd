/** Ways to reach somebody as links: only telephone, mail and web addresses that are what they say (DESIGN 4.14). */

/** Fewest digits that can be dialled: national hotlines have three or four. */
const MIN_DIGITS = 3
/** A plain address: nothing that would add a subject, a body or a second recipient to the link. */
const MAIL = /^[^\s@?&,;:<>"()]{1,64}@[^\s@?&,;:<>"()]{1,190}$/

/**
 * The address behind a channel; undefined where the value is none, so that it is shown as text.
 *
 * @example channelLink('phone', '1800.6838') // 'tel:18006838'
 */
export function channelLink(kind: string, value: string): string | undefined {
  const text = value.trim()
  if (kind === 'phone') {
    if (!/^\+?[\d\s().\-–/]+$/.test(text)) return undefined
    const digits = text.replace(/\D/g, '')
    return digits.length < MIN_DIGITS ? undefined : `tel:${text.startsWith('+') ? '+' : ''}${digits}`
  }
  if (kind === 'email') return MAIL.test(text) ? `mailto:${text}` : undefined
  if (kind !== 'web') return undefined
  try {
    const url = new URL(text)
    // `https://bank.example@evil.example/` would be read as the bank's.
    const isPlain = url.username === '' && url.password === ''
    return isPlain && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
  } catch {
    return undefined
  }
}

/** Whether a telephone number lacks a country code, so that it may not work from abroad. */
export function isNationalNumber(kind: string, value: string): boolean {
  return kind === 'phone' && !value.trim().startsWith('+')
}
