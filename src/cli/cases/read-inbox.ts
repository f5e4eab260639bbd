/** Reading an agency's inbox: what is new, checked case by case; a receipt goes out only for what really opens here. */
import { type InboxItem, inboxPage } from '../../dispute/case-view.js'
import { expectStatus, HubClientError, readAnswer } from '../hub-client.js'
import { listOutgoing, sendOutgoing } from './attachments.js'
import { readCase } from './check-case.js'
import { remember } from './known-cases.js'
import { openCheckedCase } from './open-case.js'
import type { CaseDesk } from './open-desk.js'
import { sendReceipt } from './receipts.js'

/** Lines per request; some hundred bytes each. */
const PAGE = 100
/** How long the hub may keep a poll waiting (s); below the time that one attempt to get may take. */
const LONG_POLL = 20

/** What is wrong with one case only; every other failure ends the run. */
const OF_ONE_CASE: readonly HubClientError['code'][] = [
  'bad-case',
  'unreadable',
  'refused',
  'too-large',
  'not-a-hub',
]

/** A case with what is new in it. */
export interface InboxCase {
  /** The newest line about it. */
  item: InboxItem
  /** Every new line, in order. */
  news: InboxItem[]
  /** `sent` now, `none` was due, `refused`: not signed, for the reason given. */
  receipt: 'sent' | 'none' | 'refused'
  reason?: string
}

/**
 * Reads everything after the cursor of this machine, signs the receipts that are due, and moves the cursor on.
 * @param wait whether to wait until something comes
 * @throws HubClientError when the hub can't be used; a case that fails its checks is a result, no error
 */
export async function readInbox(desk: CaseDesk, { wait = false } = {}): Promise<InboxCase[]> {
  for (const ref of listOutgoing(desk.folder)) await sendOutgoing(desk.hub, desk.folder, ref)
  const lines: InboxItem[] = []
  let after = desk.folder.read().cursor
  for (;;) {
    const page = await readPage(desk, { after, wait: wait && lines.length === 0 })
    if (page.items.length === 0) break
    if (page.next <= after)
      throw new HubClientError('not-a-hub', 'The inbox does not move on. Tell the operator.')
    lines.push(...page.items)
    after = page.next
  }
  const cases = groupByCase(lines)
  const taken: InboxCase[] = []
  for (const [item, news] of cases) taken.push(await takeCase(desk, item, news))
  taken.push(...(await retryRefused(desk, new Set(cases.map(([item]) => item.case)))))
  desk.folder.update((index) => {
    index.cursor = Math.max(index.cursor, after)
  })
  return taken
}

/** Cases that are kept back as suspected spam; looking at them changes nothing. */
export async function readParked(desk: CaseDesk): Promise<InboxItem[]> {
  const lines: InboxItem[] = []
  for (let after = 0; ; ) {
    const page = await readPage(desk, { after, parked: true })
    if (page.items.length === 0 || page.next <= after) break
    lines.push(...page.items.filter(({ parked }) => parked))
    after = page.next
  }
  return groupByCase(lines).map(([item]) => item)
}

async function readPage(
  desk: CaseDesk,
  { after, wait = false, parked = false }: { after: number; wait?: boolean; parked?: boolean },
) {
  const query = new URLSearchParams({
    after: String(after),
    limit: String(PAGE),
    ...(wait && { wait: String(LONG_POLL) }),
    ...(parked && { parked: '1' }),
  })
  const response = await desk.hub.get(`/v1/inbox?${query}`)
  return readAnswer(expectStatus(response, 200), inboxPage, 'an inbox')
}

/** The newest line of each case with all its lines, in the order in which the cases last moved. */
function groupByCase(lines: readonly InboxItem[]): [InboxItem, InboxItem[]][] {
  const byCase = new Map<string, InboxItem[]>()
  for (const line of lines) {
    const news = byCase.get(line.case) ?? []
    byCase.delete(line.case)
    byCase.set(line.case, [...news, line])
  }
  return [...byCase.values()].flatMap((news) => {
    const newest = news.at(-1)
    return newest ? [[newest, news] as [InboxItem, InboxItem[]]] : []
  })
}

async function takeCase(desk: CaseDesk, item: InboxItem, news: InboxItem[]): Promise<InboxCase> {
  try {
    const opened = await openCheckedCase(desk, await readCase(desk, item.case, item.seq))
    if (!item.receiptDue || !opened.complaint) return { item, news, receipt: 'none' }
    await sendReceipt(desk, opened)
    return { item, news, receipt: 'sent' }
  } catch (error) {
    if (!(error instanceof HubClientError) || !OF_ONE_CASE.includes(error.code)) throw error
    if (error.problem === 'not-authorised') throw error
    // One bad case must not keep an officer from the others; it is told each time until it is right.
    remember(desk, item, undefined, { problem: error.message })
    return { item, news, receipt: 'refused', reason: error.message }
  }
}

/** What failed its checks before is tried again each time: the cursor has passed it, but nobody has it in hand. */
async function retryRefused(desk: CaseDesk, done: ReadonlySet<string>): Promise<InboxCase[]> {
  const { cases } = desk.folder.read()
  const open = Object.entries(cases).filter(([ref, { problem }]) => problem !== null && !done.has(ref))
  if (open.length === 0) return []
  const lines: InboxItem[] = []
  for (let after = 0; ; ) {
    const page = await readPage(desk, { after })
    if (page.items.length === 0 || page.next <= after) break
    lines.push(...page.items.filter((line) => open.some(([ref]) => ref === line.case)))
    after = page.next
  }
  const taken: InboxCase[] = []
  for (const [item, news] of groupByCase(lines)) taken.push(await takeCase(desk, item, news))
  return taken
}
