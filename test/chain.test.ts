/** What a reader makes of a case's events alone: every signature, every link and every state, whoever serves them. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaseEvent } from '../src/dispute/case-event.js'
import type { CaseEventView } from '../src/dispute/case-view.js'
import { type ChainKeys, type VerifiedChain, verifyChain } from '../src/dispute/chain.js'
import type { GeneralJwe } from '../src/dispute/envelope.js'
import { type Consumer, createConsumer } from '../src/dispute/sealed/consumer.js'
import { hashEnvelope } from '../src/dispute/sealed/envelope-aad.js'
import { formatCaseId, QUOTE_TYP } from '../src/dispute/sealed/formats.js'
import { sealMessage } from '../src/dispute/sealed/message.js'
import { type EventToSign, signCaseEvent } from '../src/dispute/sealed/sign-case.js'
import { formatAllianceId, formatEntityId } from '../src/record/record.js'
import { Refusal } from '../src/refusal.js'
import { sha256Hex } from '../src/trust/digest.js'
import type { Signer } from '../src/trust/signer.js'
import { signJws } from '../src/trust/signer.js'
import { forge, makeSigner, type TestKey, twinOf } from './attacks.js'
import { makeScene, NOW, REFERENCE, type Scene, SECRET } from './sealed-scene.js'
import { ORIGIN } from './signing.js'

interface Party {
  actor: CaseEventView['actor']
  iss: string
  signer: Signer
}

let scene: Scene
let keys: ChainKeys
let hub: Party
let operator: Party
let lead: Party
let partner: Party
let consumer: Party
let stranger: TestKey
let other: Consumer

beforeAll(async () => {
  scene = await makeScene()
  other = await createConsumer(REFERENCE, SECRET.replace('1', '9'))
  const [alliance, secretariat, ccj, ocpb, dbd, nobody] = await Promise.all(
    Array.from({ length: 6 }, () => makeSigner('ES256')),
  )
  stranger = nobody!
  const party = (actor: Party['actor'], iss: string, { signer }: { signer: Signer }) => ({
    actor,
    iss,
    signer,
  })
  hub = party('hub', formatAllianceId(ORIGIN), alliance!)
  operator = party('secretariat', formatAllianceId(ORIGIN), secretariat!)
  lead = party('lead', formatEntityId(ORIGIN, 'jp-ccj'), ccj!)
  partner = party('partner', formatEntityId(ORIGIN, 'th-ocpb'), ocpb!)
  consumer = party('consumer', formatCaseId(ORIGIN, REFERENCE), scene.consumer)
  const member = (id: string, key: TestKey) =>
    [id, { entity: formatEntityId(ORIGIN, id), auth: [key.publicJwk] }] as const
  keys = {
    origin: ORIGIN,
    case: REFERENCE,
    hub: [alliance!.publicJwk],
    operator: [secretariat!.publicJwk],
    members: new Map([member('jp-ccj', ccj!), member('th-ocpb', ocpb!), member('th-dbd', dbd!)]),
    consumer: scene.consumer.keys.sign,
    filedQuote: await signJws(alliance!.signer, QUOTE_TYP, scene.claims),
  }
})

type Step = { by: Party; event: CaseEvent; message?: GeneralJwe } & Partial<EventToSign>

/** Signs the steps one after the other, as honest parties would. */
async function play(steps: readonly Step[]): Promise<CaseEventView[]> {
  const views: CaseEventView[] = []
  let prev: string | null = null
  for (const [seq, { by, ...step }] of steps.entries()) {
    const jws: string = await signCaseEvent(by.signer, {
      iss: by.iss,
      aud: formatAllianceId(ORIGIN),
      iat: NOW + seq,
      ref: REFERENCE,
      seq,
      prev,
      ...step,
    })
    prev = sha256Hex(jws)
    const at = new Date((step.iat ?? NOW + seq) * 1000).toISOString()
    views.push({ seq, at, type: step.event.type, actor: by.actor, event: jws, message: step.message ?? null })
  }
  return views
}

const created = (over: object = {}) =>
  ({
    type: 'created',
    envelope: hashEnvelope(scene.sealed),
    lead: 'jp-ccj',
    partner: 'th-ocpb',
    cc: ['th-dbd'],
    quote: sha256Hex(keys.filedQuote),
    consumer: scene.consumer.keys.sign,
    ...over,
  }) as CaseEvent

/** A whole case: from filing to her acceptance of an offer. */
const story = (): Step[] => [
  { by: hub, event: created() },
  { by: hub, event: { type: 'delivered', member: 'jp-ccj', receipt: 'a'.repeat(64) } },
  { by: lead, event: { type: 'accepted' } },
  { by: lead, event: { type: 'shared' } },
  { by: partner, event: { type: 'partner_accepted' } },
  { by: partner, event: { type: 'merchant_notified' } },
  { by: partner, event: { type: 'merchant_responded', result: 'offers' } },
  { by: lead, event: { type: 'info_requested', asks: ['order_number'] } },
  { by: consumer, event: { type: 'info_given' } },
  { by: lead, event: { type: 'offer_made', performed: true } },
  { by: consumer, event: { type: 'offer_answered', accept: true } },
]

async function refusalOf(views: readonly CaseEventView[], over: Partial<ChainKeys> = {}): Promise<Refusal> {
  const error: unknown = await verifyChain(views, { ...keys, ...over }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}

describe('the chain of a case', () => {
  it('is verified from filing to its end, and tells the state by itself', async () => {
    const views = await play(story())
    const chain: VerifiedChain = await verifyChain(views, keys)
    expect(chain.status).toMatchObject({
      state: 'closed',
      outcome: 'resolved',
      lead: 'jp-ccj',
      partner: 'th-ocpb',
    })
    expect(chain.head).toBe(sha256Hex(views.at(-1)!.event!))
    expect(chain.envelope).toBe(hashEnvelope(scene.sealed))
    expect(chain.consumer).toEqual(scene.consumer.keys.sign)
    expect(chain.events.map(({ actor, member }) => `${actor} ${member}`)).toEqual(
      story().map(
        ({ by: { actor } }) => `${actor} ${{ lead: 'jp-ccj', partner: 'th-ocpb' }[actor as string] ?? null}`,
      ),
    )
    expect(chain.events.map(({ claims }) => claims.case.event.type)).toEqual(views.map(({ type }) => type))
  })

  it('is verified at every point of its life', async () => {
    const views = await play(story())
    for (let length = 1; length <= views.length; length += 1)
      expect((await verifyChain(views.slice(0, length), keys)).events).toHaveLength(length)
  })

  it('begins with the hub’s word on who leads', async () => {
    const refusal = await refusalOf([])
    expect(refusal.code).toBe('bad-claims')
    expect((await refusalOf((await play(story())).slice(1))).details.at).toBe('events[0]')
    expect((await refusalOf(await play([{ by: lead, event: created() }]))).code).toBe('unknown-issuer')
    expect((await refusalOf(await play([{ by: operator, event: created() }]))).code).toBe('bad-claims')
  })

  it('takes messages along where the reader gets them', async () => {
    const steps = story().slice(0, 4)
    const prev = (await verifyChain(await play(steps), keys)).head
    const place = { case: REFERENCE, prev, from: partner.signer.kid }
    const message = await sealMessage({ v: 1, texts: [] }, place, [scene.consumer.keys.enc])
    // ECDSA draws anew with each signature, so the message is for another chain; the chain itself does not mind.
    const views = await play([...steps, { by: lead, event: { type: 'message' }, message }])
    expect((await verifyChain(views, keys)).events).toHaveLength(5)
    const withheld = views.map((view) => ({ ...view, message: null }))
    expect((await verifyChain(withheld, keys)).events).toHaveLength(5)
    const another = await sealMessage({ v: 1, texts: [] }, place, [scene.consumer.keys.enc])
    for (const [at, put] of [
      [4, another],
      [3, message],
    ] as const) {
      const refusal = await refusalOf(
        views.map((view) => (view.seq === at ? { ...view, message: put } : view)),
      )
      expect([refusal.code, refusal.details.at]).toEqual(['bad-claims', `events[${at}]`])
      expect(refusal.message).toContain(`Event ${at}`)
    }
  })

  it('follows the lead when it changes', async () => {
    const transferred: CaseEvent = {
      type: 'transferred',
      to: 'th-dbd',
      reason: 'no_jurisdiction',
      envelope: 'c'.repeat(64),
    }
    const chain = await verifyChain(
      await play([...story().slice(0, 3), { by: lead, event: transferred }]),
      keys,
    )
    expect([chain.status.lead, chain.status.revision, chain.envelope]).toEqual(['th-dbd', 2, 'c'.repeat(64)])
    const after = [
      ...story().slice(0, 3),
      { by: lead, event: transferred },
      { by: lead, event: { type: 'accepted' } as const },
    ]
    expect((await refusalOf(await play(after))).details.at).toBe('events[4]')
  })

  it('lets pass what only the hub can have known: that a clock had run out, or had not', async () => {
    const notified = story().slice(0, 6)
    const iat = NOW + 30 * 86_400
    const lapsed: Step = { by: hub, event: { type: 'lapsed', due: '2026-12-04' }, iat }
    const silent = [
      ...notified,
      lapsed,
      { by: partner, event: { type: 'merchant_notified' }, iat },
      { by: partner, event: { type: 'merchant_silent' }, iat },
    ] satisfies Step[]
    expect((await verifyChain(await play(silent), keys)).status.state).toBe('merchant_silent')
    const extended: Step = { by: lead, event: { type: 'extended', days: 7, reason: 'other' } }
    const longer = [...story().slice(0, 7), extended]
    expect((await verifyChain(await play(longer), keys)).status.extension).toBe(7)
    // But not what the events themselves show: nobody wrote to the merchant a second time.
    const unheard = await play([...notified, { by: partner, event: { type: 'merchant_silent' } }])
    expect(await refusalOf(unheard)).toMatchObject({ code: 'event-not-allowed' })
    expect((await refusalOf(await play([...longer, extended]))).details.at).toBe('events[8]')
  })

  it('follows the consumer’s keys when she lost her secret', async () => {
    const rewrapped: CaseEvent = {
      type: 'rewrapped',
      reason: 'new_consumer_secret',
      envelope: 'd'.repeat(64),
      consumer: { sign: other.keys.sign, enc: other.keys.enc },
    }
    const renewed = { ...consumer, signer: other.signer }
    const steps: Step[] = [
      ...story().slice(0, 9),
      { by: lead, event: rewrapped },
      { by: lead, event: { type: 'offer_made', performed: true } },
    ]
    const now = { consumer: other.keys.sign }
    const views = await play([...steps, { by: renewed, event: { type: 'offer_answered', accept: false } }])
    expect((await verifyChain(views, { ...keys, ...now })).consumer).toEqual(other.keys.sign)
    // Her former key is spent, and the new one speaks for nothing before it.
    const late = await play([...steps, { by: consumer, event: { type: 'offer_answered', accept: true } }])
    expect(await refusalOf(late, now)).toMatchObject({ code: 'unknown-key' })
    const early = story().map((step) => (step.by === consumer ? { ...step, by: renewed } : step))
    expect((await refusalOf(await play(early), now)).details.at).toBe('events[8]')
  })
})

describe('a key that a member replaced', () => {
  /** The lead signs with another key from its fifth step on; the first one was left out at `until` (JWT seconds). */
  const replaced = (until: number, newest: TestKey): Partial<ChainKeys> => {
    const { entity, auth } = keys.members.get('jp-ccj')!
    const former = auth.map((jwk) => ({ jwk, until: until * 1000 }))
    return {
      members: new Map([...keys.members, ['jp-ccj', { entity, auth: [newest.publicJwk], former }]]),
    }
  }
  /** Beyond any clock's leeway. */
  const HOUR = 3600

  it('still counts for what it signed in its time, and the new one from then on', async () => {
    const newest = await makeSigner('ES256')
    const steps = story().map((step, seq) =>
      step.by === lead && seq > 6 ? { ...step, by: { ...lead, signer: newest.signer } } : step,
    )
    const chain = await verifyChain(await play(steps), { ...keys, ...replaced(NOW + 6, newest) })
    expect(chain.status.outcome).toBe('resolved')
    // Without the earlier admission nothing vouches for it.
    const without = replaced(NOW + 6, newest).members!
    const { former: _former, ...only } = without.get('jp-ccj')!
    const refusal = await refusalOf(await play(steps), { members: new Map([...without, ['jp-ccj', only]]) })
    expect([refusal.code, refusal.details.at]).toEqual(['unknown-key', 'events[2]'])
  })

  it('does not count after it was left out, nor does the hub date an event behind its predecessor', async () => {
    const over = replaced(NOW, await makeSigner('ES256'))
    /** Three events, each signed and come in so many seconds after the admission that left the key out. */
    const timed = async (...seconds: [number, number, number]) => {
      const steps = story().slice(0, 3)
      const views = await play(steps.map((step, i) => ({ ...step, iat: NOW + seconds[i]! })))
      return views.map((view, i) => ({ ...view, at: new Date((NOW + seconds[i]!) * 1000).toISOString() }))
    }
    expect((await verifyChain(await timed(-HOUR, -2, -1), { ...keys, ...over })).events).toHaveLength(3)
    // A machine's clock is off by seconds.
    expect((await verifyChain(await timed(-HOUR, -2, 1), { ...keys, ...over })).events).toHaveLength(3)
    const late = await refusalOf(await timed(-HOUR, -2, HOUR), over)
    expect([late.code, late.details.at]).toEqual(['unknown-key', 'events[2]'])
    expect(late.message).toContain(`no key of jp-ccj any more after ${new Date(NOW * 1000).toISOString()}`)
    const back = await refusalOf(await timed(-HOUR, HOUR, -1), over)
    expect([back.code, back.details.at]).toEqual(['bad-claims', 'events[2]'])
  })
})

describe('a re-routing', () => {
  const unreachable: CaseEvent = { type: 'undeliverable', member: 'jp-ccj' }
  const rerouted = (quote: string, over: object = {}) =>
    ({
      type: 'rerouted',
      quote,
      lead: 'th-dbd',
      partner: null,
      envelope: 'e'.repeat(64),
      ...over,
    }) as CaseEvent
  const steps = (event: CaseEvent): Step[] => [
    { by: hub, event: created() },
    { by: hub, event: unreachable },
    { by: consumer, event },
  ]
  const fresh = (over: object = {}, signer = hub.signer) => {
    const { claims } = scene
    const quote = { ...claims.quote, lead: 'th-dbd', partner: null, recipients: [], ...over }
    return signJws(signer, QUOTE_TYP, { ...claims, quote })
  }

  it('follows the fresh quote that the hub signed', async () => {
    const chain = await verifyChain(
      await play(steps(rerouted(await fresh({ flags: ['translation_required'] })))),
      keys,
    )
    expect(chain.status).toMatchObject({ lead: 'th-dbd', partner: null, revision: 2, translation: true })
  })

  it('is refused with any other quote', async () => {
    const cases: Record<string, CaseEvent> = {
      'no quote': rerouted('q'),
      'a stranger’s': rerouted(await fresh({}, stranger.signer)),
      'another case’s': rerouted(await fresh({ case: 'JP-00000-00000' })),
      'one to another lead': rerouted(await fresh({ lead: 'vn-vcc' })),
      'one to another partner': rerouted(await fresh(), { partner: 'th-ocpb' }),
      'one to no agency': rerouted(await fresh({ outcome: 'referral' })),
    }
    for (const [name, event] of Object.entries(cases)) {
      const refusal = await refusalOf(await play(steps(event)))
      expect([refusal.code, refusal.details.at], name).toEqual(['bad-quote', 'events[2]'])
    }
  })
})

describe('a chain is refused, naming the event,', () => {
  it.each<[string, string, (views: CaseEventView[]) => CaseEventView[] | Promise<CaseEventView[]>]>([
    ['when an event was left out', 'bad-claims', (v) => [...v.slice(0, 3), ...v.slice(4)]],
    ['when two events changed places', 'bad-claims', (v) => [...v.slice(0, 3), v[4]!, v[3]!]],
    ['when an event comes twice', 'bad-claims', (v) => [...v.slice(0, 3), v[2]!]],
    [
      'when its end was replaced by another chain’s',
      'bad-claims',
      async (v) => [...v.slice(0, 3), ...(await play(story())).slice(3)],
    ],
    [
      'when an event is not signed',
      'alg-not-allowed',
      (v) =>
        alter(v, 3, (jws) =>
          forge(jws, { header: '{"alg":"none","kid":"x","typ":"trustmark-case-event+jwt"}' }),
        ),
    ],
    [
      'when an event was altered',
      'bad-signature',
      (v) => alter(v, 3, (jws) => swapPayload(jws, '"shared"', '"message"'), 'message'),
    ],
    ['when an event is of another type of JWS', 'unknown-type', async (v) => alter(v, 3, await retyped())],
    ['when an event is no JWS', 'unsigned', (v) => alter(v, 3, () => 'x')],
    [
      'when it is shown as another’s',
      'bad-claims',
      (v) => v.map((e) => (e.seq === 3 ? { ...e, actor: 'partner' } : e)),
    ],
    [
      'when it is shown as another type',
      'bad-claims',
      (v) => v.map((e) => (e.seq === 3 ? { ...e, type: 'accepted' } : e)),
    ],
    [
      'when it is shown in another place',
      'bad-claims',
      (v) => v.map((e) => (e.seq === 3 ? { ...e, seq: 2 } : e)),
    ],
    [
      'when its text was erased',
      'payload-erased',
      (v) => v.map((e) => (e.seq === 3 ? { ...e, event: null } : e)),
    ],
  ])('%s', async (_name, code, bend) => {
    const refusal = await refusalOf(await bend(await play(story())))
    expect(refusal.code).toBe(code)
    expect(refusal.details.at).toBe('events[3]')
    expect(refusal.message).toMatch(/^Event 3: /)
  })

  it.each<[string, string, () => Partial<Step>]>([
    [
      'of a stranger’s key under the lead’s name',
      'unknown-key',
      () => ({ by: { ...lead, signer: stranger.signer } }),
    ],
    [
      'of the partner’s key under the lead’s name',
      'unknown-key',
      () => ({ by: { ...lead, signer: partner.signer } }),
    ],
    [
      'of the hub’s key under the lead’s name',
      'unknown-key',
      () => ({ by: { ...lead, signer: hub.signer } }),
    ],
    [
      'of a stranger’s key under the consumer’s name',
      'unknown-key',
      () => ({ by: { ...consumer, signer: stranger.signer } }),
    ],
    [
      'of a stranger’s key under the hub’s name',
      'unknown-key',
      () => ({ by: { ...hub, signer: stranger.signer } }),
    ],
    [
      'of a member that only gets a copy',
      'unknown-issuer',
      () => ({ by: { ...lead, iss: formatEntityId(ORIGIN, 'th-dbd') } }),
    ],
    ['of a stranger', 'unknown-issuer', () => ({ by: { ...lead, iss: 'https://stranger.example' } })],
    [
      'of another case’s consumer',
      'unknown-issuer',
      () => ({ by: { ...consumer, iss: formatCaseId(ORIGIN, 'JP-00000-00000') } }),
    ],
    ['that the partner may not send', 'event-not-allowed', () => ({ by: partner })],
    ['that the consumer may not send', 'event-not-allowed', () => ({ by: consumer })],
    ['that the hub may not send', 'event-not-allowed', () => ({ by: hub })],
    ['that the secretariat may not send', 'event-not-allowed', () => ({ by: operator })],
    [
      'that can not come now',
      'event-not-allowed',
      () => ({ event: { type: 'offer_made', performed: true } }),
    ],
    ['that opens it again', 'bad-claims', () => ({ by: hub, event: created() })],
    ['of another case', 'bad-claims', () => ({ ref: 'JP-00000-00000' })],
    ['of another alliance', 'wrong-audience', () => ({ aud: 'https://other.example/alliance' })],
    ['with a number of its own', 'bad-claims', () => ({ seq: 7 })],
    ['that follows nothing', 'bad-claims', () => ({ prev: null })],
    ['that follows something else', 'bad-claims', () => ({ prev: 'f'.repeat(64) })],
  ])('for an event %s', async (_name, code, over) => {
    const step: Step = { ...story()[3]!, ...over() }
    const refusal = await refusalOf(await play([...story().slice(0, 3), step]))
    expect(refusal.code).toBe(code)
    expect(refusal.details.at).toBe('events[3]')
  })

  it('when an event was signed anew with the twin of its signature', async () => {
    const views = await play(story())
    // The twin verifies as well; the next event's prev tells them apart.
    const refusal = await refusalOf(alter(views, 3, twinOf))
    expect(refusal.details.at).toBe('events[4]')
  })

  it('when the hub leaves the consumer’s key out, or puts another in its place', async () => {
    const left = await refusalOf(await play([{ by: hub, event: created({ consumer: undefined }) }]))
    expect([left.code, left.details.at]).toEqual(['bad-claims', 'events[0]'])
    expect(left.message).toContain('case.event.consumer')
    const forged = story().map((step) =>
      step.by === consumer ? { ...step, by: { ...consumer, signer: other.signer } } : step,
    )
    const views = await play([{ by: hub, event: created({ consumer: other.keys.sign }) }, ...forged.slice(1)])
    const swapped = await refusalOf(views)
    expect(swapped.code).toBe('bad-claims')
    expect(swapped.message).toContain('consumer’s key')
  })

  it('when it is another case than was asked for, or another hub', async () => {
    const views = await play(story())
    expect((await refusalOf(views, { case: 'JP-00000-00000' })).code).toBe('bad-claims')
    expect((await refusalOf(views, { origin: 'https://other.example' })).code).toBe('wrong-audience')
    expect((await refusalOf(views, { hub: [] })).code).toBe('unknown-key')
    expect((await refusalOf(views, { members: new Map() })).code).toBe('unknown-issuer')
  })
})

function alter(
  views: CaseEventView[],
  seq: number,
  change: (jws: string) => string,
  type?: CaseEventView['type'],
): CaseEventView[] {
  return views.map((view) =>
    view.seq === seq ? { ...view, event: change(view.event!), type: type ?? view.type } : view,
  )
}

function swapPayload(jws: string, from: string, to: string): string {
  const payload = Buffer.from(jws.split('.')[1]!, 'base64url').toString()
  return forge(jws, { payload: payload.replace(from, to) })
}

/** The lead signed something else of the same content. */
async function retyped(): Promise<(jws: string) => string> {
  const receipt = await signJws(lead.signer, 'trustmark-case-receipt+jwt', { iss: lead.iss })
  return () => receipt
}
