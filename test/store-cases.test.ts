/** The store of cases on embedded SQLite: the contract, that erasing leaves no byte, and that no hot path reads a table. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseStore } from '../src/hub/cases/case-store.js'
import type { NoticeStore } from '../src/hub/cases/notice-store.js'
import { createCaseStore } from '../src/store/case-store.js'
import { createNoticeStore } from '../src/store/notice-store.js'
import { openSqlite } from '../src/store/sqlite.js'
import {
  caseAt,
  caseStoreContract,
  deliveryTo,
  eventAt,
  filingOf,
  jweOf,
  stepOf,
} from './store-contract-cases.js'
import { listenToPlans } from './store-plans.js'

const migrations = new URL('../src/store/migrations', import.meta.url).pathname

caseStoreContract('SQLite', async () => {
  const database = openSqlite(':memory:', migrations)
  return { store: createCaseStore(database), database }
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-cases-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const bytesOf = (base: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(base))
    .map((name) => readFileSync(join(folder, name)))
const counts = (base: string, text: string) =>
  bytesOf(base).reduce((sum, bytes) => sum + bytes.toString('latin1').split(text).length - 1, 0)

describe('erasing on a disk', () => {
  const SENTINEL = 'SENTINEL-0f3a'
  const ref = (i: number) => `JP-00000-${String(i).padStart(5, '0')}`

  /** Cases beside one another, so that erasing one frees parts of pages as well as whole ones. */
  async function fill(store: CaseStore, many: number): Promise<void> {
    for (let i = 0; i < many; i += 1) {
      const text = i % 2 === 0 ? SENTINEL : 'other'
      const large = jweOf(`${text}-`.repeat(i % 5 === 0 ? 3000 : 20))
      await store.file({
        ...filingOf(ref(i), {
          quote: text,
          filing: text,
          consumer: { ...caseAt(ref(i)).consumer!, sealed: text },
        }),
        events: [eventAt(0, { jws: text, message: large })],
        envelope: { complaint: large, identity: large },
        deliveries: [deliveryTo(ref(i), 'jp-ccj', { receipt: text })],
        address: { address: text, lang: 'ja' },
      })
      const consumer = { ...caseAt(ref(i)).consumer!, sealed: text }
      await store.putRecovery(ref(i), { code: '1', consumer, at: i }, 0)
      // A page that is rewritten often leaves several states of it in the write-ahead log.
      await store.append(0, stepOf(caseAt(ref(i), { quote: text }), 1))
    }
  }

  it('leaves nothing of yesterday’s salt', async () => {
    const database = openSqlite(join(folder, 'salt.sqlite'), migrations)
    const store = createCaseStore(database)
    await store.dailySalt('2026-11-22', 'SALT-OF-YESTERDAY')
    expect(counts('salt', 'SALT-OF-YESTERDAY')).toBeGreaterThan(0)
    await store.dailySalt('2026-11-23', 'SALT-OF-TODAY')
    expect(counts('salt', 'SALT-OF-YESTERDAY')).toBe(0)
    await database.close()
  })

  it('leaves no byte in the database, its write-ahead log or its shared memory', async () => {
    const file = join(folder, 'erased.sqlite')
    const store = createCaseStore(openSqlite(file, migrations))
    await fill(store, 40)
    expect(counts('erased.sqlite', SENTINEL)).toBeGreaterThan(1000)
    for (let i = 0; i < 40; i += 2) expect(await store.erase(1, stepOf(caseAt(ref(i)), 2))).toBe(true)
    expect(counts('erased.sqlite', SENTINEL)).toBe(0)
    expect(counts('erased.sqlite', 'other-other')).toBeGreaterThan(1000)
    expect(await store.envelope(ref(1))).not.toBeNull()
    expect(bytesOf('erased.sqlite').length).toBeGreaterThan(0)
  })

  it('says so when another process reads meanwhile, and the next erasure makes up for it', async () => {
    const file = join(folder, 'busy.sqlite')
    const database = openSqlite(file, migrations)
    await database.read({ sql: 'pragma busy_timeout = 50', parameters: [] } as never)
    const store = createCaseStore(database)
    await fill(store, 4)
    const other = new BetterSqlite3(file)
    other.exec('BEGIN')
    other.prepare('SELECT count(*) FROM case_envelopes').get()
    await expect(store.erase(1, stepOf(caseAt(ref(0)), 2))).rejects.toThrow('another process reads')
    expect(await store.envelope(ref(0))).toBeNull()
    other.exec('COMMIT')
    await store.erase(1, stepOf(caseAt(ref(2)), 2))
    expect(counts('busy.sqlite', SENTINEL)).toBe(0)
    other.close()
  })

  it('overwrites what is deleted: the setting holds for every connection the hub opens', async () => {
    const database = openSqlite(join(folder, 'pragma.sqlite'), migrations)
    expect(await database.read({ sql: 'pragma secure_delete', parameters: [] } as never)).toEqual([
      { secure_delete: 1 },
    ])
  })
})

describe('no path of a case reads a table from end to end', () => {
  /** Also under the one letter that a query calls a table by. */
  const SCAN =
    /^SCAN (?:cases|case_\w+|assertions|intake_counts|webhooks|[a-z])\b(?! VIRTUAL TABLE)|AUTOMATIC/
  /** SQLite calls it a scan, too, to read a partial index, which holds only what is asked for. */
  const WANTED = [
    /^SCAN cases USING (?:COVERING )?INDEX cases_(?:parked|unrouted|unmatched)/,
    /^SCAN case_mails USING (?:COVERING )?INDEX case_mails_over/,
    /^SCAN case_deliveries USING INDEX case_deliveries_dead/,
    // Of webhooks there are as many as members.
    /^SCAN n\b.*webhook_news/,
  ]
  let store: CaseStore
  let notices: NoticeStore
  let plans: string[]

  beforeAll(async () => {
    const listened = listenToPlans(join(folder, 'plans.sqlite'))
    ;({ plans } = listened)
    store = createCaseStore(listened.database)
    notices = createNoticeStore(listened.database)
    for (let i = 0; i < 50; i += 1)
      await store.file(filingOf(`JP-00000-${String(i).padStart(5, '0')}`, { parked: i % 10 === 0 }))
  })

  const ref = 'JP-00000-00001'
  it.each<[string, () => Promise<unknown>, string?]>([
    ['finding a case', () => store.find(ref)],
    ['its events', () => store.events(ref)],
    ['its chain', () => store.chain(ref)],
    ['its envelope', () => store.envelope(ref)],
    ['its attachments', () => store.attachments(ref)],
    ['its deliveries', () => store.deliveries(ref)],
    ['its address', () => store.address(ref)],
    ['an inbox', () => store.inbox('jp-ccj', 5, 10, false), 'case_inbox_by_member'],
    ['an inbox with parked cases', () => store.inbox('jp-ccj', 5, 10, true), 'case_inbox_by_member'],
    ['the queue', () => store.queue(10), 'cases_parked'],
    ['due deliveries', () => store.dueDeliveries(1, 10), 'case_deliveries_due'],
    ['cases that lapse', () => store.lapsing(1, 10), 'cases_lapsing (due_at>? AND due_at<?)'],
    ['erasable cases', () => store.erasable(1, 10), 'cases_erasable'],
    ['figures', () => store.figures(), 'cases_unmatched'],
    ['a webhook', () => store.webhook('jp-ccj')],
    ['requests for new keys', () => store.recoveries(ref, 0)],
    ['a webhook that is new', () => notices.startNews('jp-ccj')],
    ['news', () => notices.claimNews(1, 2, 10)],
    [
      'mails that are due',
      async () => {
        const wants = filingOf('JP-00000-00800', {}, { address: { address: 'closed', lang: 'ja' } })
        await store.file(wants)
        await store.append(0, stepOf(wants.row, 1))
        plans.length = 0
        expect(await notices.claimMails(1, 2, 10)).toMatchObject([{ ref: 'JP-00000-00800', seq: 1 }])
      },
      'case_mails_due (next_at<?)',
    ],
    ['a mail that is out', () => notices.settleMail(ref, 1, 0, 5)],
    ['addresses to forget', () => notices.forgetToldAddresses(), 'case_mails_over'],
    ['an address to forget', () => notices.forgetAddress(ref)],
    ['deliveries that were given up', () => notices.deadDeliveries(10), 'case_deliveries_dead'],
    ['a recovery', () => store.recovery(ref, '1', 0)],
    [
      'keeping a recovery',
      () => store.putRecovery(ref, { code: '1', consumer: caseAt(ref).consumer!, at: 1 }, 0),
    ],
    ['spending an assertion', () => store.spendAssertion('a', 'b', 5, 1), 'assertions_by_expiry'],
    ['counting', () => store.countIntake(1, ['a'])],
    ['a delivery', () => store.putDelivery(deliveryTo(ref, 'jp-ccj'))],
    ['marking a file', () => store.markStored(ref, 'a')],
    ['filing', () => store.file(filingOf('JP-00000-00900'))],
    ['appending', () => store.append(0, stepOf(caseAt(ref), 1))],
    ['releasing', () => store.release('JP-00000-00010', 5), 'case_inbox_of_case'],
    ['erasing', () => store.erase(0, stepOf(caseAt('JP-00000-00002'), 1))],
  ])('%s', async (_name, run, index) => {
    plans.length = 0
    await run()
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.filter((plan) => SCAN.test(plan) && !WANTED.some((wanted) => wanted.test(plan)))).toEqual([])
    if (index) expect(plans.join('\n')).toContain(index)
  })
})
