/** What a mirror, or the hub itself where it still answers, has seen of a log: read over HTTP, and judged like any other copy. */
import * as z from 'zod'
import type { KnownEntry, KnownLog } from '../../hub/known-log.js'
import { parseCheckpoint } from '../../log/checkpoint.js'
import { decodeBase64 } from '../../log/encoding.js'
import { LogError } from '../../log/error.js'
import { parseNote } from '../../log/note.js'
import { verifyConsistency } from '../../log/verify-proof.js'
import { assertCheckpoint } from '../../node/known-files.js'
import { expectStatus, type HubClient, readAnswer } from '../hub-client.js'
import { createHttpSource } from '../mirror/http-source.js'

const PAGE = 1000
const consistency = z.object({ hashes: z.array(z.string()) })

/** @throws HubClientError, and DataError `known-unreadable` for what shows no checkpoint */
export async function readKnownHub(client: HubClient): Promise<KnownLog> {
  const source = createHttpSource(client)
  const checkpoint = await source.checkpoint()
  assertCheckpoint(client.origin, checkpoint)
  const there = parseCheckpoint(parseNote(checkpoint).text)
  return {
    name: client.origin,
    checkpoint,
    async beginsWith({ size, root }) {
      const path = `/log/proof/consistency?from=${size}&to=${there.size}`
      const { hashes } = readAnswer(expectStatus(await client.get(path), 200), consistency, 'a proof')
      try {
        const proof = hashes.map(decodeBase64)
        verifyConsistency({ from: size, to: there.size, fromRoot: root, toRoot: there.root, proof })
        return true
      } catch (error) {
        if (error instanceof LogError) return false
        throw error
      }
    },
    async *entriesAfter(index): AsyncGenerator<KnownEntry> {
      for (let after = index; after < there.size - 1; ) {
        const page = await source.changes(after, PAGE)
        for (const { statement = null, ...line } of page) yield { ...line, statement }
        const last = page.at(-1)
        if (!last) return
        after = last.index
      }
    },
  }
}
