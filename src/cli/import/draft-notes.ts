/** What an officer should know of a whole import although nothing is rejected for it (DESIGN 5, "Command line"). */
import type { RecordDraft } from './build-draft.js'
import { addPeriod } from './dates.js'
import { isSample } from './sample-row.js'

/** Nobody vouches today for what was last looked at longer ago: the longest validity known is five years. */
const STALE_AFTER = 5
/** The first rows lead to the column; more say no more. */
const MAX_ROWS_NAMED = 20

/**
 * Notes on the drafts of an import.
 * @param today YYYY-MM-DD
 * @param confirmed whether a column or a default says when presences were last seen to be the holder's
 */
export function noteDrafts(drafts: readonly RecordDraft[], today: string, confirmed: boolean): string[] {
  const notes: string[] = []
  if (drafts.length > 0 && !confirmed)
    notes.push(
      "No column says when the presences were last seen to be the holder's (presence.confirmedAt): the first day of each certificate was taken.",
    )
  const oldest = addPeriod(today, `P${STALE_AFTER}Y`, -1)
  const stale = drafts.filter(({ presences }) => presences.some(({ confirmedAt }) => confirmedAt < oldest))
  if (stale.length > 0) {
    const rows = stale.flatMap((draft) => draft.rows)
    const more = rows.length - MAX_ROWS_NAMED
    const named = `row ${rows.slice(0, MAX_ROWS_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
    notes.push(
      `${named}: last seen to be the holder's more than ${STALE_AFTER} years ago (before ${oldest}). Everybody is shown that day: look again, and correct presence.confirmedAt.`,
    )
  }
  if (drafts.some(({ validFrom }) => validFrom !== undefined))
    notes.push(
      'The first day (validFrom) is checked and not published: a record is valid from its signature on, and is not signed before its first day.',
    )
  const sample = drafts.find(({ certificate }) => isSample(certificate))
  if (sample)
    notes.push(
      `row ${sample.rows.join(', ')} is the template's sample. It shows that the file can be read; remove it before you sign.`,
    )
  return notes
}
