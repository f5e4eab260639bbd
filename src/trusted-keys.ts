/**
 * Keys to encrypt to, trusted because the operator signed them and the public log holds them: never because the hub says
 * so. Consumers' browsers and agencies' desks ask here before anything is sealed (DESIGN 4.9).
 */
import * as z from 'zod'
import type { LocalText } from './alliance/text.js'
import type { QuoteClaims } from './dispute/envelope.js'
import { quoteRecipients } from './dispute/sealed/envelope-aad.js'
import { Refusal } from './refusal.js'
import { sha256Hex } from './trust/digest.js'
import { parseStrictJson } from './trust/json.js'
import type { PublicJwk } from './trust/keys.js'
import { type Anchor, readAnchor, verifyAdmission, verifyLogged } from './verify.js'

/** A member's keys as its logged admission names them. */
export interface MemberKeys {
  id: string
  /** Entity identifier: the `iss` of its events. */
  entity: string
  name: LocalText
  country: string
  /** Complaints are encrypted to all of them, in this order. */
  enc: readonly PublicJwk[]
  /** Sign its events and receipts. */
  auth: readonly PublicJwk[]
  /** Log index of the admission. */
  index: number
}

/** Gets a path of the hub (`/v1/…`) as text. @throws for any status but 200 */
export type FetchText = (path: string) => Promise<string>

const memberPage = z.looseObject({
  participation: z.string(),
  admission: z.looseObject({ statement: z.string().nullable() }),
})

/**
 * Reads the keys of members. A hub that lies can withhold a newer key set, but can't slip in a key that the operator
 * did not sign and the log does not hold.
 * @param origin of the hub
 * @param options.anchor pinned keys of the alliance; absent: those the hub shows now, trusted at first use
 * @param options.now JWT seconds; needed only to read the anchor
 * @param options.anyStanding also of a member that was suspended or left since: to check what it signed, never to encrypt
 * @throws Refusal, LogError when anything is not signed, not logged, or not of an admitted member
 */
export async function readEncryptionKeys(
  fetchText: FetchText,
  origin: string,
  members: readonly string[],
  {
    anchor,
    now = Math.floor(Date.now() / 1000),
    anyStanding = false,
  }: { anchor?: Anchor; now?: number; anyStanding?: boolean } = {},
): Promise<Map<string, MemberKeys>> {
  const trusted =
    anchor ?? (await readAnchor(await fetchText('/alliance/.well-known/openid-federation'), origin, now))
  const keys = await Promise.all(
    [...new Set(members)].map((id) => readMember(fetchText, id, trusted, anyStanding)),
  )
  return new Map(keys.map((member) => [member.id, member]))
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
  const member = await verifyAdmission(statement, anchor)
  if (member.id !== id)
    throw new Refusal('unknown-issuer', {
      detail: `The admission shown for ${id} is that of ${member.id}.`,
      value: member.id,
    })
  const proof = await fetchText(`/v1/statements/${sha256Hex(statement)}/proof`)
  const { index } = await verifyLogged(proof, statement, anchor)
  const { name, country } = member.definition
  return { id, entity: member.entity, name, country, enc: member.keys.enc, auth: member.keys.auth, index }
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
