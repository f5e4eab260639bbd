/**
 * Keys to encrypt to, trusted because the operator signed them and the public log holds them: never because the hub says
 * so. Consumers' browsers and agencies' desks ask here before anything is sealed (DESIGN 4.9).
 */
import * as z from 'zod'
import type { MemberDefinition } from './alliance/definition.js'
import type { LocalText } from './alliance/text.js'
import type { QuoteClaims } from './dispute/envelope.js'
import { quoteRecipients } from './dispute/sealed/envelope-aad.js'
import { followLogKeys, type HubPort, isUnknownLogKey } from './follow-log-keys.js'
import { Refusal } from './refusal.js'
import { sha256Hex } from './trust/digest.js'
import { parseStrictJson } from './trust/json.js'
import type { PublicJwk } from './trust/keys.js'
import { MAX_EARLIER_ADMISSIONS } from './trust/statements.js'
import { type Anchor, readAnchor, type VerifiedMember, verifyAdmission, verifyLogged } from './verify.js'

/** A key that signed for a member until an admission left it out: lost, stolen, or of an officer who left. */
export interface FormerKey {
  jwk: PublicJwk
  /** When that admission was logged (epoch ms): what came after counts no more. */
  until: number
}

/** A member's keys as its logged admission names them. */
export interface MemberKeys {
  id: string
  /** Entity identifier: the `iss` of its events. */
  entity: string
  name: LocalText
  country: string
  /** As it was admitted with: by it a reader counts the days of the member's clocks. */
  calendar: MemberDefinition['calendar']
  /** Complaints are encrypted to all of them, in this order. */
  enc: readonly PublicJwk[]
  /** Sign its events and receipts. */
  auth: readonly PublicJwk[]
  /** `auth` keys of earlier admissions, where asked for: what they signed in their time still counts. */
  former: readonly FormerKey[]
  /** Log index of the newest admission. */
  index: number
}

/** Log indexes by member id. */
export type AdmissionFloor = Readonly<Record<string, number>>

/** Gets a path of the hub (`/v1/…`) as text. @throws for any status but 200 */
type FetchText = HubPort['text']

const memberPage = z.looseObject({
  participation: z.string(),
  admission: z.looseObject({ statement: z.string().nullable() }),
  earlierAdmissions: z.unknown(),
})

const earlierAdmissions = z
  .array(z.looseObject({ statement: z.string() }))
  .max(MAX_EARLIER_ADMISSIONS)
  .default([])

/**
 * Reads the keys of members. A hub that lies can withhold a newer key set, but can't slip in a key that the operator
 * did not sign and the log does not hold.
 * @param hub how it is asked; its feed only where the log's key changed
 * @param origin of the hub
 * @param options.anchor pinned keys of the alliance; absent: those the hub shows now, trusted at first use
 * @param options.now JWT seconds; needed only to read the anchor
 * @param options.anyStanding also of a member that was suspended or left since, and keys that were replaced since: to check
 *   what it signed, never to encrypt
 * @param options.floor lowest log index of an admission that counts, by member: where the reader has seen that one before, or
 *   was told of it by another way
 * A log key that the operator replaced since the anchor was pinned is learnt from the operator's own statements.
 * @throws Refusal, LogError when anything is not signed, not logged, or not of an admitted member
 */
export async function readEncryptionKeys(
  hub: HubPort,
  origin: string,
  members: readonly string[],
  {
    anchor,
    now = Math.floor(Date.now() / 1000),
    anyStanding = false,
    floor = {},
  }: { anchor?: Anchor; now?: number; anyStanding?: boolean; floor?: AdmissionFloor } = {},
): Promise<Map<string, MemberKeys>> {
  const trusted =
    anchor ?? (await readAnchor(await hub.text('/alliance/.well-known/openid-federation'), origin, now))
  const fetchText: FetchText = (path) => hub.text(path)
  const readAll = (by: Anchor): Promise<MemberKeys[]> =>
    Promise.all([...new Set(members)].map((id) => readMember(fetchText, id, by, anyStanding)))
  const keys = await readAll(trusted).catch(async (error) => {
    if (!isUnknownLogKey(error)) throw error
    const { anchor: followed, news } = await followLogKeys(hub, trusted)
    if (news.length === 0) throw error
    return readAll(followed)
  })
  for (const { id, index } of keys) assertNotOlder(id, index, floor)
  return new Map(keys.map((member) => [member.id, member]))
}

/** A key that was stolen stands in an older admission for ever: whoever knows of a newer one does not go back to it. */
function assertNotOlder(id: string, index: number, floor: AdmissionFloor): void {
  const known = Object.hasOwn(floor, id) ? floor[id] : undefined
  if (known === undefined || index >= known) return
  throw new Refusal('older-than-known', {
    detail: `The hub shows an admission of ${id} (log index ${index}) that is older than one already known (${known}). Its keys may have been given up since, so nothing is encrypted to them. Tell ${id} and the alliance.`,
    value: index,
  })
}

async function readMember(
  fetchText: FetchText,
  id: string,
  anchor: Anchor,
  anyStanding: boolean,
): Promise<MemberKeys> {
  const page = memberPage.safeParse(parseStrictJson(await fetchText(`/v1/members/${id}`), 'The member'))
  const statement = page.data?.admission.statement
  // Participation is the hub's word; it counts for the worse only.
  if (!statement || (!anyStanding && page.data?.participation !== 'admitted'))
    throw new Refusal('issuer-not-admitted', {
      detail: `${id} is not an admitted member now, so nothing is encrypted to it.`,
      value: id,
    })
  const newest = await readAdmission(fetchText, id, statement, anchor)
  const { name, country, calendar } = newest.member.definition
  const { entity, keys } = newest.member
  const earlier = anyStanding ? await readEarlier(fetchText, id, page.data?.earlierAdmissions, anchor) : []
  const former = formerKeys(earlier, newest)
  return { id, entity, name, country, calendar, enc: keys.enc, auth: keys.auth, former, index: newest.index }
}

interface LoggedAdmission {
  member: VerifiedMember
  index: number
  /** When it was logged, epoch ms. */
  at: number
}

async function readAdmission(
  fetchText: FetchText,
  id: string,
  statement: string,
  anchor: Anchor,
): Promise<LoggedAdmission> {
  const member = await verifyAdmission(statement, anchor)
  if (member.id !== id)
    throw new Refusal('unknown-issuer', {
      detail: `The admission shown for ${id} is that of ${member.id}.`,
      value: member.id,
    })
  const proof = await fetchText(`/v1/statements/${sha256Hex(statement)}/proof`)
  const { index, at } = await verifyLogged(proof, statement, anchor)
  return { member, index, at }
}

/** Each is proven like the newest: the hub can leave one out, which makes a check fail, but can't add a key. */
async function readEarlier(
  fetchText: FetchText,
  id: string,
  shown: unknown,
  anchor: Anchor,
): Promise<LoggedAdmission[]> {
  const parsed = earlierAdmissions.safeParse(shown)
  if (!parsed.success)
    throw new Refusal('bad-claims', {
      detail: `Its earlier admissions are at most ${MAX_EARLIER_ADMISSIONS} signed statements.`,
      value: id,
    })
  return Promise.all(parsed.data.map(({ statement }) => readAdmission(fetchText, id, statement, anchor)))
}

/** Keys that the newest admission leaves out, each until the first admission after the last that named it. */
function formerKeys(earlier: readonly LoggedAdmission[], newest: LoggedAdmission): FormerKey[] {
  const inOrder = [...earlier].sort((a, b) => a.index - b.index)
  // A newest one that is not would keep a stolen key alive.
  if ((inOrder.at(-1)?.index ?? -1) >= newest.index)
    throw new Refusal('bad-claims', {
      detail: `The hub shows an old admission of ${newest.member.id} as the newest.`,
      value: newest.index,
    })
  const former = new Map<string, FormerKey>()
  for (const [i, { member }] of inOrder.entries()) {
    const { at } = inOrder[i + 1] ?? newest
    for (const jwk of member.keys.auth) former.set(jwk.kid, { jwk, until: at })
  }
  for (const { kid } of newest.member.keys.auth) former.delete(kid)
  return [...former.values()]
}

/**
 * Finds the keys that a quote names as recipients, and refuses any that is not a logged `enc` key of its member.
 * All `enc` keys of lead and partner must be named: one that is left out would lock out an officer.
 * @param trusted of {@link readEncryptionKeys} for lead and partner
 * @throws Refusal `unknown-key`, `wrong-key-role`, `bad-quote`
 */
export function chooseRecipients(
  claims: QuoteClaims,
  trusted: ReadonlyMap<string, MemberKeys>,
): { lead: PublicJwk[]; partner: PublicJwk[] } {
  const { lead, partner, recipients } = claims.quote
  const stranger = recipients.find(({ member }) => member !== lead && member !== partner)
  if (stranger)
    throw new Refusal('bad-quote', {
      detail: `The quote names a key of ${stranger.member}, which is neither lead nor partner.`,
      value: stranger.kid,
    })
  const named = quoteRecipients(claims)
  return {
    lead: lead === null ? [] : chooseKeys(named.lead, lead, trusted),
    partner: partner === null ? [] : chooseKeys(named.partner, partner, trusted),
  }
}

function chooseKeys(
  kids: readonly string[],
  id: string,
  trusted: ReadonlyMap<string, MemberKeys>,
): PublicJwk[] {
  const member = trusted.get(id)
  if (!member) throw new Refusal('unknown-issuer', { detail: `No verified keys of ${id}.`, value: id })
  const left = member.enc.find(({ kid }) => !kids.includes(kid))
  if (kids.length === 0 || left)
    throw new Refusal('bad-quote', {
      detail: `The quote leaves out a key of ${id} that receives complaints. Ask for a new quote.`,
      value: left?.kid ?? id,
    })
  return kids.map((kid) => findKey(kid, member))
}

function findKey(kid: string, { id, enc, auth }: MemberKeys): PublicJwk {
  const key = enc.find((jwk) => jwk.kid === kid)
  if (key) return key
  if (auth.some((jwk) => jwk.kid === kid))
    throw new Refusal('wrong-key-role', {
      detail: `The quote names a key of ${id} that signs; complaints are encrypted only to keys for "enc".`,
      value: kid,
    })
  throw new Refusal('unknown-key', {
    detail: `The quote names a key that ${id} does not have in the log. Do not send anything; tell the agency.`,
    value: kid,
  })
}
