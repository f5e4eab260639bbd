/** Replacing the log's key: what the hub signs at each step, and what verifiers who pinned an earlier one make of it. */
import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isStartedAnewAs, openLogCheckpoint } from '../src/anchor.js'
import { createApp } from '../src/app.js'
import { checkLookUp } from '../src/cli/look-up/check-lookup.js'
import { formatLookUp } from '../src/cli/look-up/format-verdict.js'
import { type FeedPage, followLogKeys, type HubPort } from '../src/follow-log-keys.js'
import type { Hub } from '../src/hub/hub.js'
import { readLogKeys } from '../src/hub/log-keys.js'
import { HubMismatch, openHub, RESTORED_SETTING, signHeadAnew } from '../src/hub/open-hub.js'
import type { Head } from '../src/hub/store.js'
import { formatLogOrigin, parseLogOrigin } from '../src/log/log-origin.js'
import { openNote, parseNote } from '../src/log/note.js'
import { createNoteVerifier } from '../src/log/note-key.js'
import type { Database } from '../src/store/database.js'
import { createHubStore } from '../src/store/hub-store.js'
import { openStores } from '../src/store/open-stores.js'
import { openSqlite } from '../src/store/sqlite.js'
import { generateHubKeys, generateLogKey, type HubKeyFile, loadHubKeys } from '../src/trust/key-file.js'
import { generateKey } from '../src/trust/keys.js'
import { createSigner, type Signer } from '../src/trust/signer.js'
import { readEncryptionKeys } from '../src/trusted-keys.js'
import { type Anchor, createLogVerifiers, extendAnchor, listLogKeys, readAnchor } from '../src/verify.js'
import { createMember, type LineResult, ORIGIN, START, signLogKey } from './hub-fixture.js'
import { portOf } from './hub-port.js'

const MIGRATIONS = new URL('../src/store/migrations', import.meta.url).pathname
const CONFIGURATION = '/alliance/.well-known/openid-federation'
const SHOP = { url: 'https://somjai-silk.example' }
/** The clock stands still, except that statements need a later second than those before. */
let seconds: number
let database: Database
let operator: Signer
let files: HubKeyFile
let hub: Hub
let app: Hono

/** Starts the hub anew on the same data, with the key files as they are. */
async function restart(over: Partial<HubKeyFile> = {}): Promise<void> {
  files = { ...files, ...over }
  if (over.logNext === undefined && 'logNext' in over) delete files.logNext
  hub = await openHub({
    origin: ORIGIN,
    demo: false,
    ...openStores(database),
    keys: await loadHubKeys(files, ORIGIN),
    now: () => seconds * 1000,
  })
  app = createApp({
    hub,
    addressOf: () => 'test',
    report: (error) => {
      throw error
    },
  })
}

const get: HubPort['text'] = async (path, accept = '*/*') => {
  const response = await app.request(path, { headers: { Accept: accept } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.text()
}

/** The hub that runs now. */
const port = (): HubPort => portOf(app, { text: get })

async function push(statement: string): Promise<LineResult | undefined> {
  const response = await app.request('/v1/statements', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ statements: [statement] }),
  })
  seconds += 1
  return ((await response.json()) as { results: LineResult[] }).results[0]
}

const say = async (vkey: string, change: 'announced' | 'retired', by: Signer = operator) =>
  push(await signLogKey(by, vkey, change, seconds))
const pin = async (): Promise<Anchor> => readAnchor(await get(CONFIGURATION), ORIGIN, seconds)
const ask = (anchor?: Anchor) => checkLookUp(port(), ORIGIN, SHOP, seconds, anchor)
const vkeyOf = async (log: HubKeyFile['log']): Promise<string> =>
  (await loadHubKeys({ ...files, log, logNext: undefined }, ORIGIN)).vkeys[0]
const lines = (note: string): number => parseNote(note).signatures.length

/** Whether somebody who knows only this key accepts the newest checkpoint. */
async function isAccepted(vkey: string): Promise<boolean> {
  return openNote(await get('/log/checkpoint'), [await createNoteVerifier(vkey)]).then(
    () => true,
    () => false,
  )
}

beforeEach(async () => {
  seconds = START
  database = openSqlite(':memory:', MIGRATIONS)
  const key = await generateKey('operator')
  operator = await createSigner(key.privateJwk)
  files = { ...(await generateHubKeys()), operator: [key.publicJwk] }
  await restart()
})
afterEach(() => database.close())

describe('a rotation', () => {
  it('goes through its steps, a restart after each, and every reader can follow', async () => {
    const first = files.log
    const next = await generateLogKey()
    const [old, young] = [await vkeyOf(first), await vkeyOf(next)]
    const member = await createMember('th-dbd', ORIGIN, operator, seconds)
    expect(await push(member.admission)).toMatchObject({ outcome: 'accepted' })
    const pinnedEarly = await pin()
    expect(listLogKeys(pinnedEarly)).toEqual([old])
    const before = await get('/log/checkpoint')

    // begun: the newest checkpoint is signed with both, although no entry came
    await restart({ logNext: next })
    const overlap = await get('/log/checkpoint')
    expect(lines(before)).toBe(1)
    expect(lines(overlap)).toBe(2)
    expect(parseNote(overlap).text).toBe(parseNote(before).text)
    expect([await isAccepted(old), await isAccepted(young)]).toEqual([true, true])
    // not announced: nobody pins it yet
    expect(listLogKeys(await pin())).toEqual([old])
    expect(await get('/log/vkey')).toBe(`${old}\n`)
    await restart()
    expect(await get('/log/checkpoint')).toBe(overlap)

    // announced
    expect(await say(young, 'announced')).toMatchObject({ outcome: 'accepted', index: 1 })
    await restart()
    expect(lines(await get('/log/checkpoint'))).toBe(2)
    expect([await isAccepted(old), await isAccepted(young)]).toEqual([true, true])
    const pinnedBetween = await pin()
    expect(listLogKeys(pinnedBetween)).toEqual([old, young])
    expect(await get('/log/vkey')).toBe(`${old}\n${young}\n`)
    expect(await ask(pinnedEarly)).toMatchObject({ trusted: true, logKeys: [] })

    // finished
    await restart({ log: next, logNext: undefined })
    expect(
      await push((await createMember('vn-ecomviet', ORIGIN, operator, seconds)).admission),
    ).toMatchObject({
      outcome: 'accepted',
    })
    expect([await isAccepted(old), await isAccepted(young)]).toEqual([false, true])
    expect(listLogKeys(await pin())).toEqual([young, old])
    expect(await get('/log/vkey')).toBe(`${young}\n${old}\n`)
    const followed = await ask(pinnedEarly)
    expect(followed).toMatchObject({
      trusted: true,
      logKeys: [{ change: 'announced', vkey: young, index: 1 }],
    })
    expect(followed.checks).toContainEqual({
      what: 'log-keys',
      ok: true,
      detail: `The log's key was changed by the alliance's operator, who announced ${young} in entry 1.`,
    })
    expect(formatLookUp(followed, 'en').join('\n')).toContain('with --pin too')
    expect(await ask(pinnedBetween)).toMatchObject({ trusted: true, logKeys: [] })

    // retired
    expect(await say(old, 'retired')).toMatchObject({ outcome: 'accepted' })
    await restart()
    expect(await readLogKeys(hub.store)).toEqual([young])
    expect(listLogKeys(await pin())).toEqual([young])
    expect(await get('/log/vkey')).toBe(`${young}\n`)
    const late = await ask(pinnedEarly)
    expect(late).toMatchObject({ trusted: true, anchor: { log: { vkey: young, vkeys: [young] } } })
    expect(late.logKeys.map(({ change }) => change)).toEqual(['announced', 'retired'])
    // who knows the new key asks for news only when told to
    expect((await ask(pinnedBetween)).logKeys).toEqual([])
    const asked = await checkLookUp(port(), ORIGIN, SHOP, seconds, pinnedBetween, { followsLog: true })
    expect(asked).toMatchObject({ trusted: true, logKeys: [{ change: 'retired', vkey: old, index: 3 }] })
    expect(listLogKeys(asked.anchor)).toEqual([young])
  })

  it('lets pages and desks that pinned the old key go on encrypting to logged keys', async () => {
    const next = await generateLogKey()
    const member = await createMember('th-dbd', ORIGIN, operator, seconds)
    await push(member.admission)
    const anchor = await pin()
    await say(await vkeyOf(next), 'announced')
    await restart({ log: next })
    await push((await createMember('vn-ecomviet', ORIGIN, operator, seconds)).admission)
    const keys = await readEncryptionKeys(port(), ORIGIN, ['th-dbd'], { anchor })
    expect(keys.get('th-dbd')?.index).toBe(0)
  })

  it('signs the newest checkpoint anew once, and loses no signature to another process that does the same', async () => {
    const [one, other] = [await generateLogKey(), await generateLogKey()]
    const keysOf = (logNext: HubKeyFile['log']) => loadHubKeys({ ...files, logNext }, ORIGIN)
    await Promise.all([
      signHeadAnew({ store: createHubStore(database), keys: await keysOf(one) }),
      signHeadAnew({ store: createHubStore(database), keys: await keysOf(other) }),
    ])
    const store = createHubStore(database)
    const { note } = (await store.head()) as Head
    expect(lines(note)).toBe(3)
    for (const vkey of [files.log, one, other].map(vkeyOf))
      expect((await openNote(note, [await createNoteVerifier(await vkey)])).verified).toHaveLength(1)
    await signHeadAnew({ store, keys: await keysOf(one) })
    expect((await store.head())?.note).toBe(note)
  })

  it('never signs what merely stands in the database', async () => {
    const { note } = (await hub.store.head()) as Head
    const other = await loadHubKeys({ ...files, log: await generateLogKey(2) }, ORIGIN)
    await expect(signHeadAnew({ store: hub.store, keys: other })).rejects.toThrow('not one of')
    expect((await hub.store.head())?.note).toBe(note)
  })
})

describe('a hub does not start', () => {
  it('with a current key that the operator did not announce', async () => {
    await expect(restart({ log: await generateLogKey() })).rejects.toThrow(HubMismatch)
  })

  it('with a current key that was retired, and says to finish when the next one is announced', async () => {
    const next = await generateLogKey()
    const [old, young] = [await vkeyOf(files.log), await vkeyOf(next)]
    await say(young, 'announced')
    await say(old, 'retired')
    await expect(restart({ logNext: next })).rejects.toThrow('trustmark rotate log-key finish')
    const idOf = (vkey: string): string => vkey.split('+', 2).join('+')
    for (const said of [
      `log key ${idOf(old)} is not`,
      `Trusted is ${idOf(young)}.`,
      'not one that was retired',
    ])
      await expect(restart({ logNext: undefined })).rejects.toThrow(said)
    await restart({ log: next })
    expect(await isAccepted(young)).toBe(true)
  })
})

describe('the log refuses', () => {
  it('a key announced twice, one that was retired, and one under another log’s name', async () => {
    const vkey = await vkeyOf(await generateLogKey())
    expect(await say(vkey, 'announced')).toMatchObject({ outcome: 'accepted' })
    expect(await say(vkey, 'announced')).toMatchObject({ problem: { code: 'bad-log-key' } })
    expect(await say(vkey, 'retired')).toMatchObject({ outcome: 'accepted' })
    for (const change of ['announced', 'retired'] as const)
      expect(await say(vkey, change)).toMatchObject({ problem: { code: 'bad-log-key' } })
    const foreign = (await loadHubKeys({ ...files, log: await generateLogKey() }, 'https://other.example'))
      .vkeys[0]
    expect(await say(foreign, 'announced')).toMatchObject({ problem: { code: 'bad-log-key' } })
    expect(await readLogKeys(hub.store)).toEqual([await vkeyOf(files.log)])
  })

  it('whoever is not the operator', async () => {
    const stranger = await createSigner((await generateKey('operator')).privateJwk)
    const vkey = await vkeyOf(await generateLogKey())
    expect(await say(vkey, 'announced', stranger)).toMatchObject({ problem: { code: 'unknown-key' } })
    const member = await createMember('th-dbd', ORIGIN, operator, seconds)
    await push(member.admission)
    expect(await say(vkey, 'announced', member.signer)).toMatchObject({ outcome: 'rejected' })
  })
})

describe('a verifier', () => {
  it('refuses a key that the hub changed without the operator', async () => {
    const anchor = await pin()
    const stolen = await loadHubKeys({ ...files, log: await generateLogKey() }, ORIGIN)
    hub.keys = stolen
    await push((await createMember('th-dbd', ORIGIN, operator, seconds)).admission)
    const looked = await ask(anchor)
    expect(looked.trusted).toBe(false)
    expect(looked.checks.find(({ ok }) => !ok)).toMatchObject({
      what: 'checkpoint',
      detail: expect.stringContaining('no statement of the alliance’s operator makes it another’s'),
    })
  })

  it('believes no statement that another operator signed, nor one for another alliance', async () => {
    const anchor = await pin()
    const stranger = await createSigner((await generateKey('operator')).privateJwk)
    const vkey = await vkeyOf(await generateLogKey())
    const forged = await signLogKey(stranger, vkey, 'announced', seconds)
    await expect(extendAnchor(anchor, [forged])).rejects.toMatchObject({ code: 'unknown-key' })
    const elsewhere = await signLogKey(operator, vkey, 'announced', seconds, 'https://sandbox.example')
    await expect(extendAnchor(anchor, [elsewhere])).rejects.toMatchObject({ name: 'Refusal' })
    const admission = (await createMember('th-dbd', ORIGIN, operator, seconds)).admission
    await expect(extendAnchor(anchor, [admission])).rejects.toMatchObject({ code: 'unknown-type' })
  })

  it('extends an anchor in any order of statements, and is left with no key by none', async () => {
    const anchor = await pin()
    const young = await vkeyOf(await generateLogKey())
    const announced = await signLogKey(operator, young, 'announced', seconds)
    const retired = await signLogKey(operator, anchor.log.vkey, 'retired', seconds)
    for (const statements of [
      [announced, retired],
      [retired, announced],
    ])
      expect((await extendAnchor(anchor, statements)).log).toEqual({
        origin: anchor.log.origin,
        vkey: young,
        vkeys: [young],
        retired: [anchor.log.vkey],
      })
    expect(listLogKeys(await extendAnchor(anchor, [announced]))).toEqual([anchor.log.vkey, young])
    await expect(extendAnchor(anchor, [retired])).rejects.toMatchObject({ code: 'unknown-log-key' })
    // A key that was retired before the anchor met it stays away, and no later announcement brings it back.
    const gone = await signLogKey(operator, young, 'retired', seconds)
    expect(listLogKeys(await extendAnchor(anchor, [gone, announced]))).toEqual([anchor.log.vkey])
  })

  it('takes keys of the pinned log’s name only', async () => {
    const anchor = await pin()
    const later = await loadHubKeys({ ...files, log: await generateLogKey(2) }, ORIGIN)
    const extended = await extendAnchor(anchor, [
      await signLogKey(operator, later.vkeys[0], 'announced', seconds),
    ])
    expect(listLogKeys(extended)).toEqual([anchor.log.vkey])
    const both = { ...anchor, log: { ...anchor.log, vkeys: [anchor.log.vkey, later.vkeys[0]] } }
    expect((await createLogVerifiers(both)).map(({ name }) => name)).toEqual([anchor.log.origin])
  })

  it('gives up on a feed that is none: lines out of order, no end, no headers, or the same word without end', async () => {
    const anchor = await pin()
    const statement = await signLogKey(operator, await vkeyOf(await generateLogKey()), 'announced', seconds)
    const lineOf = (index: number) =>
      `${JSON.stringify({ index, kind: 'log-key', issuer: 'alliance', at: 0, sha256: '', statement })}\n`
    const feeds: Record<string, (page: number) => FeedPage> = {
      'do not follow': () => ({ text: lineOf(0) + lineOf(0), nextAfter: 0, size: 1 }),
      'no feed': () => ({ text: 'nonsense\n', nextAfter: 0, size: 1 }),
      'no end': (page) => ({ text: '', nextAfter: page, size: Number.MAX_SAFE_INTEGER }),
      'how long the log is': () => ({ text: '', nextAfter: 5, size: undefined }),
      'where it goes on': () => ({ text: '', nextAfter: undefined, size: 7 }),
      'more than 1000 statements': (page) => ({
        text: Array.from({ length: 600 }, (_, i) => lineOf(page * 600 + i)).join(''),
        nextAfter: page * 600 + 599,
        size: Number.MAX_SAFE_INTEGER,
      }),
    }
    for (const [why, feed] of Object.entries(feeds)) {
      let pages = 0
      const asked = followLogKeys({ feed: async () => feed(pages++) }, anchor)
      await expect(asked, why).rejects.toMatchObject({
        code: 'bad-claims',
        message: expect.stringContaining(why),
      })
      expect(pages).toBeLessThanOrEqual(1000)
    }
  }, 20_000)

  it('goes by what the feed says of itself, never by the number of its lines', async () => {
    const anchor = await pin()
    const young = await vkeyOf(await generateLogKey())
    const statement = await signLogKey(operator, young, 'announced', seconds)
    const line = JSON.stringify({
      index: 9,
      kind: 'log-key',
      issuer: 'alliance',
      at: 0,
      sha256: '',
      statement,
    })
    // This hub looks through three entries a page, and the second page is empty.
    const pages: Record<string, FeedPage> = {
      '': { text: '', nextAfter: 3, size: 12 },
      3: { text: '', nextAfter: 6, size: 12 },
      6: { text: `${line}\n`, nextAfter: 9, size: 12 },
      9: { text: '', nextAfter: 11, size: 12 },
    }
    const feed = async (path: string) =>
      pages[new URL(path, ORIGIN).searchParams.get('after') ?? ''] ?? { text: '', nextAfter: 11, size: 12 }
    const { news, anchor: followed } = await followLogKeys({ feed }, anchor)
    expect(news).toEqual([{ change: 'announced', vkey: young, index: 9, statement }])
    expect(listLogKeys(followed)).toEqual([anchor.log.vkey, young])
  })

  it('that pinned a key’s retirement does not take the key back, whatever it is shown of before', async () => {
    const young = await vkeyOf(await generateLogKey())
    const announced = await signLogKey(operator, young, 'announced', seconds)
    expect(await push(announced)).toMatchObject({ outcome: 'accepted' })
    const early = await pin()
    expect(await say(young, 'retired')).toMatchObject({ outcome: 'accepted' })
    const late = await pin()
    expect(late.log.retired).toEqual([young])
    expect(listLogKeys(await extendAnchor(late, [announced]))).toEqual([late.log.vkey])
    // Who pinned before learns it, and keeps it.
    const followed = await followLogKeys(port(), early)
    expect(followed.anchor.log).toEqual(late.log)
    expect(followed.news).toMatchObject([{ change: 'retired', vkey: young, index: 1 }])
    expect((await followLogKeys(port(), late)).news).toEqual([])
    // A hub that lists it among the others all the same says nothing by it.
    const both = { ...late, log: { ...late.log, vkeys: [young, ...(late.log.vkeys ?? [])] } }
    expect(listLogKeys(both)).toEqual([late.log.vkey])
    const none = { ...late, log: { ...late.log, retired: [young, late.log.vkey] } }
    expect(() => listLogKeys(none)).toThrow('retired every key')
    expect((await createLogVerifiers(both)).length).toBe(1)
  })

  it('is told so where a retired key signs', async () => {
    const next = await generateLogKey()
    const old = await vkeyOf(files.log)
    const signedByOld = await get('/log/checkpoint')
    await say(await vkeyOf(next), 'announced')
    await restart({ log: next })
    await say(old, 'retired')
    await expect(openLogCheckpoint(signedByOld, await pin())).rejects.toMatchObject({
      code: 'unknown-log-key',
      message: expect.stringContaining('operator retired'),
    })
  })

  it('reads an anchor from before there were several keys', async () => {
    const { log, ...anchor } = await pin()
    const old: Anchor = { ...anchor, log: { origin: log.origin, vkey: log.vkey } }
    expect((await openLogCheckpoint(await get('/log/checkpoint'), old)).size).toBe(0)
  })
})

describe('a log that was started anew', () => {
  const at = '2026-11-22T03:00:00.000Z'

  /** A new log over the same members, as a forced restore makes one. */
  async function startAnew(): Promise<void> {
    const previous = { origin: hub.keys.logOrigin, vkey: hub.keys.vkeys[0] }
    await database.close()
    database = openSqlite(':memory:', MIGRATIONS)
    await restart({ log: await generateLogKey(2) })
    await database.atomic([
      database.kysely
        .insertInto('settings')
        .values({ name: RESTORED_SETTING, value: JSON.stringify({ at, size: 7, previous }) })
        .compile(),
    ])
    await restart()
  }

  it('is named to who pinned the earlier one, with what to do', async () => {
    const anchor = await pin()
    await startAnew()
    const looked = await ask(anchor)
    expect(looked.trusted).toBe(false)
    expect(looked.checks.find(({ ok }) => !ok)).toMatchObject({
      what: 'checkpoint',
      detail: expect.stringMatching(/was given up: .* started a new log, .*-2, .*by another way.*pin anew/),
    })
    await expect(openLogCheckpoint(await get('/log/checkpoint'), anchor)).rejects.toMatchObject({
      code: 'log-restarted',
    })
    await push((await createMember('th-dbd', ORIGIN, operator, seconds)).admission)
    await expect(readEncryptionKeys(port(), ORIGIN, ['th-dbd'], { anchor })).rejects.toMatchObject({
      code: 'log-restarted',
    })
  })

  it('says so to who meets it first: in the answer and in its text', async () => {
    await startAnew()
    const looked = await ask()
    expect(looked).toMatchObject({ trusted: true, verdict: { asOf: { restored: { at, size: 7 } } } })
    const text = formatLookUp(looked, 'en').join('\n')
    expect(text).toContain('The public log was started anew: On 22 November 2026')
    expect(text).toContain('the 7 entries that the backup held')
    const page = await get(`/verify?url=${encodeURIComponent(SHOP.url)}`)
    expect(page).toContain('id="restored"')
  })

  it('is told from another log by its name, and never from a later one to an earlier', () => {
    expect(isStartedAnewAs('hub.example/log', 'hub.example/log-2')).toBe(true)
    expect(isStartedAnewAs('hub.example/log-2', 'hub.example/log-10')).toBe(true)
    for (const [pinned, shown] of [
      ['hub.example/log', 'hub.example/log'],
      ['hub.example/log-2', 'hub.example/log'],
      ['hub.example/log', 'other.example/log-2'],
      ['hub.example/log', 'hub.example/log-02'],
      ['hub.example/log', 'hub.example/log-x'],
      ['hub.example/log', 'hub.example/log-1'],
      ['hub.example/log', 'hub.example/log-10000'],
      ['hub.example', 'hub.example-2'],
    ] as const)
      expect(isStartedAnewAs(pinned, shown)).toBe(false)
  })

  it('has a name that is read back as it was written, and no other', () => {
    for (const generation of [1, 2, 10, 9999])
      expect(parseLogOrigin(formatLogOrigin('https://hub.example:8443', generation))).toEqual({
        first: 'hub.example:8443/log',
        generation,
      })
    expect(parseLogOrigin('hub.example/log-2/log')).toEqual({ first: 'hub.example/log-2/log', generation: 1 })
    for (const name of [
      '',
      '/log',
      'hub.example',
      'hub.example/log-1',
      'hub.example/log-0',
      'hub.example/log-10000',
    ])
      expect(parseLogOrigin(name)).toBeUndefined()
  })
})
