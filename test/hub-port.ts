/** A test's hub as who checks its answers asks it; a test may put other texts in place of its own. */
import type { Hono } from 'hono'
import { type HubPort, toFeedPage } from '../src/follow-log-keys.js'

export function portOf(app: Hono, texts: Partial<HubPort> = {}): HubPort {
  return {
    text: async (path, accept = '*/*') => (await app.request(path, { headers: { Accept: accept } })).text(),
    async feed(path) {
      const response = await app.request(path)
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      return toFeedPage(await response.text(), response.headers)
    },
    ...texts,
  }
}
