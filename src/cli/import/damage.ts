/** Recognises text that was damaged before it came here: read in a wrong encoding, or letters lost on saving. */

const SAVE_AGAIN = 'Open the original and save it as "CSV UTF-8"'

/** Signs of each kind of damage. Each needs more than one odd character where real text could hold one. */
const SIGNS: readonly (readonly [sign: RegExp, what: string])[] = [
  [/\ufffd/, 'has letters that could not be read (the replacement character)'],
  [/[\ue000-\uf8ff]/, 'has private characters (gaiji) that no other computer can show'],
  [/[\u0080-\u009f]/, 'has control characters of a wrong encoding'],
  [/à¸|à¹/, 'is Thai UTF-8 that was opened as Western European'],
  [/(?:เ[ธน].){3}/, 'is Thai UTF-8 that was opened as Windows-874'],
  [/繝|[縺繧].{1,2}[縺繧]/, 'is Japanese UTF-8 that was opened as Shift_JIS'],
  [/ã[‚ƒ]|(?:[‚ƒ].){3}/, 'is Japanese that was opened as Western European'],
  [/á»|áº|Ä‘|Æ°|Ã[\u00a1-\u00bf]/, 'is Vietnamese UTF-8 that was opened as Western European'],
  // Windows-874 read as Latin-1: no European language strings five such letters together.
  [/[\u00a1-\u00ff]{5}/, 'is text in another encoding that was opened as Western European'],
  [/\?{3}/, 'has question marks where letters were lost on saving'],
]

/** How a text was damaged and what to do; undefined for sound text. */
export function findDamage(text: string): { what: string; remedy: string } | undefined {
  const found = SIGNS.find(([sign]) => sign.test(text))
  return found && { what: found[1], remedy: SAVE_AGAIN }
}
