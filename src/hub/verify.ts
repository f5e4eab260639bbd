/** Looking up: from a question to a verdict as of one log size (DESIGN 5). */
import type { Verdict, VerdictQuery } from '../record/verdict.js'
import { versionTag } from '../trust/digest.js'
import { composeVerdict } from './compose-verdict.js'
import { findSimilar, isInForce, type SimilarRecord } from './find-similar.js'
import { type Evidence, gatherEvidence, readSettled } from './gather-evidence.js'
import { type Reader, readHead } from './hub.js'
import { type Question, readQuestion } from './question.js'
import type { Head } from './store.js'

/** Rendered verdicts by question, and how many bytes their texts have together. */
export interface VerdictCache {
  byName: Map<string, RenderedVerdict>
  bytes: number
}

/** A verdict with its rendered form, valid until log or time change it. */
export interface RenderedVerdict {
  verdict: Verdict
  /** The JSON text in UTF-8: a text in Thai or Japanese would be encoded anew for every answer. */
  body: Uint8Array<ArrayBuffer>
  /** Strong entity tag, quoted. */
  etag: string
  size: number
  /** Epoch ms at which time alone may change the answer. */
  until: number
}

/** Rendered verdicts kept per process, those asked for last, in bytes of their text; each takes some four times that. */
const MAX_RENDERED_BYTES = 24 * 1024 * 1024
const utf8 = new TextEncoder()

/**
 * Answers a look-up.
 * @throws Refusal `bad-query`, `personal-number`
 */
export async function verify(hub: Reader, query: VerdictQuery): Promise<RenderedVerdict> {
  const head = await readHead(hub)
  const name = JSON.stringify([query.url, query.record, query.identifier, query.for])
  const cache = dropOlder(hub.memory, head.size)
  const kept = cache.byName.get(name)
  const rendered =
    kept && kept.size === head.size && hub.now() < kept.until ? kept : await render(hub, query, head)
  // Into the cache as it was found: what was rendered before an erasure must not enter the one that came after it.
  keep(cache, name, rendered)
  return rendered
}

/** Answers of an earlier size are given out no more, and one of them may be about what another process erased since. */
function dropOlder(memory: Reader['memory'], size: number): VerdictCache {
  const [oldest] = memory.verdicts.byName.values()
  if (oldest && oldest.size < size) memory.verdicts = { byName: new Map(), bytes: 0 }
  return memory.verdicts
}

/** A Map gives its keys in the order of setting, so the first is the one that was not asked for longest. */
function keep(kept: VerdictCache, name: string, rendered: RenderedVerdict): void {
  kept.bytes -= kept.byName.get(name)?.body.length ?? 0
  kept.byName.delete(name)
  kept.byName.set(name, rendered)
  kept.bytes += rendered.body.length
  for (const [oldest, { body }] of kept.byName) {
    if (kept.bytes <= MAX_RENDERED_BYTES) break
    kept.byName.delete(oldest)
    kept.bytes -= body.length
  }
}

async function render(hub: Reader, query: VerdictQuery, startHead: Head): Promise<RenderedVerdict> {
  const question = readQuestion(query)
  const { head, found } = await readSettled(hub, startHead, async (at) => {
    const [evidence] = await gatherEvidence(hub, [question], at)
    if (!evidence) throw new Error('one question has one evidence')
    return { evidence, similar: await seekSimilar(hub, question, evidence) }
  })
  const { verdict, until } = composeVerdict(hub, query, question, head, found.evidence, found.similar)
  const body = utf8.encode(JSON.stringify(verdict)) as Uint8Array<ArrayBuffer>
  return { verdict, body, etag: `"${head.size}-${versionTag(body)}"`, size: head.size, until }
}

/** Records in force at addresses that resemble the one asked about, looked for only where none in force covers that one. */
async function seekSimilar(hub: Reader, question: Question, evidence: Evidence): Promise<SimilarRecord[]> {
  const { records, near, roster } = evidence
  const now = hub.now() / 1000
  // With or without www. a mark in force is the shop's own, and said in a warning: nobody has to be sought.
  const isSought =
    question.by === 'presence' && ![...records, ...near].some((record) => isInForce(record, now))
  return isSought ? findSimilar(hub, question.presence, roster, now) : []
}
