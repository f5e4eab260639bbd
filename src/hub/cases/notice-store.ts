/** What the hub keeps about telling people that there is news: which webhook and which mail got how far. */
import type { DeliveryRow, WebhookRow } from './case-store.js'

/** A member's webhook that is due: its inbox holds lines beyond `told`. */
export interface NewsRow extends WebhookRow {
  /** The newest inbox cursor it was told of. */
  told: number
  /** How often telling it of the next has failed. */
  attempts: number
}

/** A consumer who is due a mail. */
export interface MailRow {
  ref: string
  /** Closed by the address box. */
  address: string
  lang: string
  /** The case's newest event: she is told of all up to here. */
  seq: number
  /** How often the mail has failed. */
  attempts: number
  /** No further mail will follow: the address is forgotten after this one. */
  closed: boolean
}

/**
 * What is due is noted in the same write as the event that makes it due, so a crash loses no notice. A row that is
 * claimed is nobody else's for as long as the claim lasts, so that two processes don't tell the same thing twice.
 */
export interface NoticeStore {
  /** A new webhook is told of nothing that is in the member's inbox already. */
  startNews(member: string): Promise<void>
  /** Claims webhooks with news until `claimedUntil` (epoch ms). */
  claimNews(now: number, claimedUntil: number, limit: number): Promise<NewsRow[]>
  /** Notes how far a webhook got, and when it is to be tried again at the earliest. */
  settleNews(member: string, told: number, attempts: number, nextAt: number): Promise<void>

  /** Claims mails that are due: somebody else than the consumer acted in a case whose consumer wants mail. */
  claimMails(now: number, claimedUntil: number, limit: number): Promise<MailRow[]>
  settleMail(ref: string, told: number, attempts: number, nextAt: number): Promise<void>
  forgetAddress(ref: string): Promise<void>
  /** Forgets the addresses of closed cases of which there is nothing left to tell. */
  forgetToldAddresses(): Promise<void>

  /** Deliveries of open cases that were given up. */
  deadDeliveries(limit: number): Promise<DeliveryRow[]>
}
