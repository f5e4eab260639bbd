/** Shops with a mark in force whose address the asked one resembles (verdict field `similar`, warning `lookalike`). */
import { judgeRecord } from '../record/judge.js'
import type { Presence } from '../record/presence.js'
import type { RecordPresence } from '../record/record.js'
import { nearness, type Resemblance, resembling, sharesDomain } from '../record/resembling.js'
import { MAX_SIMILAR, POSITIVE_VERDICTS, type Similar, VERDICTS } from '../record/verdict.js'
import type { Reader } from './hub.js'
import type { Roster } from './roster.js'
import { type KnownRecord, knowRecord } from './view-record.js'

/** A record in force, with the presence of it that the asked one comes nearest to. */
export interface SimilarRecord {
  known: KnownRecord
  presence: RecordPresence
  resemblance: Resemblance
  /** It stands under the asked registered domain, below which only its owner can set up hosts. */
  own: boolean
}

/** Records read for one question and one way of resembling: a common word may stand in the names of very many shops. */
const MAX_READ = 50

/**
 * The nearest first, at most MAX_SIMILAR, each address once, with its highest mark.
 * @param now JWT seconds
 */
export async function findSimilar(
  hub: Reader,
  asked: Presence,
  roster: Roster,
  now: number,
): Promise<SimilarRecord[]> {
  const { near, inside, resemblanceTo } = resembling(asked)
  // Apart, so that names which merely contain a common word can't crowd out the one that is imitated.
  const rows = await Promise.all(
    [near, inside].map((skeletons) =>
      skeletons.length === 0 ? [] : hub.store.recordsBySkeleton(skeletons, MAX_READ),
    ),
  )
  const found = new Map<string, SimilarRecord>()
  for (const row of new Map(rows.flat().map((one) => [one.id, one])).values()) {
    const known = knowRecord(row, roster)
    if (!known || !isInForce(known, now)) continue
    const nearest = nearestPresence(known, asked, resemblanceTo)
    const before = nearest && found.get(nearest.presence.url)
    if (nearest && (!before || outdoes(known, before.known, now)))
      found.set(nearest.presence.url, { known, ...nearest })
  }
  return [...found.values()].sort(compare).slice(0, MAX_SIMILAR)
}

function nearestPresence(
  { claims }: KnownRecord,
  { keys: [askedKey = ''] }: Presence,
  resemblanceTo: (key: string) => Resemblance | undefined,
): Omit<SimilarRecord, 'known'> | undefined {
  const judged = claims.trustmark.presences.flatMap((presence) =>
    presence.keys.flatMap((key) => {
      const resemblance = resemblanceTo(key)
      return resemblance ? [{ presence, resemblance, own: sharesDomain(key, askedKey) }] : []
    }),
  )
  return judged.sort(byNearness)[0]
}

type Nearness = Pick<SimilarRecord, 'own' | 'resemblance'>

function byNearness(a: Nearness, b: Nearness): number {
  return Number(b.own) - Number(a.own) || nearness(a.resemblance) - nearness(b.resemblance)
}

/** Of those that stand within the asked name, the longest address says most; then by id, so that every copy agrees. */
function compare(a: SimilarRecord, b: SimilarRecord): number {
  return (
    byNearness(a, b) ||
    b.presence.url.length - a.presence.url.length ||
    (a.known.row.id < b.known.row.id ? -1 : 1)
  )
}

export function isInForce({ judged }: KnownRecord, now: number): boolean {
  return POSITIVE_VERDICTS.includes(judgeRecord(judged, now))
}

/** Of two records of one address the higher mark is shown. */
function outdoes(a: KnownRecord, b: KnownRecord, now: number): boolean {
  const rank = ({ judged }: KnownRecord) => VERDICTS.indexOf(judgeRecord(judged, now))
  return rank(a) < rank(b) || (rank(a) === rank(b) && a.row.id < b.row.id)
}

/** As a verdict has it. */
export function viewSimilar({ known, presence, resemblance }: SimilarRecord, now: number): Similar {
  const { holder, id } = known.claims.trustmark
  return {
    record: id,
    verdict: judgeRecord(known.judged, now),
    url: presence.url,
    holder: holder.name,
    mark: known.mark.name,
    resemblance,
  }
}
