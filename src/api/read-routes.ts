/** Everything that can be answered by whoever holds the log: the hub, or a copy of it (DESIGN 5). */
import { Hono } from 'hono'
import type { Reader } from '../hub/hub.js'
import { getChanges } from './get-changes.js'
import { getHealth } from './get-health.js'
import { getCheckpoint, getConsistencyProof, getInclusionProof, getLogKey, getTile } from './get-log.js'
import { getMark } from './get-mark.js'
import { getMember, getMembers, getPrinciples } from './get-members.js'
import { getOpenApi, getSchema } from './get-openapi.js'
import { getProblem } from './get-problem.js'
import { getRecord, getRecordHistory, getRecordProof } from './get-record.js'
import { getSearch } from './get-search.js'
import { getSnapshot, getSnapshotPart } from './get-snapshot.js'
import { getStatementProof } from './get-statement.js'
import { getVerify } from './get-verify.js'
import type { LongPoll } from './long-poll.js'
import { postVerify } from './post-verify.js'

export interface ReadParts extends LongPoll {
  hub: Reader
}

/** An app that holds keys registers its own `/v1/verify` before these. */
export function readRoutes(parts: ReadParts): Hono {
  const { hub } = parts
  const app = new Hono()
  app.get('/v1/verify', (c) => getVerify(c, hub))
  app.post('/v1/verify', (c) => postVerify(c, hub))
  app.get('/v1/statements/:sha256/proof', (c) => getStatementProof(c, hub))
  app.get('/v1/records/:id', (c) => getRecord(c, hub))
  app.get('/v1/records/:id/history', (c) => getRecordHistory(c, hub))
  app.get('/v1/records/:id/proof', (c) => getRecordProof(c, hub))
  app.get('/v1/search', (c) => getSearch(c, hub))
  app.get('/v1/changes', (c) => getChanges(c, parts))
  app.get('/v1/snapshot', (c) => getSnapshot(c, hub))
  app.get('/v1/snapshot/:edition/:part', (c) => getSnapshotPart(c, hub))
  app.get('/v1/members', (c) => getMembers(c, hub))
  app.get('/v1/members/:id', (c) => getMember(c, hub))
  app.get('/v1/principles', (c) => getPrinciples(c, hub))
  app.get('/log/vkey', (c) => getLogKey(c, hub))
  app.get('/log/checkpoint', (c) => getCheckpoint(c, hub))
  app.get('/log/proof/inclusion', (c) => getInclusionProof(c, hub))
  app.get('/log/proof/consistency', (c) => getConsistencyProof(c, hub))
  app.get('/log/tile/:level/:index{.+}', (c) => getTile(c, hub))
  app.get('/marks/:member/:mark/:level', (c, next) => getMark(c, hub, next))
  app.get('/openapi.json', (c) => getOpenApi(c, hub))
  app.get('/schemas', (c) => getSchema(c, hub))
  app.get('/schemas/:name', (c) => getSchema(c, hub))
  app.get('/problems', (c) => getProblem(c, hub))
  app.get('/problems/:code', (c) => getProblem(c, hub))
  app.get('/healthz', (c) => getHealth(c))
  return app
}
