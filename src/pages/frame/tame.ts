/** Strangers' texts as a page can bear them: nothing invisible, no towers of marks. */

/** Most marks on one letter: Vietnamese and Thai have two, careful transliterations of Sanskrit three. */
const MAX_MARKS = 4

/** A letter's marks beyond those that any writing needs: they would be drawn across the lines above and below. */
const TOWER = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu')
/**
 * What can't be seen, direction controls among it: two names that look the same may differ in them. Joiners and variants stay, which
 * Indian, Persian and Japanese names are written with.
 */
const INVISIBLE =
  /(?!\u200c|\u200d|[\u{fe00}-\u{fe0f}]|[\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu
/** One at a time. */
const JOINERS = /([\u200c\u200d])[\u200c\u200d]+/g

/**
 * A stranger's text without what would break the page around it.
 *
 * @example tame('Som\u200bjai') // 'Somjai'
 */
export function tame(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(TOWER, '$1').replace(JOINERS, '$1')
}
