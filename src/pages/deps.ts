/** What the pages for people need of the hub, or of a copy that answers in its place. */
import type { ComplaintDesk } from '../hub/complaint-desks.js'
import type { RecordAddress } from '../hub/directory/list-addresses.js'
import type { Overview } from '../hub/overview.js'
import type { Schemes } from '../hub/read-schemes.js'
import type { DirectoryPage, DirectoryQuery } from '../record/directory.js'
import type { Sector } from '../record/sector.js'
import type { Verdict, VerdictQuery } from '../record/verdict.js'
import type { BrowserScripts } from './complaint/bundles.js'
import type { CopyState } from './frame/copy-notice.js'

export interface PageDeps {
  /** Public origin, without a slash at the end. */
  origin: string
  demo: boolean
  /** Epoch ms. */
  now(): number
  /** @throws {Refusal} for a query that can't be looked up */
  verify(query: VerdictQuery): Promise<Verdict>
  overview(): Promise<Overview>
  /** Certified shops, page by page. @throws {Refusal} `bad-query`, `bad-cursor` */
  directory(query: DirectoryQuery): Promise<DirectoryPage>
  /** What the newest of them sell, in their agencies' words. */
  sectors(): Promise<readonly Sector[]>
  /** Every member with its definition. */
  schemes(): Promise<Schemes>
  /** Records in force by log index, for sitemaps; absent on a copy, whose pages are the hub's. */
  addresses?(from: number, to: number): Promise<RecordAddress[]>
  /** Where a copy answers in place of the hub: what every page says of it. */
  copy?(): Promise<CopyState>
  /** Scripts for browsers; without them pages work, or say what is missing. */
  bundles?: BrowserScripts | undefined
  complaints: {
    desks(): Promise<ComplaintDesk[]>
    /** Whether the hub writes mails to consumers. */
    mail: boolean
  }
}
