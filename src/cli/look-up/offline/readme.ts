/** The README.txt beside kept evidence: for whoever finds the folder years later, without this program at hand. */
import { plain } from '../../../pages/frame/phrase.js'
import type { Anchor } from '../../../verify.js'
import type { KeptFile } from './collect-evidence.js'

/**
 * @param at when it was fetched, ISO 8601
 * @param pinned whether the caller had the alliance's keys before; else they came from the hub itself
 */
export function formatReadme({
  question,
  at,
  anchor,
  pinned,
  files,
}: {
  question: string
  at: string
  anchor: Anchor
  pinned: boolean
  files: readonly KeptFile[]
}): string {
  const listed = [
    ...files,
    { name: 'anchor.json', says: 'the alliance’s public keys, by which everything else is checked' },
  ]
  const width = Math.max(...listed.map(({ name }) => name.length))
  return `Evidence of a trustmark look-up

Question:  ${plain(question)}
Hub:       ${anchor.origin}
Fetched:   ${at}
${anchor.demo ? '\nThis is a demonstration: the shops are invented, and the agencies named take no part in it.\n' : ''}
Check it, without network, from inside this folder:

  trustmark verify --offline . --anchor anchor.json

${listed.map(({ name, says }) => `${name.padEnd(width)}  ${says}`).join('\n')}

What this shows: that these records were in the hub's public log, who signed them, and what the hub said of them at
the time above. What it does not show: their status today, or anything that was logged later.

${
  pinned
    ? 'The keys in anchor.json are those that were pinned before the question was asked.'
    : 'The keys in anchor.json came from the hub itself when the question was asked. Compare them by another way.'
}
If this folder came to you from somebody else, get the alliance's keys yourself and name them with --anchor instead:
whoever forges a folder forges the keys in it too.

A .jwt file holds the exact bytes that were signed: its SHA-256 is what the log entry names. A .tlog-proof is a text
in the form of c2sp.org/tlog-proof, which other programs check too. A record may name a person, who may ask its
agency to be forgotten: keep this folder no longer than you need it.
`
}
