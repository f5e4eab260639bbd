/** Names of languages as they stand in a sentence (DESIGN 4.13): Intl gives them as they stand in a list. */

/**
 * The name with what its language puts to it: Thai says "the language of", for a bare ญี่ปุ่น is the country. Vietnamese
 * begins a list's entry with a capital, and goes on in lower case.
 * @param name as Intl.DisplayNames gives it in the reader's language
 * @param place `alone` for a label or a heading
 */
export function languageName(name: string, reader: string, place: 'sentence' | 'alone'): string {
  if (reader === 'th') return name.startsWith('ภาษา') ? name : `ภาษา${name}`
  if (reader === 'vi' && place === 'sentence') return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`
  return name
}
