/** From a posted event's text to claims that the asker signed with the right key, for this place in this case's chain. */
import type * as z from 'zod'
import { type CaseEventClaims, caseEventClaims } from '../../dispute/case-event.js'
import { CASE_EVENT_TYP } from '../../dispute/envelope.js'
import { formatCaseId } from '../../dispute/sealed/formats.js'
import { formatAllianceId } from '../../record/record.js'
import { Refusal } from '../../refusal.js'
import { ALLIANCE, chooseKey } from '../../trust/authority.js'
import { type DecodedJws, decodeJws, readPayload, verifyJws } from '../../trust/jws.js'
import type { PublicJwk } from '../../trust/keys.js'
import { badClaims, CLOCK_LEEWAY } from '../../trust/statement.js'
import { type Hub, readHead } from '../hub.js'
import { readRoster } from '../roster.js'
import type { ChainRow } from './case-store.js'
import type { LiveCase } from './parties.js'
import type { Asker } from './ports.js'

/** As the schema of a posted event allows: a quote of 16 kB within, and keys. */
const MAX_EVENT_BYTES = 65_536

export interface VerifiedPost {
  claims: CaseEventClaims
  /** Thumbprint of the key that signed it. */
  kid: string
}

/**
 * @throws Refusal those of decodeJws, chooseKey and verifyJws, `not-a-party`, `bad-claims`, `wrong-audience`,
 *   `issued-in-future`, `case-moved-on`, `jti-reused`
 */
export async function verifyEvent(
  hub: Hub,
  row: LiveCase,
  asker: Asker,
  jws: string,
  earlier: readonly ChainRow[],
): Promise<VerifiedPost> {
  const decoded = decodeJws(jws, { [CASE_EVENT_TYP]: { maxBytes: MAX_EVENT_BYTES } })
  const claims = await verifySigned(hub, row, asker, decoded, caseEventClaims)
  const { ref, seq, prev } = claims.case
  if (ref !== row.ref) {
    throw new Refusal('bad-claims', {
      detail: `The event belongs to another case than the one it was sent to, ${row.ref}.`,
      value: ref,
      at: 'case.ref',
    })
  }
  if (seq !== row.head.seq + 1 || prev !== row.head.sha256) throw movedOn(row, seq)
  assertAfter(claims.iat, earlier)
  // Place and predecessor bar a replay already; an identifier that comes twice is a signer whose random numbers fail.
  if (earlier.some((event) => event.jws && readPayload<CaseEventClaims>(event.jws).jti === claims.jti)) {
    throw new Refusal('jti-reused', {
      detail: 'An earlier event of this case has this jti. Draw 128 random bits for each.',
      value: claims.jti,
      at: 'jti',
    })
  }
  return { claims, kid: decoded.header.kid }
}

/** An event can't be older than the one that it names as its predecessor. @throws Refusal `bad-claims` */
function assertAfter(iat: number, earlier: readonly Pick<ChainRow, 'jws'>[]): void {
  const last = earlier.at(-1)?.jws
  const since = last ? readPayload<CaseEventClaims>(last).iat : iat
  if (iat >= since - CLOCK_LEEWAY) return
  throw new Refusal('bad-claims', {
    detail: `iat lies more than ${CLOCK_LEEWAY} s before that of the event before it, ${since}. Set the signing machine's clock.`,
    value: iat,
    at: 'iat',
  })
}

/** The refusal for whoever comes second. */
export function movedOn({ ref, head }: Pick<LiveCase, 'ref' | 'head'>, seq: number): Refusal {
  return new Refusal('case-moved-on', {
    detail: `The newest event of ${ref} is number ${head.seq}; the next must be number ${head.seq + 1} and name it in prev. Read the case, see what happened, and sign the event anew if it still holds.`,
    value: seq,
    at: 'case.seq',
  })
}

/**
 * Verifies what the asker signed: by its own key for cases, for this alliance, now.
 * @throws Refusal
 */
export async function verifySigned<T extends { aud: string; iat: number }>(
  hub: Hub,
  row: LiveCase,
  asker: Asker,
  decoded: DecodedJws,
  schema: z.ZodType<T>,
): Promise<T> {
  await verifyJws(decoded, await findSigningKey(hub, row, asker, decoded))
  const parsed = schema.safeParse(decoded.payload)
  if (!parsed.success) throw badClaims(parsed.error)
  const { aud, iat } = parsed.data
  const alliance = formatAllianceId(hub.origin)
  if (aud !== alliance) {
    throw new Refusal('wrong-audience', {
      detail: `aud must be ${alliance}: what was said to another alliance, or to a sandbox, does not count here.`,
      value: aud.slice(0, 200),
      at: 'aud',
    })
  }
  if (iat > hub.now() / 1000 + CLOCK_LEEWAY) {
    throw new Refusal('issued-in-future', {
      detail: `iat lies more than ${CLOCK_LEEWAY} s ahead of the hub's clock. Set the signing machine's clock.`,
      value: iat,
      at: 'iat',
    })
  }
  return parsed.data
}

/** The one key that may verify it, by who asks: nobody brings what another signed. */
async function findSigningKey(
  hub: Hub,
  { ref, consumer }: LiveCase,
  asker: Asker,
  { header: { kid }, payload }: DecodedJws,
): Promise<PublicJwk> {
  const iss = (payload as { iss?: unknown } | null)?.iss
  if (asker.kind === 'consumer') {
    const own = formatCaseId(hub.origin, ref)
    if (iss !== own) throw notTheAskers(iss, own)
    if (kid === consumer.sign.kid) return consumer.sign
    throw new Refusal('unknown-key', {
      detail: 'The consumer signs with the key that her secret opens. No other counts in this case.',
      value: kid,
      at: 'kid',
    })
  }
  const head = await readHead(hub)
  const roster = await readRoster(hub, head)
  const { issuer, key } = chooseKey(
    { iss, kid },
    asker.kind === 'operator' ? 'operator' : 'auth',
    roster,
    head.size,
  )
  const expected = asker.kind === 'operator' ? ALLIANCE : asker.id
  if (issuer.id !== expected) throw notTheAskers(iss, expected)
  return key.jwk
}

function notTheAskers(iss: unknown, own: string): Refusal {
  return new Refusal('not-a-party', {
    detail: `It is signed by another than the one who sent it: iss must be that of ${own}.`,
    value: typeof iss === 'string' ? iss.slice(0, 200) : null,
    at: 'iss',
  })
}
