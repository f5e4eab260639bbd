/** What the pages for people need of the hub, or of a copy that answers in its place. */
import type { ComplaintDesk } from '../hub/complaint-desks.js'
import type { Overview } from '../hub/overview.js'
import type { Schemes } from '../hub/read-schemes.js'
import type { DirectoryPage, DirectoryQuery } from '../record/directory.js'
import type { Verdict, VerdictQuery } from '../record/verdict.js'
import type { BrowserBundles } from './complaint/bundles.js'
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
  /** Every member with its definition. */
  schemes(): Promise<Schemes>
  /** Where a copy answers in place of the hub: what every page says of it. */
  copy?(): Promise<CopyState>
  /** Scripts for browsers; without them pages work, or say what is missing. */
  bundles?: BrowserBundles | undefined
  complaints: {
    desks(): Promise<ComplaintDesk[]>
    /** Whether the hub writes mails to consumers. */
    mail: boolean
  }
}
