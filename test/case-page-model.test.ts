/** What the consumer's page says of a case: every state, event and fault in every language, and the field for her secret. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageName } from '../src/alliance/language-name.js'
import { inLanguage, LANGUAGES, type Language, pickText } from '../src/alliance/text.js'
import { disputeAgencies, type PageAgency } from '../src/browser/case/agencies.js'
import {
  describeComplaint,
  exportFile,
  exportJson,
  exportText,
  filesOf,
  roomOf,
} from '../src/browser/case/export-case.js'
import { describeFault } from '../src/browser/case/faults.js'
import type { OpenCase } from '../src/browser/case/open-case.js'
import { countSecret, groupSecret } from '../src/browser/case/secret-field.js'
import { describeStatus } from '../src/browser/case/status.js'
import {
  describeSteps,
  gaveIdentity,
  lastOffer,
  missingMessage,
  offerDates,
  openQuestion,
  type ReadEvent,
} from '../src/browser/case/timeline.js'
import { explainRoute } from '../src/browser/case/why.js'
import { createWords, type Words } from '../src/browser/case/words.js'
import { createFormats } from '../src/browser/kit/formats.js'
import { HubError } from '../src/browser/kit/hub-error.js'
import type { CaseEvent } from '../src/dispute/case-event.js'
import { createCaseSecret, formatCaseSecret, readCaseSecret } from '../src/dispute/case-reference.js'
import { CASE_STATES } from '../src/dispute/case-state.js'
import type { CaseView } from '../src/dispute/case-view.js'
import type { QuoteClaims } from '../src/dispute/envelope.js'
import { MAX_ATTACHMENTS_BYTES, type MessagePayload } from '../src/dispute/payload.js'
import { REASON_TEXTS, reasonWords } from '../src/dispute/routing/reason-text.js'
import { tellReason, tellReasons } from '../src/dispute/routing/tell-reasons.js'
import { SealError } from '../src/dispute/sealed/seal-error.js'
import { caseTexts } from '../src/dispute/texts/case-texts.js'
import { TEXTS } from '../src/pages/languages/texts.js'
import { readDefinition } from './hub-fixture.js'

const agencies: PageAgency[] = ['jp-ccj', 'th-ocpb', 'vn-vcc', 'th-dbd'].map((id) => {
  const { name, shortName, country, languages, roles } = readDefinition(id)
  return {
    id,
    entity: `https://hub.example/members/${id}`,
    name,
    shortName,
    country,
    languages,
    channels: [],
    disputes: roles.includes('disputes'),
  }
})

function words(lang: Language): Words {
  return createWords(
    {
      lang,
      texts: TEXTS[lang].case,
      labels: caseTexts(lang),
      rules: inLanguage(REASON_TEXTS, lang),
      agencies,
    },
    'Asia/Tokyo',
  )
}

const META = {
  kind: 'complaint',
  relation: 'B2C',
  consumerCountry: 'JP',
  merchantCountry: 'TH',
  markShown: null,
  record: 'th-dbd:V-1',
  marketplace: null,
  claimType: 'non_delivery',
  amountBand: 1,
  currency: 'THB',
  lang: 'ja',
  contactedMerchant: true,
  otherProceedings: false,
  minor: false,
} as const

const VIEW = {
  case: 'JP-7Q4K9-MXW2C',
  role: 'consumer',
  phase: 'open',
  state: 'shared',
  outcome: null,
  assumed: false,
  rating: null,
  meta: META,
  quote: 'q',
  filedAt: '2026-11-22T03:00:00.000Z',
  revision: 1,
  lead: 'jp-ccj',
  partner: 'th-ocpb',
  cc: ['th-dbd'],
  shared: true,
  owner: 'partner',
  since: '2026-11-22T16:00:00.000Z',
  due: '2026-12-08',
  late: false,
  parked: false,
  deliveries: [
    {
      member: 'jp-ccj',
      role: 'lead',
      state: 'receipted',
      attempts: 1,
      receiptedAt: '2026-11-22T04:00:00.000Z',
    },
    { member: 'th-ocpb', role: 'partner', state: 'pending', attempts: 0, receiptedAt: null },
  ],
  events: [],
  head: 'h',
  actions: ['message', 'withdrawn'],
  attachments: [],
  consumer: { sign: {}, enc: {} },
  envelope: null,
  envelopeSha256: 'e',
  erasesOn: null,
} as unknown as CaseView

const QUOTE = {
  quote: {
    case: 'JP-7Q4K9-MXW2C',
    meta: META,
    outcome: 'case',
    lead: 'jp-ccj',
    partner: 'th-ocpb',
    cc: ['th-dbd'],
    referrals: [],
    gates: [],
    rules: ['R20', 'R24', 'R41', 'R60', 'A1', 'R21', 'unknown-rule'],
    reasons: [
      { rule: 'R20', params: { lead: { members: ['jp-ccj'] }, partner: { members: ['th-ocpb'] } } },
      { rule: 'R24', params: { issuer: { members: ['th-dbd'] } } },
      { rule: 'R41', params: { market: { members: ['vn-vcc'] } } },
      {
        rule: 'R60',
        params: {
          lead: { members: ['jp-ccj'] },
          partner: { members: ['th-ocpb'] },
          leadLanguages: { languages: ['ja'] },
          partnerLanguages: { languages: ['th', 'en'] },
        },
      },
      { rule: 'A1', params: { assumed: { members: ['th-ocpb'] } } },
      { rule: 'R21', params: { lead: { members: ['jp-ccj'] } } },
    ],
    flags: ['assumption'],
    rulesetVersion: '2026-11-22',
    recipients: [],
    logSize: 1,
    work: { bits: 0, puzzles: 1 },
  },
} as unknown as QuoteClaims

const at = (seq: number, event: CaseEvent, over: Partial<ReadEvent> = {}): ReadEvent => ({
  seq,
  at: '2026-11-22T03:00:00.000Z',
  type: event.type,
  actor: 'lead',
  member: 'jp-ccj',
  event,
  message: null,
  ...over,
})

const KEY = {
  id: 'a'.repeat(22),
  name: '写真.jpg',
  type: 'image/jpeg',
  bytes: 2048,
  key: 'k'.repeat(43),
  sha256: 'a'.repeat(64),
} as const

const OFFER: MessagePayload = {
  v: 1,
  texts: [
    { lang: 'ja', text: '全額返金します。', made: 'machine' },
    { lang: 'th', text: 'คืนเงินเต็มจำนวน', made: 'original' },
  ],
  offer: { remedy: 'refund', amount: { amount: '1290.00', currency: 'THB' }, until: '2026-12-20' },
  attachments: [KEY],
}

const OPEN = {
  ref: VIEW.case,
  view: VIEW,
  quote: QUOTE,
  trust: { kind: 'checked' },
  events: [
    at(
      0,
      { type: 'created', envelope: 'e', lead: 'jp-ccj', partner: 'th-ocpb', cc: [] } as unknown as CaseEvent,
      {
        actor: 'hub',
        member: null,
      },
    ),
    at(1, { type: 'offer_made', performed: true }, { message: OFFER }),
  ],
  content: {
    complaint: {
      v: 1,
      shop: { name: 'Somjai Silk', url: 'https://somjai-silk.example' },
      transaction: { orderNo: 'A-1', date: '2026-10-01', paid: { amount: '1290.00', currency: 'THB' } },
      contacted: { channel: 'email', result: 'no_answer' },
      remedy: { sought: ['refund', 'apology'] },
      story: { lang: 'ja', text: '届きません。', made: 'original' },
      attachments: [KEY],
      conveyIdentity: false,
    },
    identity: { v: 1, name: '山田花子', email: 'hanako@example.jp' },
  },
} as unknown as OpenCase

/** A text in which something was not filled in. */
const GAP = /\{\w+\}|undefined|NaN|\[object/

describe('the field for the secret', () => {
  it('groups digits as they are typed, with the caret where it was', () => {
    expect(groupSecret('12345', 5)).toEqual({ text: '1234 5', caret: 6 })
    expect(groupSecret('1234', 4)).toEqual({ text: '1234', caret: 4 })
    expect(groupSecret('12934 5678', 3)).toEqual({ text: '1293 4567 8', caret: 3 })
    expect(groupSecret('1234-5678-', 10)).toEqual({ text: '1234 5678', caret: 9 })
  })

  it('takes Thai and fullwidth digits, as their keyboards give them', () => {
    expect(groupSecret('๑๒๓๔๕', 5).text).toBe('๑๒๓๔ ๕')
    expect(groupSecret('１２３４５', 5).text).toBe('１２３４ ５')
    expect(countSecret('๑๒๓４ 5')).toEqual({ digits: 5, other: false, complete: false })
  })

  it('leaves alone what is no secret, and says so', () => {
    expect(groupSecret('1234a5678', 9)).toEqual({ text: '1234a5678', caret: 9 })
    expect(countSecret('1234 O678').other).toBe(true)
  })

  it('never changes the digits, whatever is typed and wherever the caret stands', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789๐๙０９ -'), maxLength: 40 })
    fc.assert(
      fc.property(typed, fc.nat(40), (text, caret) => {
        const grouped = groupSecret(text, Math.min(caret, text.length))
        const bare = (value: string) => value.replaceAll(/[\s-]/g, '')
        expect(bare(grouped.text)).toBe(bare(text))
        expect(bare(grouped.text.slice(0, grouped.caret))).toBe(
          bare(text.slice(0, Math.min(caret, text.length))),
        )
        expect(groupSecret(grouped.text, grouped.caret)).toEqual(grouped)
      }),
    )
  })

  it('shows a pasted secret as it was shown when it was made', () => {
    const secret = createCaseSecret()
    const shown = formatCaseSecret(secret)
    expect(groupSecret(secret, 24).text).toBe(shown)
    expect(countSecret(shown).complete).toBe(true)
    expect(readCaseSecret(shown)).toBe(secret)
  })
})

describe.each(LANGUAGES)('in %s', (lang) => {
  const own = words(lang)

  it('says of every state what it is, without a gap', () => {
    for (const state of CASE_STATES) {
      const closed = state === 'closed' || state === 'archived'
      const view = {
        ...VIEW,
        state,
        phase: closed ? 'closed' : 'open',
        outcome: closed ? 'resolved' : null,
        assumed: closed,
        late: true,
        parked: true,
        erasesOn: '2027-02-20',
        ...(state === 'unrouted' && { lead: null, partner: null, due: null }),
      } as CaseView
      const status = describeStatus(view, QUOTE, own)
      const text = JSON.stringify(status)
      expect(text, state).not.toMatch(GAP)
      expect(status.title).not.toBe('')
      expect(status.alerts).toHaveLength(2)
    }
  })

  it('says of every event what happened, without a gap', () => {
    const steps = describeSteps(
      [
        at(0, { type: 'partner_declined', reason: 'no_jurisdiction' }),
        at(1, { type: 'transferred', to: 'vn-vcc', reason: 'other', envelope: 'e' }),
        at(2, { type: 'info_requested', asks: ['photographs', 'identity'] }),
        at(3, { type: 'merchant_responded', result: 'offers' }, { message: OFFER }),
        at(4, { type: 'offer_answered', accept: false }, { actor: 'consumer', member: null }),
        at(5, { type: 'outcome_rated', rating: 'resolved' }, { actor: 'consumer', member: null }),
        at(6, { type: 'rerouted', quote: 'q', lead: 'jp-ccj', partner: 'th-ocpb', envelope: 'e' }),
        at(7, { type: 'closed', outcome: 'merchant_silent' }, { message: 'unreadable' }),
        at(8, { type: 'assigned', to: 'th-ocpb' }, { actor: 'secretariat', member: null }),
        at(9, { type: 'delivered', member: 'jp-ccj', receipt: 'r' }, { actor: 'hub', member: null }),
        at(10, { type: 'extended', days: 7, reason: 'merchant_asked_for_time' }),
        at(11, { type: 'offer_made', performed: false }, { message: OFFER }),
        at(12, { type: 'offer_made', performed: true }, { message: OFFER }),
      ],
      own,
    )
    expect(steps.map(({ seq }) => seq)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    expect(JSON.stringify(steps)).not.toMatch(GAP)
    expect(steps.every(({ title, who }) => title !== '' && who !== '')).toBe(true)
    const [performed, made, longer] = steps
    expect(performed?.facts).toContain(own.t.timeline.performed)
    expect(made?.facts).toContain(own.t.timeline.notPerformed)
    expect(longer?.facts.join()).toContain(own.labels.extensionReasons.merchant_asked_for_time)
    expect(longer?.facts.join()).toContain('7')
    expect(steps[12]?.facts.join()).toContain(own.labels.declineReasons.no_jurisdiction)
    expect(steps[5]?.note).toBe(own.t.timeline.unreadable)
  })

  it('exports a text that holds the original, its translation, and who made it', () => {
    const text = exportText(OPEN, own)
    expect(text).not.toMatch(GAP)
    for (const part of [
      'JP-7Q4K9-MXW2C',
      '全額返金します。',
      'คืนเงินเต็มจำนวน',
      own.t.timeline.machine,
      '届きません。',
      '写真.jpg',
      '山田花子',
    ])
      expect(text).toContain(part)
  })

  it('explains the route by the rules of its quote, and leaves out what it can not say whole', () => {
    const why = explainRoute(QUOTE, own)
    expect(why).toHaveLength(5)
    expect(why.join()).not.toMatch(GAP)
    const named = (id: string) => pickText(agencies.find((one) => one.id === id)!.shortName, lang).text
    expect(why[2]).toContain(named('vn-vcc'))
    expect(why[2]).not.toContain(named('th-dbd'))
    expect(why[4]).toContain(named('th-ocpb'))
    expect(why[4]).not.toContain(named('jp-ccj'))
    const words = reasonWords(lang, (id) => agencies.find((one) => one.id === id))
    expect(why).toEqual(tellReasons(QUOTE, words).flatMap(({ text }) => text ?? []))
  })

  it('tells faults apart', () => {
    const { t } = own
    expect(describeFault(new HubError('case-unknown', { status: 404 }), own)).toBe(t.faults.unknown)
    expect(describeFault(new HubError('offline'), own)).toBe(t.faults.network)
    expect(describeFault(new HubError('too-many-requests', { status: 429 }), own)).toBe(t.faults.busy)
    expect(describeFault(new HubError('case-moved-on', { status: 409 }), own)).toBe(t.faults.moved)
    expect(describeFault(new SealError('wrong-secret', 'x'), own)).toBe(t.faults.keys)
    expect(describeFault(new HubError('bad-envelope', { status: 422, detail: 'why' }), own)).toContain('why')
    expect(describeFault(new TypeError('odd'), own)).toContain('odd')
  })

  it('writes days, sizes and amounts as its readers do', () => {
    const format = createFormats(lang, 'Asia/Tokyo')
    expect(format.day('2026-12-08')).toContain(lang === 'th' ? '2569' : '2026')
    // 16:00 UTC is the next day in Tokyo.
    expect(format.time('2026-11-22T16:00:00.000Z')).toContain('23')
    expect(format.time('2026-11-22T16:00:00.000Z')).toContain('01:00')
    expect(format.money({ amount: '1290.00', currency: 'THB' })).toMatch(/290[.,]00 THB$/)
    expect(format.size(2048)).toBe('2 kB')
    expect(format.size(1)).toBe('1 kB')
    expect(format.size(3 * 1024 * 1024)).toBe('3 MB')
  })

  it('has a text for everything that the English page says, with the same names to fill in', () => {
    const flatten = (value: unknown, path = ''): [string, string][] =>
      typeof value === 'string'
        ? [[path, value]]
        : Object.entries(value as object).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    const english = new Map(flatten(TEXTS.en.case))
    const texts = flatten(TEXTS[lang].case)
    expect(texts.map(([path]) => path)).toEqual([...english.keys()])
    for (const [path, text] of texts) {
      expect(text.trim(), path).not.toBe('')
      expect(names(text), path).toEqual(names(english.get(path) ?? ''))
    }
  })
})

describe('what waits for her', () => {
  const asked = at(3, { type: 'info_requested', asks: ['photographs'] })

  it('is the newest question, until she answers it', () => {
    const given = at(4, { type: 'info_given' }, { actor: 'consumer', member: null })
    const again = at(5, { type: 'info_requested', asks: ['order_number'] })
    expect(openQuestion([asked])).toBe(asked)
    expect(openQuestion([asked, given])).toBeUndefined()
    expect(openQuestion([asked, given, again])).toBe(again)
  })

  it('is the newest offer', () => {
    const first = at(1, { type: 'offer_made', performed: true })
    const second = at(5, { type: 'offer_made', performed: true })
    expect(lastOffer([first, asked, second])).toBe(second)
    expect(lastOffer([asked])).toBeUndefined()
  })

  it('is no consent any more once she gave it, and only she can give it', () => {
    const message: MessagePayload = { v: 1, texts: [], identity: { v: 1, name: '山田花子' } }
    expect(gaveIdentity([at(1, { type: 'message' }, { message })])).toBe(false)
    expect(gaveIdentity([at(1, { type: 'message' }, { actor: 'consumer', member: null, message })])).toBe(
      true,
    )
  })
})

describe('who has the case', () => {
  const lineOf = (view: Partial<CaseView>) => {
    const own = words('en')
    const status = describeStatus({ ...VIEW, ...view } as CaseView, QUOTE, own)
    return status.lines.find(({ term }) => term === own.t.status.who)?.text
  }

  it('is the partner only while it is its turn or the shop’s', () => {
    expect(lineOf({ owner: 'partner' })).toBe('Office of the Consumer Protection Board (Thailand)')
    expect(lineOf({ owner: 'merchant' })).toContain('Consumer Protection Board')
    expect(lineOf({ owner: 'consumer' })).toContain('National Consumer Affairs Center')
    expect(lineOf({ owner: 'merchant', shared: false })).toContain('National Consumer Affairs Center')
    expect(lineOf({ lead: null, partner: null })).toBe(words('en').t.status.nobody)
  })
})

describe('the name of a language', () => {
  it('is no country’s in Thai, and goes on in lower case in Vietnamese', () => {
    const names = (lang: Language, place: 'sentence' | 'alone') =>
      languageName(new Intl.DisplayNames(lang, { type: 'language' }).of('ja') ?? '', lang, place)
    expect(names('th', 'sentence')).toBe('ภาษาญี่ปุ่น')
    expect(names('vi', 'sentence')).toBe('tiếng Nhật')
    expect(names('vi', 'alone')).toBe('Tiếng Nhật')
    expect([names('en', 'sentence'), names('ja', 'alone')]).toEqual(['Japanese', '日本語'])
    expect(languageName('ภาษาไทย', 'th', 'alone')).toBe('ภาษาไทย')
    const reason = {
      rule: 'R61',
      params: { lead: { members: ['jp-ccj'] }, leadLanguages: { languages: ['ja'] } },
    }
    expect(
      tellReason(
        reason,
        reasonWords('th', () => undefined),
      ),
    ).toContain('ภาษาญี่ปุ่น')
    expect(
      tellReason(
        reason,
        reasonWords('vi', () => undefined),
      ),
    ).toContain('(tiếng Nhật)')
  })
})

describe('the Japanese pages', () => {
  it('call a complaint 苦情 and a case 案件, from the button to its target', () => {
    expect(JSON.stringify([TEXTS.ja.case, caseTexts('ja'), TEXTS.ja.complaint])).not.toContain('申し出')
    expect(TEXTS.ja.complaint.done.open).toBe(TEXTS.ja.case.gate.open)
  })
})

describe('what the partner got', () => {
  const jws = (event: object) =>
    `x.${Buffer.from(JSON.stringify({ case: { event } })).toString('base64url')}.x`
  const told = (type: string, actor: string, event: object = {}) => ({
    seq: 0,
    at: '2026-11-25T03:00:00.000Z',
    type,
    actor,
    event: jws({ type, ...event }),
    message: null,
  })
  const created = told('created', 'hub', { partner: 'th-ocpb' })
  const readersOf = (lang: Language, events: object[], view: Partial<CaseView> = {}) =>
    describeStatus({ ...VIEW, shared: false, events, ...view } as CaseView, QUOTE, words(lang)).readers.join()

  it.each(LANGUAGES)('is not denied once it declined (%s)', (lang) => {
    const { t, format } = words(lang)
    const declined = [created, told('shared', 'lead'), told('partner_declined', 'partner')]
    const day = format.day('2026-11-25T03:00:00.000Z')
    expect(readersOf(lang, declined)).toContain(t.status.partnerDeclined.replace('{day}', day))
    expect(readersOf(lang, declined)).not.toContain(t.status.partnerWaits)
    const passedOn = [created, told('shared', 'lead'), told('transferred', 'lead', { to: 'vn-vcc' })]
    expect(readersOf(lang, passedOn)).toContain(t.status.partnerHad.replace('{day}', day))
    expect(readersOf(lang, declined, { shared: true })).toContain(t.status.partnerReads)
    expect(readersOf(lang, declined)).not.toMatch(GAP)
  })

  it('is nothing before it was shared, where it never signed for it, and for a new partner', () => {
    const waits = words('en').t.status.partnerWaits
    expect(readersOf('en', [created])).toContain(waits)
    const silent = [
      created,
      told('shared', 'lead'),
      told('undeliverable', 'hub', { member: 'th-ocpb' }),
      told('partner_declined', 'hub'),
    ]
    expect(readersOf('en', silent)).toContain(waits)
    const other = [
      told('created', 'hub', { partner: 'vn-vcc' }),
      told('shared', 'lead'),
      told('rerouted', 'consumer', { partner: 'th-ocpb' }),
    ]
    expect(readersOf('en', other)).toContain(waits)
  })
})

describe('a message that the hub does not give her', () => {
  it.each(LANGUAGES)('is named as one between the agencies, without a warning (%s)', (lang) => {
    const own = words(lang)
    const [step] = describeSteps([at(1, { type: 'shared' }, { message: 'between' })], own)
    expect(step?.facts).toEqual([own.t.timeline.notForYou])
    expect(step?.note).toBeNull()
  })

  it('is a failure where it spoke to her, or was her own', () => {
    expect(missingMessage({ actor: 'lead', type: 'shared' })).toBe('between')
    expect(missingMessage({ actor: 'partner', type: 'message' })).toBe('between')
    expect(missingMessage({ actor: 'lead', type: 'offer_made' })).toBe('unreadable')
    expect(missingMessage({ actor: 'partner', type: 'info_requested' })).toBe('unreadable')
    expect(missingMessage({ actor: 'consumer', type: 'message' })).toBe('unreadable')
  })
})

describe('until when an offer can be answered', () => {
  it.each(LANGUAGES)('names both days where the shop stands by it for a shorter time (%s)', (lang) => {
    const own = words(lang)
    const [due, until] = ['2026-12-20', '2026-12-10']
    for (const day of [due, until]) expect(offerDates(own, due, until)).toContain(own.format.day(day))
    for (const later of [undefined, due, '2026-12-31']) {
      const text = offerDates(own, due, later)
      expect(text).toBe(own.t.offer.untilDue.replace('{due}', own.format.day(due)))
    }
  })
})

describe('her own copy', () => {
  it('is a JSON in which the signed events and the files lie, but no key', () => {
    const files = filesOf(OPEN).map((key, i) => exportFile(key, i === 0 ? new Uint8Array([1, 2]) : undefined))
    const json = exportJson(OPEN, files, '2026-11-23T00:00:00.000Z')
    const read = JSON.parse(json)
    expect(read.files).toEqual([
      { name: '写真.jpg', type: 'image/jpeg', data: 'AQI' },
      { name: '写真.jpg', type: 'image/jpeg', data: null },
    ])
    expect(read.complaint.story.text).toBe('届きません。')
    expect(read.events[1].message.offer.remedy).toBe('refund')
    expect(json).not.toContain(KEY.key)
  })

  it('leaves room for the files that she may still bring', () => {
    expect(roomOf(OPEN)).toEqual({ count: 9, bytes: MAX_ATTACHMENTS_BYTES - KEY.bytes })
  })

  it('names the language of the words that she wrote', () => {
    const lines = describeComplaint(OPEN, words('th'))
    expect(lines.find(({ text }) => text === '届きません。')?.lang).toBe('ja')
  })
})

describe('the agencies', () => {
  it('are those that handle complaints, the reader’s own country first', () => {
    const { home, others } = disputeAgencies(agencies, 'TH')
    expect(home.map(({ id }) => id)).toEqual(['th-ocpb'])
    expect(others.map(({ id }) => id)).toEqual(['jp-ccj', 'vn-vcc'])
  })
})
