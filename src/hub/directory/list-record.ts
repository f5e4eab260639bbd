/** What the directory and the search for look-alikes keep of a record: made from its claims alone, so every copy keeps the same. */
import { PRINCIPLES } from '../../alliance/principles.js'
import { presenceKeys } from '../../record/holder.js'
import { skeletonsOf } from '../../record/lookalike.js'
import type { RecordClaims } from '../../record/record.js'
import { toUnicodeHost } from '../../record/script.js'
import { indexTerms } from '../../record/search-terms.js'
import type { Listing, RecordRow } from '../store.js'
import { facet } from './facet.js'

/** What a record with these claims is found by. */
export function listRecord(
  { member, mark, level }: Pick<RecordRow, 'member' | 'mark' | 'level'>,
  claims: RecordClaims,
): Listing {
  const { holder, presences, principles } = claims.trustmark
  const keys = presenceKeys(claims)
  const facets = [
    facet('country', holder.country),
    facet('member', member),
    facet('mark', `${member}/${mark}`),
    facet('level', `${member}/${mark}/${level}`),
    ...PRINCIPLES.filter((name) => principles[name] === 'full').map((name) => facet('principle', name)),
    // Who asks for English is content with British English.
    ...holder.languages.flatMap((tag) => [
      facet('language', tag),
      facet('language', tag.split('-', 1)[0] ?? tag),
    ]),
    ...(holder.shipsTo ?? []).map((country) => facet('shipsTo', country)),
    ...presences.map(({ kind }) => facet('platform', kind)),
  ]
  return {
    name: indexTerms(Object.values(holder.name)),
    place: indexTerms(keys.flatMap(namesIn)),
    sector: indexTerms(holder.sector === undefined ? [] : [holder.sector]),
    facets: [...new Set(facets)].join(' '),
    skeletons: skeletonsOf(keys),
  }
}

/** A host as it is written and as it is read, and without its hyphens; of an account what its owner calls it. */
function namesIn(key: string): string[] {
  const [kind, ...parts] = key.split(':')
  if (kind !== 'web') return [parts.at(-1) ?? '']
  const host = (parts[0] ?? '').replace(/^www\./, '')
  const shown = toUnicodeHost(host)
  const [first = ''] = shown.split('.', 1)
  return [...new Set([host, shown, ...(first.includes('-') ? [first.replaceAll('-', '')] : [])])]
}
