/** How a consumer's browser asks a hub: an answer that breaks off or stands still is a broken line, and never waited for without end. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHubApi } from '../src/browser/kit/hub-api.js'
import { HubError } from '../src/browser/kit/hub-error.js'

let asked = 0
let reply: (response: ServerResponse, attempt: number) => void
let origin = ''
const server = createServer((_request, response) => {
  asked += 1
  reply(response, asked)
})

beforeEach(async () => {
  asked = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Only the patience of the script: the line itself keeps its own time.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  vi.useRealTimers()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Lets the time of the script pass, a second at a time, until it has an answer. */
async function inTime<T>(answer: Promise<T>): Promise<{ value?: T; error?: unknown; seconds: number }> {
  let seconds = 0
  let settled: { value?: T; error?: unknown } | undefined
  answer.then(
    (value) => {
      settled = { value }
    },
    (error: unknown) => {
      settled = { error }
    },
  )
  for (; !settled && seconds < 600; seconds += 1) {
    // The line's own events come between.
    for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(1000)
  }
  return { ...settled, seconds }
}

describe('a hub that', () => {
  it('sends headers and then nothing is given up, and asked again', async () => {
    reply = (response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' })
      response.write('the first half')
    }
    const { error, seconds } = await inTime(createHubApi(origin).text('/x'))
    expect(error).toBeInstanceOf(HubError)
    expect((error as HubError).code).toBe('offline')
    expect(asked).toBe(3)
    expect(seconds).toBeGreaterThanOrEqual(3 * 45)
  })

  it('refuses and stalls in saying why is given up too', async () => {
    reply = (response) => {
      response.writeHead(404, { 'Content-Type': 'application/problem+json' })
      response.write('{"code":')
    }
    const { error } = await inTime(createHubApi(origin).text('/x'))
    expect((error as HubError).code).toBe('offline')
  })

  it('breaks off in the middle of an answer is asked again', async () => {
    reply = (response, attempt) => {
      response.writeHead(200, { 'Content-Length': '5' })
      if (attempt > 1) response.end('whole')
      else response.write('who', () => setImmediate(() => response.destroy()))
    }
    const { value } = await inTime(createHubApi(origin).text('/x'))
    expect([value, asked]).toEqual(['whole', 2])
  })

  it('sends a large file slowly is waited for as long as something comes', async () => {
    reply = (response) => {
      response.writeHead(200)
      let chunks = 0
      const more = (): void => {
        chunks += 1
        if (chunks > 10) response.end()
        // By the script's own time, half of its patience each.
        else response.write('0123456789', () => setTimeout(more, 22_000))
      }
      more()
    }
    const { value, seconds } = await inTime(createHubApi(origin).getAttachment('JP-7Q4K9-MXW2C', 'a', 'key'))
    expect([value?.length, asked]).toEqual([100, 1])
    expect(seconds).toBeGreaterThan(200)
  })
})

it('asks by another’s fetch where it is given one, files too', async () => {
  const sent: string[] = []
  const api = createHubApi('https://hub.example', {
    fetch: async (url, init) => {
      sent.push(`${init.method ?? 'GET'} ${url} ${new Headers(init.headers).get('Authorization')}`)
      return new Response('{"members":[]}')
    },
  })
  expect(await api.members()).toEqual([])
  await api.putAttachment('JP-7Q4K9-MXW2C', 'a', 'key', new Uint8Array([1, 2]))
  expect(sent).toEqual([
    'GET https://hub.example/v1/members null',
    'PUT https://hub.example/v1/cases/JP-7Q4K9-MXW2C/attachments/a Bearer key',
  ])
})
