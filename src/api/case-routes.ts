/** The addresses of complaints and cases (DESIGN 5). None of their answers may be kept by a cache on the way. */
import { Hono } from 'hono'
import { countRequest } from '../hub/cases/request-limits.js'
import { getCaseAttachment, putCaseAttachment } from './case-attachments.js'
import { getRecovery, postRecovery } from './case-recovery.js'
import { type CaseApi, networkOf } from './case-request.js'
import { getCase, getCaseEnvelope } from './get-case.js'
import { getInbox } from './get-inbox.js'
import { CACHE } from './http.js'
import { getComplaintFigures, getQueue, postQueue, putIntakeLimits } from './operator-cases.js'
import { postCaseEvents, postCaseReceipts } from './post-case-events.js'
import { postCaseQuote } from './post-case-quote.js'
import { postComplaints } from './post-complaints.js'
import { deleteWebhook, getWebhook, putWebhook } from './webhook.js'

const PRIVATE = [
  '/v1/route-quotes',
  '/v1/complaints',
  '/v1/cases/*',
  '/v1/inbox',
  '/v1/webhook',
  '/v1/queue/*',
  '/v1/intake-limits',
  '/v1/complaint-figures',
]

export function caseRoutes(api: CaseApi): Hono {
  const app = new Hono()
  for (const path of PRIVATE) {
    app.use(path, async (c, next) => {
      await next()
      // Refusals too: a problem that a cache kept would be answered to somebody else, or to the right key afterwards.
      c.res.headers.set('Cache-Control', CACHE.never)
    })
  }
  app.post('/v1/route-quotes', async (c, next) => {
    await countRequest(api.hub, 'quote', await networkOf(c, api))
    await next()
  })
  app.post('/v1/complaints', (c) => postComplaints(c, api))
  app.get('/v1/cases/:ref', (c) => getCase(c, api))
  app.get('/v1/cases/:ref/envelope', (c) => getCaseEnvelope(c, api))
  app.post('/v1/cases/:ref/route-quotes', (c) => postCaseQuote(c, api))
  app.post('/v1/cases/:ref/events', (c) => postCaseEvents(c, api))
  app.post('/v1/cases/:ref/receipts', (c) => postCaseReceipts(c, api))
  app.put('/v1/cases/:ref/attachments/:id', (c) => putCaseAttachment(c, api))
  app.get('/v1/cases/:ref/attachments/:id', (c) => getCaseAttachment(c, api))
  app.post('/v1/cases/:ref/recovery', (c) => postRecovery(c, api))
  app.get('/v1/cases/:ref/recovery', (c) => getRecovery(c, api))
  app.get('/v1/inbox', (c) => getInbox(c, api))
  app.get('/v1/webhook', (c) => getWebhook(c, api))
  app.put('/v1/webhook', (c) => putWebhook(c, api))
  app.delete('/v1/webhook', (c) => deleteWebhook(c, api))
  app.get('/v1/queue', (c) => getQueue(c, api))
  app.post('/v1/queue/:ref', (c) => postQueue(c, api))
  app.put('/v1/intake-limits', (c) => putIntakeLimits(c, api))
  app.get('/v1/complaint-figures', (c) => getComplaintFigures(c, api))
  return app
}
