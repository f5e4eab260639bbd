/** `/log/…`: what a verifier pins, and what it checks (C2SP signed-note, tlog-checkpoint, tlog-tiles; RFC 6962). */
import type { Context } from 'hono'
import { type Reader, readHead } from '../hub/hub.js'
import { readSigningKeys } from '../hub/log-keys.js'
import { proveConsistency, proveInclusion } from '../hub/prove-tree.js'
import { readTile } from '../hub/read-tile.js'
import { Refusal } from '../refusal.js'
import { answer, CACHE, readInteger, refuse, TYPES } from './http.js'

/** What the log trusts: a key that the hub begins to sign with is nobody's to pin before the operator announced it. */
export async function getLogKey(c: Context, hub: Reader): Promise<Response> {
  const vkeys = await readSigningKeys(hub.store)
  return answer(c, {
    body: vkeys.map((vkey) => `${vkey}\n`).join(''),
    type: TYPES.text,
    cache: CACHE.listing,
  })
}

export async function getCheckpoint(c: Context, hub: Reader): Promise<Response> {
  return answer(c, { body: (await readHead(hub)).note, type: TYPES.text, cache: CACHE.checkpoint })
}

/** `/log/tile/<L>/<N>[.p/<W>]` and `/log/tile/entries/…`. A tile has one address: the path is taken as it was sent. */
export async function getTile(c: Context, hub: Reader): Promise<Response> {
  const path = new URL(c.req.url).pathname.slice('/log/'.length)
  try {
    return answer(c, { body: await readTile(hub, path), type: TYPES.bytes, cache: CACHE.tile })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not-found') throw error
    // It may be there at the next checkpoint.
    return refuse(hub, error, { 'Cache-Control': CACHE.checkpoint })
  }
}

/** `size` is the head's unless given. */
export async function getInclusionProof(c: Context, hub: Reader): Promise<Response> {
  const index = readSize(c, 'index')
  const size = readSize(c, 'size')
  if (index === undefined) throw missing('index', 'the log index of an entry')
  const proof = await proveInclusion(hub, index, size)
  return answerProof(c, proof, size !== undefined)
}

/** `to` is the head's size unless given. */
export async function getConsistencyProof(c: Context, hub: Reader): Promise<Response> {
  const from = readSize(c, 'from')
  const to = readSize(c, 'to')
  if (from === undefined) throw missing('from', 'the size of a checkpoint seen before')
  const proof = await proveConsistency(hub, from, to)
  return answerProof(c, proof, to !== undefined)
}

/** Between two sizes there is one proof for ever; up to the head it is another one soon. */
function answerProof(c: Context, proof: object, fixed: boolean): Response {
  return answer(c, {
    body: JSON.stringify(proof),
    type: TYPES.json,
    cache: fixed ? CACHE.fixed : CACHE.checkpoint,
  })
}

function readSize(c: Context, name: string): number | undefined {
  if (c.req.query(name) === undefined) return undefined
  return readInteger(c, name, { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 })
}

function missing(at: string, what: string): Refusal {
  return new Refusal('bad-query', { detail: `${at} is missing: ${what}.`, at })
}
