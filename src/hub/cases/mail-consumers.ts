/** Consumers who asked for it get a mail that there is news in their case: generic text, at most one an hour (facts 3.3). */
import { noticeMail } from '../../dispute/letters/notice-mail.js'
import type { Hub } from '../hub.js'
import type { MailRow } from './notice-store.js'
import type { CaseParts } from './ports.js'
import { forEachOf, retryDelay } from './retry-plan.js'
import { affordable, type SweepBudget, spend } from './sweep-budget.js'

/** What happens within this time after a mail goes into the next one (ms). */
export const MAIL_INTERVAL = 60 * 60_000
/** How long a claim holds (ms): longer than a mail server's every timeout. */
const CLAIM = 5 * 60_000
/** Mails of one sweep: a small mail server takes as many a minute. */
const MAX_MAILS = 40
/** Queries at most of one mail: how far it got, and a closed case's address that is forgotten. */
const MAIL_COST = 2
/** Failures after which the mail of a closed case is given up with its address: some six days. */
const MAX_LAST_ATTEMPTS = 10

/** A mail that fails is tried again for as long as the case is open; nothing is lost with a mail server. */
export async function mailConsumers(hub: Hub, budget: SweepBudget): Promise<void> {
  const { mail } = hub.cases
  spend(budget, 3)
  await hub.cases.notices.forgetToldAddresses()
  if (!mail) return
  const limit = affordable(budget, MAIL_COST, MAX_MAILS)
  const claimed = await hub.cases.notices.claimMails(hub.now(), hub.now() + CLAIM, limit)
  spend(budget, MAIL_COST * claimed.length)
  await forEachOf(
    claimed,
    (row) => mailConsumer(hub, mail, row),
    (error) => hub.report?.(error, { job: 'mail' }),
  )
}

async function mailConsumer(hub: Hub, mail: NonNullable<CaseParts['mail']>, row: MailRow): Promise<void> {
  const { notices } = hub.cases
  try {
    const to = await mail.seal.open(row.address)
    await mail.send({
      to,
      ...noticeMail({ origin: hub.origin, reference: row.ref, demo: hub.demo }, row.lang),
    })
  } catch (error) {
    const attempts = row.attempts + 1
    if (row.closed && attempts >= MAX_LAST_ATTEMPTS) await notices.forgetAddress(row.ref)
    else await notices.settleMail(row.ref, -1, attempts, hub.now() + retryDelay(attempts))
    throw error
  }
  await notices.settleMail(row.ref, row.seq, 0, hub.now() + MAIL_INTERVAL)
  if (row.closed) await notices.forgetAddress(row.ref)
}
