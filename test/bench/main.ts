/** The benchmark: every figure of docs/benchmarks.md, in some four minutes; `--full` adds 10^6 records and takes long. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureAppend } from './append.js'
import { startChild } from './child.js'
import { measureGrowth } from './growth.js'
import { fill, measureIngest } from './ingest.js'
import { measureLookups, type Served } from './lookup.js'
import { measurePages } from './pages.js'
import { measureProofs } from './proof.js'
import { measureRebuild } from './rebuild.js'
import { measureSearch } from './search.js'
import { measureSequencing } from './sequence.js'
import { BATCH, createPublisher, type Publisher, signShops } from './shops.js'
import { measureSync } from './sync.js'

const SMALL = 10_000
const FULL = process.argv.includes('--full')
const LARGE = FULL ? 1_000_000 : 100_000
/** Records of the hub that is rebuilt. */
const REBUILT = FULL ? 100_000 : SMALL
/** Entries of the log that proofs are taken from. */
const PROVED = 100_000
/** Parts that fill no hub with records. */
const WITHOUT_RECORDS = ['append', 'sequence', 'proof']

const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',')
const wanted = (part: string): boolean => !only || only.includes(part)

const folder = mkdtempSync(join(tmpdir(), 'trustmark-bench-'))
try {
  await run()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function run(): Promise<void> {
  const publisher = await createPublisher()
  const small = prepare('small', publisher)
  if (wanted('append'))
    await measureAppend(prepare('append', publisher), await signShops(publisher, 0, BATCH))
  if (wanted('sequence')) await measureSequencing(prepare('sequence', publisher), publisher)
  if (wanted('proof')) {
    for (const size of LARGE > PROVED ? [PROVED, LARGE] : [PROVED])
      await measureProofs(prepare(`proof-${size}`, publisher), size)
  }
  if (only?.every((part) => WITHOUT_RECORDS.includes(part))) return

  let hub = await start('hub-process', small)
  await admit(hub, publisher)
  await fill(hub.port, publisher, 0, SMALL)
  if (wanted('sync')) {
    const [bytes, verifier] = [await start('bytes-process'), await startChild('verify-process')]
    await measureSync(hub, bytes, verifier, publisher, join(folder, 'copy'))
    await Promise.all([bytes.child.stop(), verifier.stop()])
  }
  if (wanted('pages')) {
    const bare = await start('bare-process')
    await measurePages(hub, bare, SMALL)
    await bare.child.stop()
  }
  await hub.child.stop()
  if (wanted('rebuild')) await rebuildAt(small, publisher)
  if (only?.every((part) => [...WITHOUT_RECORDS, 'sync', 'pages', 'rebuild'].includes(part))) return
  // The same data goes on to grow elsewhere, so that both sizes can be asked in turn.
  const large = join(folder, 'large')
  cpSync(small, large, { recursive: true })

  hub = await start('hub-process', large)
  let records = SMALL
  if (wanted('ingest')) {
    const verifier = await startChild('verify-process')
    records = await measureIngest(hub, verifier, publisher, records)
    await verifier.stop()
  }
  if (wanted('lookup') || wanted('growth') || wanted('search')) {
    await fill(hub.port, publisher, records, LARGE)
    records = LARGE
  }
  if (wanted('lookup')) {
    const bare = await start('bare-process')
    await measureLookups(hub, bare, records)
    await bare.child.stop()
  }
  await hub.child.stop()
  if (wanted('growth')) await measureGrowth({ data: small, records: SMALL }, { data: large, records })
  if (wanted('search')) await measureSearch({ data: large, records })
}

/** Rebuilds the data of the small hub, or of one that grew on from it. */
async function rebuildAt(small: string, publisher: Publisher): Promise<void> {
  if (REBUILT === SMALL) return measureRebuild(small, SMALL)
  const data = join(folder, 'rebuild')
  cpSync(small, data, { recursive: true })
  const hub = await start('hub-process', data)
  await fill(hub.port, publisher, SMALL, REBUILT)
  await hub.child.stop()
  await measureRebuild(data, REBUILT)
  rmSync(data, { recursive: true })
}

/** A data folder that knows the operator's public key. */
function prepare(name: string, { operatorPublic }: Publisher): string {
  const data = join(folder, name)
  mkdirSync(join(data, 'keys'), { recursive: true })
  writeFileSync(join(data, 'keys', 'operator.jwks.json'), JSON.stringify({ keys: [operatorPublic] }))
  return data
}

async function start(name: string, ...args: string[]): Promise<Served> {
  const port = await freePort()
  return { port, child: await startChild(name, ...args, String(port)) }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function admit({ port }: Served, { member }: Publisher): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/statements`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: member.admission,
  })
  const text = await response.text()
  if (!text.includes('"accepted"')) throw new Error(`the member was not admitted: ${text}`)
}
