/** Due dates over frozen clocks and real holiday calendars of Japan, Thailand and Viet Nam. */
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addWorkingDays,
  countWorkingDays,
  isWorkingDay,
  type WorkCalendar,
  workCalendar,
} from '../src/dispute/calendar.js'
import type { Actor, CaseEvent } from '../src/dispute/case-event.js'
import type { CaseStatus } from '../src/dispute/case-state.js'
import { caseDay, clockOf, erasureOf, isClockOver, isVeryLate, moveClock } from '../src/dispute/deadlines.js'
import { PUBLIC_HOLIDAYS } from '../src/dispute/holidays/public-holidays.js'
import { applyEvent, openCase } from '../src/dispute/transition.js'

const week = { weekend: [6, 7], holidays: null }
const CCJ = workCalendar({
  country: 'JP',
  calendar: {
    ...week,
    timeZone: 'Asia/Tokyo',
    closures: [{ from: '12-29', until: '01-03', source: 'J9' }],
  },
})
const OCPB = workCalendar({ country: 'TH', calendar: { ...week, timeZone: 'Asia/Bangkok' } })
const VCC = workCalendar({ country: 'VN', calendar: { ...week, timeZone: 'Asia/Ho_Chi_Minh' } })
const calendars = new Map([
  ['jp-ccj', CCJ],
  ['th-ocpb', OCPB],
  ['vn-vcc', VCC],
])

/** A case in a state, led by one member with another as partner. */
function inState(state: CaseStatus['state'], change: Partial<CaseStatus> = {}): CaseStatus {
  const opened = openCase({
    type: 'created',
    envelope: 'a'.repeat(64),
    lead: 'jp-ccj',
    partner: 'th-ocpb',
    cc: [],
    quote: 'b'.repeat(64),
    consumer: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k' },
  })
  return { ...opened, state, ...change }
}
/** Noon in Bangkok and two in the afternoon in Tokyo, so that all agree on the day. */
const on = (day: string) => ({ at: Date.parse(`${day}T05:00:00Z`) })
const dueOf = (status: CaseStatus, day: string) => clockOf(status, on(day), calendars).due

describe('public holidays', () => {
  it('are those that the kept-up library knows today, with the corrections beside it', () => {
    // Exits with 1, which throws, when the file is stale.
    execFileSync(process.execPath, ['scripts/holidays.mjs', '--check'])
  })

  it('agree with the lists of the three governments where the library alone does not', () => {
    const has = (country: string, ...days: string[]) =>
      expect(days.filter((day) => !PUBLIC_HOLIDAYS[country]?.includes(day))).toEqual([])
    // A day between two holidays; an equinox on a Sunday.
    has('JP', '2026-09-22', '2027-03-22')
    // Makha and Visakha Bucha by the Thai lunar calendar; days in lieu of a Sunday and of a Saturday.
    has('TH', '2026-03-03', '2026-06-01', '2026-12-07', '2027-02-22', '2027-05-20')
    // Tet from the last day of the old year, with both days of its weekend made good; the new Culture Day.
    has('VN', '2027-02-05', '2027-02-09', '2027-02-10', '2027-02-11', '2026-11-24', '2026-04-27')
    expect(PUBLIC_HOLIDAYS.VN).not.toContain('2027-02-12')
    expect(PUBLIC_HOLIDAYS.TH).not.toContain('2027-04-16')
  })

  it('give one day for a row of holidays in Thailand, and one for each in Viet Nam', () => {
    // Songkran 2029 runs from Friday to Sunday.
    expect(PUBLIC_HOLIDAYS.TH).toContain('2029-04-16')
    expect(PUBLIC_HOLIDAYS.TH).not.toContain('2029-04-17')
    // 30 April and 1 May 2033 are beyond the list; in 2028 they are a Sunday and a Monday.
    expect(PUBLIC_HOLIDAYS.VN).toContain('2028-05-02')
  })
})

describe('working days', () => {
  it('leave out weekends, holidays and the closures that run over the end of the year', () => {
    for (const day of ['2026-11-22', '2026-11-23', '2026-12-29', '2027-01-03'])
      expect(isWorkingDay(day, CCJ)).toBe(false)
    for (const day of ['2026-11-24', '2026-12-28', '2027-01-04']) expect(isWorkingDay(day, CCJ)).toBe(true)
  })

  it("follow a member's own list where it has one, even an empty one", () => {
    const stated = (holidays: string[] | null, country = 'JP') =>
      workCalendar({ country, calendar: { timeZone: 'Asia/Tokyo', weekend: [6, 7], holidays } })
    expect(isWorkingDay('2026-11-23', stated(null))).toBe(false)
    expect(isWorkingDay('2026-11-23', stated([]))).toBe(true)
    expect(isWorkingDay('2026-11-24', stated(['2026-11-24']))).toBe(false)
    expect(isWorkingDay('2026-11-23', stated(null, 'FR'))).toBe(true)
  })

  it('end even on a calendar without any', () => {
    const never: WorkCalendar = { ...CCJ, weekend: [1, 2, 3, 4, 5, 6, 7] }
    expect(addWorkingDays('2026-11-24', 3, never)).toBe('2026-11-27')
  })

  it('count back what was counted forward', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(CCJ, OCPB, VCC),
        fc.nat({ max: 1500 }),
        fc.integer({ min: 1, max: 30 }),
        (calendar, offset, days) => {
          const from = addDays('2026-01-01', offset)
          const due = addWorkingDays(from, days, calendar)
          expect(countWorkingDays(from, due, calendar)).toBe(days)
          expect(isWorkingDay(due, calendar)).toBe(true)
          expect(addWorkingDays(addDays(from, 1), days, calendar) >= due).toBe(true)
        },
      ),
    )
  })
})

describe('the clock of a state', () => {
  it("gives the lead five of its own working days: over Silver Week, over CCJ's New Year", () => {
    expect(dueOf(inState('in_triage'), '2026-09-17')).toBe('2026-09-29')
    expect(dueOf(inState('in_triage'), '2026-12-25')).toBe('2027-01-07')
    expect(dueOf(inState('in_triage', { lead: 'th-ocpb' }), '2026-12-03')).toBe('2026-12-14')
  })

  it('gives a Vietnamese partner ten working days over Tet', () => {
    expect(dueOf(inState('shared', { partner: 'vn-vcc' }), '2027-02-01')).toBe('2027-02-22')
  })

  it('gives a Thai merchant ten working days over Songkran, and five more from the second notice', () => {
    expect(dueOf(inState('merchant_notified', { notices: 1 }), '2027-04-08')).toBe('2027-04-27')
    expect(dueOf(inState('merchant_notified', { notices: 2 }), '2027-04-27')).toBe('2027-05-05')
    // Reached by the lead it runs on the lead's calendar, over Golden Week.
    expect(dueOf(inState('merchant_notified', { notices: 1, reaches: 'lead' }), '2027-04-27')).toBe(
      '2027-05-17',
    )
  })

  it('gives the consumer twenty calendar days, moved forward from a day on which the lead is closed', () => {
    expect(dueOf(inState('needs_info'), '2026-11-24')).toBe('2026-12-14')
    expect(dueOf(inState('offer'), '2026-12-10')).toBe('2027-01-04')
  })

  it('gives whoever reaches the merchant five of its own working days for the second notice', () => {
    const due = (reaches: 'lead' | 'partner') =>
      clockOf(inState('second_notice_due', { notices: 1, reaches }), on('2027-04-27'), calendars)
    expect(due('partner')).toMatchObject({ owner: 'partner', due: '2027-05-05' })
    expect(due('lead')).toMatchObject({ owner: 'lead', due: '2027-05-10' })
  })

  it('is longer by the days of an extension while that negotiation lasts', () => {
    expect(dueOf(inState('negotiation'), '2026-11-24')).toBe('2026-12-04')
    expect(dueOf(inState('negotiation', { extension: 10 }), '2026-11-24')).toBe('2026-12-14')
    expect(dueOf(inState('negotiation', { extension: 0 }), '2026-11-24')).toBe('2026-12-04')
    expect(dueOf(inState('merchant_silent', { extension: 10 }), '2026-11-24')).toBe(
      dueOf(inState('merchant_silent'), '2026-11-24'),
    )
  })

  it('is no longer for a consumer whose language the lead does not work in', () => {
    const created = {
      type: 'created',
      envelope: 'a'.repeat(64),
      lead: 'jp-ccj',
      partner: 'th-ocpb',
      cc: [] as string[],
      quote: 'b'.repeat(64),
      consumer: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k' },
    } as const
    expect(openCase(created, ['consumer_translation']).translation).toBe(false)
    expect(openCase(created, ['consumer_translation', 'translation_required']).translation).toBe(true)
  })

  it('is longer between agencies without a common language, and only there', () => {
    const due = (state: CaseStatus['state'], translation: boolean) =>
      dueOf(inState(state, { translation, notices: 1 }), '2026-11-02')
    for (const state of ['shared', 'with_partner', 'merchant_notified', 'second_notice_due'] as const)
      expect(countWorkingDays(due(state, false) ?? '', due(state, true) ?? '', OCPB)).toBe(5)
    for (const state of ['in_triage', 'needs_info', 'offer', 'partner_declined'] as const)
      expect(due(state, true)).toBe(due(state, false))
    // A lead that writes to the shop itself shares its clock with nobody.
    const alone = (translation: boolean) =>
      dueOf(inState('merchant_notified', { translation, notices: 1, reaches: 'lead' }), '2026-11-02')
    expect(alone(true)).toBe(alone(false))
  })

  it("starts on the owner's own day: past midnight in Tokyo it is still yesterday in UTC", () => {
    // 18:00 UTC on Sunday 22 November is Monday the 23rd, a holiday, in Tokyo.
    const since = { at: Date.parse('2026-11-22T18:00:00Z') }
    const clock = clockOf(inState('in_triage'), since, calendars)
    expect(clock).toEqual({ owner: 'lead', due: '2026-11-30', dueAt: Date.parse('2026-11-30T15:00:00Z') })
    const wednesday = { at: Date.parse('2026-11-24T18:00:00Z') }
    expect(clockOf(inState('in_triage'), wednesday, calendars).due).toBe('2026-12-02')
    expect(caseDay({ lead: 'jp-ccj' }, since.at, calendars)).toBe('2026-11-23')
    expect(caseDay({ lead: null }, since.at, calendars)).toBe('2026-11-22')
  })

  it('is somebody’s in every state', () => {
    const owners = (
      [
        'unrouted',
        'awaiting_consumer_key',
        'received',
        'in_triage',
        'needs_info',
        'accepted',
        'shared',
        'with_partner',
        'partner_declined',
        'merchant_notified',
        'second_notice_due',
        'merchant_silent',
        'negotiation',
        'offer',
      ] as const
    ).map((state) => clockOf(inState(state), on('2026-11-24'), calendars).owner)
    expect(owners).toEqual([
      'secretariat',
      'consumer',
      'hub',
      'lead',
      'consumer',
      'lead',
      'partner',
      'partner',
      'lead',
      'merchant',
      'partner',
      'lead',
      'lead',
      'consumer',
    ])
  })

  it('passes to the secretariat where the lead can not be reached', () => {
    expect(clockOf(inState('received'), on('2026-11-24'), calendars)).toMatchObject({
      owner: 'hub',
      due: '2026-11-25',
    })
    expect(clockOf(inState('received', { undeliverable: true }), on('2026-11-24'), calendars)).toEqual({
      owner: 'secretariat',
      due: '2026-11-26',
      dueAt: Date.parse('2026-11-27T00:00:00Z'),
    })
  })

  it('ends with the erasure, ninety days after the close', () => {
    const closed = inState('closed', { closedOn: '2026-11-24', outcome: 'resolved' })
    expect(erasureOf(closed, calendars)).toEqual({
      erasesOn: '2027-02-22',
      erasesAt: Date.parse('2027-02-21T15:00:00Z'),
    })
    expect(clockOf(closed, on('2026-11-24'), calendars)).toMatchObject({ owner: 'hub', due: '2027-02-22' })
    expect(clockOf(inState('archived'), on('2026-11-24'), calendars).due).toBeNull()
  })
})

type Step = readonly [day: string, Actor, CaseEvent]

/** Plays events on their days and keeps the clock as the hub does. */
function story(steps: readonly Step[]) {
  let status = inState('received')
  let clock = moveClock(null, status, on('2026-11-13').at, calendars)
  for (const [day, actor, event] of steps) {
    const next = applyEvent(status, actor, event, { day })
    clock = moveClock({ status, since: clock.since }, next, on(day).at, calendars)
    status = next
  }
  return { status, ...clock }
}
const DELIVERED: Step = [
  '2026-11-16',
  'hub',
  { type: 'delivered', member: 'jp-ccj', receipt: 'a'.repeat(64) },
]
const asked = (day: string): Step => [day, 'lead', { type: 'info_requested', asks: ['identity'] }]
const given = (day: string): Step => [day, 'consumer', { type: 'info_given' }]

describe('a question to the consumer', () => {
  it("stops the agency's clock, which goes on with the days it had left", () => {
    expect(story([DELIVERED]).due).toBe('2026-11-24')
    expect(story([DELIVERED, asked('2026-11-18')])).toMatchObject({
      owner: 'consumer',
      due: '2026-12-08',
    })
    expect(story([DELIVERED, asked('2026-11-18'), given('2026-12-03')])).toMatchObject({
      owner: 'lead',
      due: '2026-12-08',
    })
  })

  it('costs nothing when it is answered on the same day, and adds up when there are two', () => {
    expect(story([DELIVERED, asked('2026-11-18'), given('2026-11-18')]).due).toBe('2026-11-24')
    expect(
      story([DELIVERED, asked('2026-11-17'), given('2026-11-20'), asked('2026-11-24'), given('2026-12-01')])
        .due,
    ).toBe('2026-12-04')
  })

  it('leaves one day to an agency that asks when it is late already', () => {
    expect(story([DELIVERED, asked('2026-12-01'), given('2026-12-02')]).due).toBe('2026-12-03')
  })

  it('is forgotten by the next state', () => {
    const { status, due } = story([
      DELIVERED,
      asked('2026-11-18'),
      given('2026-12-03'),
      ['2026-12-03', 'lead', { type: 'accepted' }],
    ])
    expect(status.clock.ran).toEqual([])
    expect(due).toBe('2026-12-10')
  })

  it('is no debt of the next lead', () => {
    const { status } = story([
      DELIVERED,
      asked('2026-11-24'),
      [
        '2026-11-25',
        'lead',
        { type: 'transferred', to: 'vn-vcc', reason: 'other', envelope: 'a'.repeat(64) },
      ],
    ])
    expect(status).toMatchObject({ state: 'received', clock: { ran: [] } })
  })
})

describe('a clock that runs', () => {
  it('is not moved by a message', () => {
    const before = story([DELIVERED])
    const after = story([DELIVERED, ['2026-11-20', 'consumer', { type: 'message' }]])
    expect(after).toMatchObject({ since: before.since, due: before.due })
  })

  it('starts anew for another lead in the same state', () => {
    const dead = story([['2026-11-17', 'hub', { type: 'undeliverable', member: 'jp-ccj' }]])
    expect(dead).toMatchObject({ owner: 'secretariat', due: '2026-11-19' })
    const moved = story([
      ['2026-11-17', 'hub', { type: 'undeliverable', member: 'jp-ccj' }],
      [
        '2026-11-20',
        'consumer',
        { type: 'rerouted', quote: 'q', lead: 'vn-vcc', partner: null, envelope: 'a'.repeat(64) },
      ],
    ])
    expect(moved).toMatchObject({ owner: 'hub', since: on('2026-11-20').at, due: '2026-11-23' })
  })

  it('is another after the first notice, and after the second', () => {
    const status = inState('merchant_notified', { notices: 1 })
    const since = on('2027-04-08').at
    const lapsed = applyEvent(status, 'hub', { type: 'lapsed', due: '2027-04-27' }, { day: '2027-04-28' })
    const due = moveClock({ status, since }, lapsed, on('2027-04-28').at, calendars)
    expect(due).toMatchObject({ owner: 'partner', since: on('2027-04-28').at, due: '2027-05-06' })
    // Sent late, it gives the merchant its five days all the same.
    const again = applyEvent(lapsed, 'partner', { type: 'merchant_notified' }, { day: '2027-05-10' })
    expect(
      moveClock({ status: lapsed, since: due.since }, again, on('2027-05-10').at, calendars),
    ).toMatchObject({ owner: 'merchant', since: on('2027-05-10').at, due: '2027-05-17' })
  })

  it('keeps its start and gets a later end by an extension', () => {
    const status = inState('negotiation', { clock: { turn: 7, since: '2026-11-24', ran: [] } })
    const since = on('2026-11-24').at
    const event: CaseEvent = { type: 'extended', days: 7, reason: 'merchant_asked_for_time' }
    const longer = applyEvent(status, 'lead', event, { day: '2026-12-03' })
    expect(moveClock({ status, since }, longer, on('2026-12-03').at, calendars)).toMatchObject({
      since,
      due: '2026-12-11',
    })
  })

  it('has run out from the end of its last day, whosever it is', () => {
    const over = (state: CaseStatus['state'], iso: string) =>
      isClockOver(inState(state, { notices: 2 }), on('2026-11-16'), calendars, Date.parse(iso))
    expect(over('merchant_notified', '2026-11-23T16:59:59Z')).toBe(false)
    expect(over('merchant_notified', '2026-11-23T17:00:00Z')).toBe(true)
    expect(over('needs_info', '2026-12-07T14:59:59Z')).toBe(false)
    expect(over('needs_info', '2026-12-07T15:00:00Z')).toBe(true)
    expect(over('archived', '2030-01-01T00:00:00Z')).toBe(false)
  })

  it('is very late after twice its days, for agencies alone', () => {
    const at = (iso: string) => isVeryLate(inState('in_triage'), on('2026-11-16'), calendars, Date.parse(iso))
    expect(at('2026-12-01T14:59:59Z')).toBe(false)
    expect(at('2026-12-01T15:00:00Z')).toBe(true)
    const years = Date.parse('2030-01-01T00:00:00Z')
    for (const state of ['needs_info', 'merchant_notified', 'received', 'closed', 'archived'] as const)
      expect(isVeryLate(inState(state, { notices: 1 }), on('2026-11-16'), calendars, years)).toBe(false)
    for (const state of ['shared', 'second_notice_due'] as const)
      expect(isVeryLate(inState(state), on('2026-11-16'), calendars, years)).toBe(true)
  })
})
