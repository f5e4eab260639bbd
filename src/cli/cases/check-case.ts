/**
 * Believing nothing that the hub shows of a case: quote, chain of signed events and envelope are checked here, and the
 * state is told from the events. Only then is anything opened, or a receipt signed (DESIGN 4.9).
 */
import { decodeProtectedHeader } from 'jose'
import { workCalendar } from '../../dispute/calendar.js'
import { type CaseView, caseView } from '../../dispute/case-view.js'
import { type VerifiedChain, verifyChain } from '../../dispute/chain.js'
import { type DifferingName, findDifference, listMembers } from '../../dispute/compare-view.js'
import type { QuoteClaims } from '../../dispute/envelope.js'
import { verifyQuote } from '../../dispute/sealed/verify-quote.js'
import { LogError } from '../../log/error.js'
import { Refusal } from '../../refusal.js'
import type { MemberKeys } from '../../trusted-keys.js'
import { expectStatus, HubClientError, readAnswer } from '../hub-client.js'
import { assertEnvelope } from './check-envelope.js'
import { remember } from './known-cases.js'
import type { CaseDesk } from './open-desk.js'

/** A case whose every signed part was checked. */
export interface CheckedCase {
  view: CaseView
  /** The newest quote. */
  quote: QuoteClaims
  chain: VerifiedChain
  /** Verified keys of every member that has or had a part. */
  keys: ReadonlyMap<string, MemberKeys>
}

/** What checking needs of a desk: the alliance's keys, and which agency it is. */
export type CaseChecker = Pick<CaseDesk, 'anchor' | 'member' | 'signersOf' | 'now'>

/** Most bytes of a view: some hundred events, each with a message of two pages. */
const MAX_VIEW_BYTES = 16 * 1024 * 1024

/**
 * Fetches a case and checks everything in it.
 * @param atLeast number of an event that the inbox named: a shorter chain hides it
 * @throws HubClientError `bad-case` with the reason, `refused` with the hub's own
 */
export async function readCase(desk: CaseDesk, ref: string, atLeast = 0): Promise<CheckedCase> {
  const response = await desk.hub.get(`/v1/cases/${ref}`, MAX_VIEW_BYTES)
  const view = readAnswer(expectStatus(response, 200), caseView, 'a case')
  try {
    if (view.case !== ref) throw wrong(`The hub shows ${view.case} under this reference.`)
    const checked = await checkView(desk, view)
    if (view.events.length <= atLeast)
      throw wrong(`The inbox names event ${atLeast}, and the case shows only ${view.events.length} events.`)
    assertNotForgotten(desk, checked)
    const head = { seq: view.events.length - 1, sha256: checked.chain.head }
    remember(desk, view, head, { problem: null })
    return checked
  } catch (error) {
    // A refusal here is no word of the hub's but of a check on this machine.
    if (error instanceof Refusal || error instanceof LogError) throw badCase(ref, reasonOf(error))
    throw error
  }
}

/** Why a check failed. The remedy of what is sealed wrongly is meant for who seals, not for who reads. */
export function reasonOf(error: Refusal | LogError): string {
  return error.code === 'bad-envelope' ? error.message.replace(/ Ask for a new quote.*$/s, '') : error.message
}

export function badCase(ref: string, reason: string): HubClientError {
  return new HubClientError(
    'bad-case',
    `What the hub shows of ${ref} does not hold together. ${reason} Nothing was signed on the strength of it. Tell the operator.`,
  )
}

/** Everything of a view that is signed or sealed. @throws Refusal, LogError naming the first thing that does not hold */
export async function checkView(desk: CaseChecker, view: CaseView): Promise<CheckedCase> {
  const quote = await verifyQuote(view.quote, desk.anchor)
  const keys = await desk.signersOf(listMembers(view))
  const chain = await verifyChain(view.events, {
    origin: desk.anchor.origin,
    case: view.case,
    hub: desk.anchor.federation,
    operator: desk.anchor.operator,
    members: keys,
    consumer: view.consumer.sign,
    filedQuote: view.filedQuote,
    calendars: new Map([...keys].map(([id, member]) => [id, workCalendar(member)])),
  })
  const checked = { view, quote, chain, keys }
  assertAsSigned(checked, desk.now())
  assertEnvelope(desk.member, checked)
  return checked
}

/** Where the name alone would say little. */
const SAID: Partial<Record<DifferingName, string>> = {
  meta: 'What it says of the complaint (meta) is not what its quote was signed for.',
  quote: 'Its quote is not the one that its events name.',
  head: 'Its newest event is not the one that the hub names.',
  envelopeSha256: 'Its envelope is not the one that its events name.',
  envelope: 'The sealed complaint is another than its events name: it was altered, or exchanged.',
  consumer: 'The consumer’s key is not the one that its events name.',
}

function assertAsSigned({ view, chain, quote }: CheckedCase, now: number): void {
  const differing = findDifference(view, chain, quote, now * 1000)
  if (!differing) return
  const { name, shown, signed } = differing
  throw wrong(SAID[name] ?? `The hub says that its ${name} is ${shown}; by what was signed it is ${signed}.`)
}

/** What was seen once can't be taken back: the chain is the one of last time, or that and more. */
function assertNotForgotten(desk: CaseDesk, { view, chain }: CheckedCase): void {
  const head = desk.folder.read().cases[view.case]?.head
  const found = head ? chain.events[head.seq]?.sha256 : undefined
  if (head && found !== head.sha256)
    throw wrong(
      found === undefined
        ? `The hub hides events that it showed before: up to event ${head.seq} were seen on this machine, now there are ${chain.events.length}.`
        : `Event ${head.seq} is another than it was: the hub shows two histories of this case.`,
    )
}

/** Thumbprint of the key that signed an event. */
export function signerOf({ view }: CheckedCase, seq: number): string {
  return decodeProtectedHeader(view.events[seq]?.event ?? '').kid ?? ''
}

function wrong(detail: string): Refusal {
  return new Refusal('bad-claims', detail)
}
