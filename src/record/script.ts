/** Host names for people: their Unicode form, and whether a label mixes scripts as look-alike names do (UTS 39, UTS 46). */

// The file is named so that no bundler takes the Node built-in `punycode` instead.
import punycode from 'punycode/punycode.js'

/**
 * Sets of scripts that one label may draw from: UTS 39 section 5.2, "Highly Restrictive". Latin may stand beside
 * Japanese, Chinese with Bopomofo, and Korean; every other script stands alone. Thai beside Latin is therefore mixed.
 */
const COVERS = [
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]+$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Bopomofo}]+$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hangul}]+$/u,
  // The other scripts recommended for identifiers: UAX 31 table 5. A name in any script outside it is shown as mixed,
  // as UTS 39 requires: Cherokee alone can spell most of the Latin capitals.
  ...[
    'Arabic',
    'Armenian',
    'Bengali',
    'Cyrillic',
    'Devanagari',
    'Ethiopic',
    'Georgian',
    'Greek',
    'Gujarati',
    'Gurmukhi',
    'Hebrew',
    'Kannada',
    'Khmer',
    'Lao',
    'Malayalam',
    'Myanmar',
    'Oriya',
    'Sinhala',
    'Tamil',
    'Telugu',
    'Thaana',
    'Thai',
    'Tibetan',
  ].map((script) => new RegExp(`^\\p{scx=${script}}+$`, 'u')),
]

/** Digits, hyphens and combining marks belong to whatever script they stand with. */
const SCRIPTLESS = /[\p{scx=Common}\p{scx=Inherited}]/gu

/**
 * Whether any label of a Unicode host mixes scripts that do not belong together, e.g. a Cyrillic а in `аpple.com`.
 * Each label is judged alone: `shop.ไทย` is not mixed. A label wholly in one foreign script that merely looks Latin
 * (a whole-script confusable) is not found by this test.
 */
export function isMixedScript(unicodeHost: string): boolean {
  return unicodeHost.split('.').some((label) => {
    const letters = label.replace(SCRIPTLESS, '')
    return letters !== '' && !COVERS.some((cover) => cover.test(letters))
  })
}

/**
 * The Unicode form of an ASCII host. A label that does not survive the way back (it would be shown as a name it does
 * not have) stays in Punycode. Never throws.
 *
 * @example toUnicodeHost('xn--42c5b3a1dc8kd.xn--o3cw4h') // 'ร้านค้า.ไทย'
 */
export function toUnicodeHost(asciiHost: string): string {
  return asciiHost.split('.').map(toUnicodeLabel).join('.')
}

function toUnicodeLabel(label: string): string {
  if (!label.startsWith('xn--')) return label
  try {
    const unicode = punycode.decode(label.slice('xn--'.length)).normalize('NFC')
    return new URL(`https://${unicode}.example`).hostname === `${label}.example` ? unicode : label
  } catch {
    return label
  }
}
