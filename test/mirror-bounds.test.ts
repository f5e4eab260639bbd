/** What a copy reads is bounded: a hub that sends without end, or signs a size that no memory holds, is named and left. */
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { createHubClient } from '../src/cli/hub-client.js'
import { createHttpSource } from '../src/cli/mirror/http-source.js'
import { FeedLineError, parseFeedLine } from '../src/hub/feed-line.js'
import type { Reader } from '../src/hub/hub.js'
import { MAX_STRETCH } from '../src/hub/mirror/leaves.js'
import { formatCheckpoint } from '../src/log/checkpoint.js'
import { signNote } from '../src/log/note.js'
import { generateLogKey } from '../src/trust/key-file.js'
import { createTestHub, signLogKey, type TestHub, type TestMember } from './hub-fixture.js'
import { type Alter, copyOf, shops, sync, withLogKeys } from './mirror-fixture.js'

let t: TestHub
let dbd: TestMember
let copy: Reader

beforeEach(async () => {
  t = await createTestHub()
  dbd = await t.admit('th-dbd')
  await t.push(...(await shops(t, dbd, ['A-1', 'A-2'])))
  copy = await copyOf(t)
})

/** A hub that answers every page of the feed like this. */
function feedOf(answer: (after: number) => Response): {
  asked: () => number
  source: ReturnType<typeof createHttpSource>
} {
  let asked = 0
  const fetch = async (url: string): Promise<Response> => {
    asked += 1
    return answer(Number(new URL(url).searchParams.get('after') ?? -1))
  }
  const client = createHubClient(t.hub.origin, { fetch, sleep: async () => undefined })
  return { asked: () => asked, source: createHttpSource(client) }
}

describe('a feed', () => {
  it('of empty pages that always say that more comes ends', async () => {
    const { asked, source } = feedOf(
      (after) =>
        new Response('', {
          headers: { 'Next-After': String(after + 1), 'Checkpoint-Size': '9007199254740991' },
        }),
    )
    await expect(source.changes(-1, 1000, 'erasure')).rejects.toMatchObject({ code: 'bad-feed' })
    expect(asked()).toBe(1000)
  })

  it('with more lines than were asked for, or with empty ones, is refused', async () => {
    const line = JSON.stringify({ index: 0, kind: 'record', issuer: 'x', at: 1, sha256: 'x' })
    const { source } = feedOf(() => new Response(`${line}\n`.repeat(12)))
    await expect(source.changes(-1, 10)).rejects.toMatchObject({ code: 'bad-feed' })
    const newlines = feedOf(() => new Response('\n'.repeat(10_000_000))).source
    await expect(newlines.changes(-1, 1000)).rejects.toMatchObject({ code: 'bad-feed' })
    const gap = feedOf(() => new Response(`${line}\n\n${line}\n`)).source
    await expect(gap.changes(-1, 1000)).rejects.toMatchObject({ code: 'entry-differs', index: 1 })
  })

  it('of statements about the log’s keys is verified as it comes, and read up to so many', async () => {
    const next = await withLogKeys(t, await generateLogKey())
    await t.push(...(await shops(next, dbd, ['A-3'])))
    const true_ = await signLogKey(t.operator, t.hub.keys.vkeys[0], 'announced', t.now())
    await next.push(...(await shops(next, dbd, ['A-4'])))
    let pages = 0
    const endless =
      (statement: string): Alter =>
      (path) => {
        if (!path.includes('kind=log-key')) return undefined
        pages += 1
        const after = Number(new URLSearchParams(path.split('?')[1]).get('after') ?? -1)
        const lines = Array.from({ length: 100 }, (_, i) =>
          JSON.stringify({
            index: after + 1 + i,
            kind: 'log-key',
            issuer: 'alliance',
            at: 1,
            sha256: 'x',
            statement,
          }),
        )
        return new Response(`${lines.join('\n')}\n`)
      }
    const false_ = sync(copy, next, endless('x'.repeat(100_000)))
    await expect(false_).rejects.toMatchObject({ name: 'MirrorError', code: 'checkpoint-invalid' })
    expect(pages).toBe(1)
    pages = 0
    await expect(sync(copy, next, endless(true_))).rejects.toMatchObject({ code: 'checkpoint-invalid' })
    expect(pages).toBe(11)
  })
})

describe('a line of a feed', () => {
  const line = { index: 3, kind: 'record', issuer: 'th-dbd', at: 1, sha256: 'ab', statement: 'a.b.c' }
  it('is read without what is not known yet', () => {
    expect(parseFeedLine(JSON.stringify({ ...line, later: { a: 1 } }))).toEqual(line)
  })
  it.each([
    [
      'that names a key twice',
      '{"index":3,"index":4,"kind":"record","issuer":"th-dbd","at":1,"sha256":"ab"}',
    ],
    ['without an index', JSON.stringify({ ...line, index: undefined })],
    ['with an index that is none', JSON.stringify({ ...line, index: -1 })],
    ['that is not JSON', '{'],
    ['that is empty', ''],
    ['that is longer than any', JSON.stringify({ ...line, statement: 'x'.repeat(400_000) })],
  ])('%s is refused', (_, text) => {
    expect(() => parseFeedLine(text)).toThrow(FeedLineError)
  })
})

describe('a part of a snapshot', () => {
  const part =
    (text: string): Alter =>
    (path) =>
      path.endsWith('.ndjson.gz') ? new Response(new Uint8Array(gzipSync(text))) : undefined

  it('of newlines alone is refused at the first', async () => {
    await expect(sync(copy, t, part('\n'.repeat(50_000_000)))).rejects.toMatchObject({
      code: 'snapshot-truncated',
      index: 0,
    })
  })

  it('that shows a line again and again is refused at the second', async () => {
    const text = await (await t.app.request('/v1/changes?limit=1')).text()
    await expect(sync(copy, t, part(text.repeat(100)))).rejects.toMatchObject({
      code: 'entry-differs',
      index: 1,
    })
  })
})

describe('a signed size', () => {
  it.each([MAX_STRETCH + 1, 2 ** 33, 2 ** 52])(
    'of %d entries is named before anything is fetched',
    async (size) => {
      const { logOrigin, log } = t.hub.keys
      const note = await signNote(
        formatCheckpoint({ origin: logOrigin, size, root: new Uint8Array(32) }),
        ...log,
      )
      const asked: string[] = []
      const synced = sync(copy, t, (path) => {
        asked.push(path)
        return path === '/log/checkpoint' ? new Response(note) : undefined
      })
      await expect(synced).rejects.toMatchObject({ name: 'MirrorError', code: 'log-too-large', index: 0 })
      expect(asked).toEqual(['/log/checkpoint'])
    },
  )
})
