/** Where sealed files lie: the same contract for a folder and for the database, and what only a folder has. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFileAttachments } from '../src/node/attachment-files.js'
import { createDatabaseAttachments } from '../src/store/database-attachments.js'
import { openSqlite } from '../src/store/sqlite.js'
import { attachmentContract } from './attachment-contract.js'

const migrations = new URL('../src/store/migrations', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'hub-attachments-'))
afterAll(() => rmSync(folder, { recursive: true }))

const MAX = 15_000_000
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
let count = 0
const open = (path = join(folder, `files-${count++}`), now = Date.now()) => ({
  path,
  store: createFileAttachments(path, MAX, now),
})

attachmentContract('a folder', async () => open().store)
attachmentContract('the database', async () =>
  createDatabaseAttachments(openSqlite(':memory:', migrations), MAX),
)

describe('a folder of sealed files', () => {
  it('is readable by its own user only, and so is each file', async () => {
    const { path, store } = open()
    await store.put('JP-7Q4K9-MXW2C/a', bytes('x'))
    expect(statSync(path).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o777).toBe(0o600)
  })

  it('names no case, and no key can name a place outside of it', async () => {
    const { path, store } = open(join(folder, 'inner', 'files'))
    const keys = [
      '../../etc/passwd',
      '..',
      '/etc/passwd',
      'JP-7Q4K9-MXW2C/..%2f..',
      'a/../../b',
      'CON',
      'a\0b',
      '.part',
    ]
    for (const key of keys) await store.put(key, bytes(key))
    expect(readdirSync(join(folder, 'inner'))).toEqual(['files'])
    expect(readdirSync(path)).toHaveLength(keys.length)
    for (const name of readdirSync(path)) expect(name).toMatch(/^[0-9a-f]{64}$/)
    for (const key of keys) expect(await store.get(key)).toEqual(bytes(key))
  })

  it('holds what was written when it is opened again', async () => {
    const { path, store } = open()
    await store.put('a', bytes('kept'))
    expect(await open(path).store.get('a')).toEqual(bytes('kept'))
  })

  it('clears away what a killed process left half-written, but nothing that may still be written', async () => {
    const path = join(folder, 'left')
    mkdirSync(path)
    writeFileSync(join(path, 'old.part'), 'half')
    writeFileSync(join(path, 'new.part'), 'half')
    const hours = (n: number) => new Date(Date.now() - n * 3_600_000)
    utimesSync(join(path, 'old.part'), hours(2), hours(2))
    open(path)
    expect(readdirSync(path)).toEqual(['new.part'])
  })

  it('leaves the old file whole when the new one can not be written', async () => {
    const { path, store } = open()
    await store.put('a', bytes('first'))
    const [name = ''] = readdirSync(path)
    // A folder in the place of the file: renaming onto it fails, whoever runs the test.
    rmSync(join(path, name))
    mkdirSync(join(path, name))
    writeFileSync(join(path, name, 'inside'), 'first')
    await expect(store.put('a', bytes('second'))).rejects.toThrow()
    expect(readFileSync(join(path, name, 'inside'), 'utf8')).toBe('first')
    expect(readdirSync(path)).toEqual([name])
  })
})
