/** The complaint encrypted anew: to another lead, to other keys, or by the consumer along another route (DESIGN 4.9). */
import type { CaseEvent, CaseEventPost } from '../../dispute/case-event.js'
import type { ConsumerKeys, QuoteClaims, SealedComplaint } from '../../dispute/envelope.js'
import type { CaseMeta } from '../../dispute/route-question.js'
import { checkSealed } from '../../dispute/sealed/check-sealed.js'
import { hashEnvelope, quoteRecipients, type Recipients } from '../../dispute/sealed/envelope-aad.js'
import { Refusal } from '../../refusal.js'
import { canonicalJson } from '../../trust/digest.js'
import type { Hub } from '../hub.js'
import type { Roster } from '../roster.js'
import type { CaseChanges } from './next-write.js'
import { assertCanTake, assertQuotedKeys, encryptionKids, type LiveCase } from './parties.js'
import { readQuote } from './read-quote.js'
import { recoveriesSince } from './recovery.js'

type Rewrapping = Extract<CaseEvent, { type: 'transferred' | 'rewrapped' | 'rerouted' }>

/** What a fresh quote of a case may say otherwise: what the hub knows of the merchant, and what happened since. */
const MAY_DIFFER: ReadonlySet<keyof CaseMeta> = new Set([
  'merchantCountry',
  'markShown',
  'record',
  'marketplace',
  'contactedMerchant',
])

/** Whether an event brings the complaint with it, encrypted anew. */
export function isRewrapping(event: CaseEvent): event is Rewrapping {
  return event.type === 'transferred' || event.type === 'rewrapped' || event.type === 'rerouted'
}

/** The fresh quote of a re-routing (requoteCase), which must name the agencies that the event does. */
export async function readFreshQuote(
  hub: Hub,
  row: LiveCase,
  event: Extract<CaseEvent, { type: 'rerouted' }>,
): Promise<QuoteClaims> {
  const claims = await readQuote(hub, event.quote)
  const { case: ref, outcome, lead, partner, meta } = claims.quote
  if (ref !== row.ref) throw differs(`it is for ${ref}`, 'case.event.quote')
  if (outcome !== 'case' || lead === null) {
    throw new Refusal('nothing-to-file', {
      detail: 'The fresh quote leads to no agency. The secretariat looks for one; read the case again later.',
      value: outcome,
      at: 'case.event.quote',
    })
  }
  if (lead !== event.lead || partner !== event.partner)
    throw differs('lead and partner must be those of the quote', 'case.event.lead')
  if (row.status.assigned !== null && lead !== row.status.assigned)
    throw differs(`the secretariat named ${row.status.assigned} for this case`, 'case.event.lead')
  const other = (Object.keys(meta) as (keyof CaseMeta)[]).find(
    (name) => !MAY_DIFFER.has(name) && canonicalJson(meta[name]) !== canonicalJson(row.meta[name]),
  )
  if (other) throw differs(`"${other}" of its facts is not that of the case`, `quote.meta.${other}`)
  return claims
}

/**
 * Checks the complaint that came with an event and says what of the case it changes.
 * @param fresh the quote of a re-routing
 * @throws Refusal `bad-claims`, `bad-envelope`, `event-not-allowed`, `not-found`
 */
export async function checkRewrap(
  hub: Hub,
  roster: Roster,
  row: LiveCase,
  event: CaseEvent,
  { envelope }: CaseEventPost,
  fresh: QuoteClaims | undefined,
): Promise<CaseChanges & { consumer?: ConsumerKeys }> {
  if (!isRewrapping(event)) {
    if (!envelope) return {}
    throw new Refusal('bad-claims', {
      detail: `An event "${event.type}" leaves the complaint as it is. Send it without one.`,
      at: 'envelope',
    })
  }
  assertHash(event, envelope)
  const renewed =
    event.type === 'rewrapped' && event.consumer ? await findRequest(hub, row.ref, event.consumer) : undefined
  const consumer = renewed ?? row.consumer
  if (event.type === 'transferred') assertCanTake(roster, event.to)
  if (fresh) assertQuotedKeys(roster, fresh)
  const claims = fresh ?? (await readQuote(hub, row.quote, { allowExpired: true }))
  checkSealed(envelope, {
    quote: event.type === 'rerouted' ? event.quote : row.quote,
    claims,
    revision: row.status.revision + 1,
    recipients: fresh ? quoteRecipients(fresh) : recipientsOf(roster, row, event),
    consumer,
  })
  return {
    envelope,
    envelopeSha256: event.envelope,
    ...(renewed && { consumer: renewed }),
    ...(event.type === 'rerouted' && { quote: event.quote, meta: claims.quote.meta }),
  }
}

function assertHash(
  event: Rewrapping,
  envelope: SealedComplaint | undefined,
): asserts envelope is SealedComplaint {
  if (envelope && hashEnvelope(envelope) === event.envelope) return
  throw new Refusal('bad-claims', {
    detail: `An event "${event.type}" comes with the complaint encrypted anew, and names it by the SHA-256 (lower hex) of the JCS text of complaint and identity.`,
    value: event.envelope,
    at: 'case.event.envelope',
  })
}

/** Only keys that the consumer's own browser asked for: else a lead could put itself in her place unseen. */
async function findRequest(
  hub: Hub,
  ref: string,
  consumer: Pick<ConsumerKeys, 'sign' | 'enc'>,
): Promise<ConsumerKeys> {
  const wanted = canonicalJson([consumer.sign, consumer.enc])
  const requests = await hub.cases.store.recoveries(ref, recoveriesSince(hub.now()))
  const found = requests.find(
    (request) => canonicalJson([request.consumer.sign, request.consumer.enc]) === wanted,
  )
  if (found) return found.consumer
  throw new Refusal('not-found', {
    detail:
      'No request to recover this case holds these keys. Use those that the hub gives for the code the consumer told you; requests are kept for 7 days.',
    value: consumer.sign.kid,
    at: 'case.event.consumer',
  })
}

/** Every key of both agencies as they are now. */
function recipientsOf(roster: Roster, { status }: LiveCase, event: Rewrapping): Recipients {
  const lead = event.type === 'transferred' ? event.to : status.lead
  return {
    lead: encryptionKids(roster, lead),
    partner: status.partner === lead ? [] : encryptionKids(roster, status.partner),
  }
}

function differs(what: string, at: string): Refusal {
  return new Refusal('bad-envelope', {
    detail: `The fresh quote does not belong to this case: ${what}. Ask for a fresh quote of the case itself.`,
    at,
  })
}
