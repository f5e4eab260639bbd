/** All stores of a hub over one database, with what a runtime adds of its own. */
import { MAX_SEALED_ATTACHMENT_BYTES } from '../dispute/envelope.js'
import type { CaseParts } from '../hub/cases/ports.js'
import type { Hub } from '../hub/hub.js'
import { createCaseStore } from './case-store.js'
import type { Database } from './database.js'
import { createDatabaseAttachments } from './database-attachments.js'
import { createHubStore } from './hub-store.js'
import { createNoticeStore } from './notice-store.js'

/**
 * Opens the stores. Files lie in the database, and nobody is told of anything, unless the runtime brings something better.
 * @example const hub = await openHub({ origin, demo, keys, now, ...openStores(database) })
 */
export function openStores(
  database: Database,
  own: Partial<Omit<CaseParts, 'store' | 'notices'>> = {},
): Pick<Hub, 'store' | 'cases'> {
  return {
    store: createHubStore(database),
    cases: {
      store: createCaseStore(database),
      notices: createNoticeStore(database),
      attachments: createDatabaseAttachments(database, MAX_SEALED_ATTACHMENT_BYTES),
      sendWebhook: async () => ({ error: 'this hub sends no webhooks' }),
      ...own,
    },
  }
}
