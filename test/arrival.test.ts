/** Whether a visitor came from what a mark covers: hosts, ports, platforms, imitations, and headers that are none. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arrival, readArrival } from '../src/pages/record/arrival.js'
import type { RecordPresence } from '../src/record/record.js'

const OWN = ['hub.example', '127.0.0.1:8787']

const web = (host: string, scope: 'host' | 'domain' = 'host'): RecordPresence => ({
  kind: 'web',
  keys: [`web:${host}`],
  url: `https://${host}`,
  scope,
  confirmedAt: '2026-03-02',
})
const shopee: RecordPresence = {
  kind: 'shopee',
  keys: ['shopee:th:user:somjai'],
  url: 'https://shopee.co.th/somjai',
  scope: 'host',
  confirmedAt: '2026-03-02',
}
const SHOP = web('somjai-silk.example')

const from = (referer: string | undefined, ...presences: RecordPresence[]): Arrival =>
  readArrival(referer, presences.length > 0 ? presences : [SHOP], OWN)

describe('a visitor comes from', () => {
  test.each([
    ['the shop', 'https://somjai-silk.example/', 'covered'],
    ['a page of the shop, with the whole address', 'https://somjai-silk.example/a/b?c=d#e', 'covered'],
    ['the shop without TLS, which is the same', 'http://somjai-silk.example/', 'covered'],
    ['the shop on the usual port', 'https://somjai-silk.example:443/', 'covered'],
    ['the shop in capital letters and with the root’s dot', 'https://SOMJAI-SILK.example./', 'covered'],
    ['another port of the shop’s host', 'https://somjai-silk.example:8443/', 'neighbour'],
    ['the www. of a mark for the host alone', 'https://www.somjai-silk.example/', 'neighbour'],
    ['a host that begins with the shop’s name', 'https://somjai-silk.example.evil.example/', 'elsewhere'],
    ['a host that ends with it', 'https://notsomjai-silk.example/', 'elsewhere'],
    ['another shop', 'https://evil.example/', 'elsewhere'],
    ['a search engine, which may only have led here', 'https://www.google.com/', 'elsewhere'],
    ['a number in place of a name', 'http://203.0.113.7/', 'elsewhere'],
    ['another site on this machine', 'http://127.0.0.1:9000/', 'elsewhere'],
    ['a host without a dot', 'http://localhost/', 'elsewhere'],
    ['a platform where the mark covers no shop', 'https://www.facebook.com/', 'elsewhere'],
    ['a shop on a platform', 'https://shopee.co.th/somebody', 'other-shop'],
    ['this hub', 'https://hub.example/directory', 'unknown'],
    ['this hub with the root’s dot', 'https://hub.example./', 'unknown'],
    ['this hub on a test machine', 'http://127.0.0.1:8787/', 'unknown'],
    ['a short link', 'https://t.co/', 'unknown'],
    ['an app', 'android-app://jp.naver.line.android/', 'unknown'],
    ['a file', 'file:///home/shop.html', 'unknown'],
    ['a page without an address', 'about:blank', 'unknown'],
    ['an address that hides its host', 'https://somjai-silk.example@evil.example/', 'unknown'],
    ['no address at all', 'somjai-silk.example', 'unknown'],
    ['an empty header', '', 'unknown'],
    ['nowhere', undefined, 'unknown'],
    ['a header longer than any', `https://evil.example/${'a'.repeat(5000)}`, 'unknown'],
    ['a long address of the shop', `https://somjai-silk.example/${'a'.repeat(3000)}`, 'covered'],
  ] as const)('%s', (_, referer, expected) => {
    expect(from(referer).from).toBe(expected)
  })

  test.each([
    ['a subdomain', 'https://www.somjai-silk.example/', 'covered'],
    ['a subdomain of a subdomain', 'https://a.b.somjai-silk.example/', 'covered'],
    ['a subdomain on another port', 'https://www.somjai-silk.example:8443/', 'neighbour'],
    ['another domain', 'https://somjai-silk.com/', 'elsewhere'],
  ] as const)('%s of a mark for the whole domain', (_, referer, expected) => {
    expect(from(referer, web('somjai-silk.example', 'domain')).from).toBe(expected)
  })

  test.each([
    ['the covered port', 'https://somjai-silk.example:8443/', 'covered'],
    ['the usual port of a mark for another', 'https://somjai-silk.example/', 'neighbour'],
  ] as const)('%s', (_, referer, expected) => {
    expect(from(referer, web('somjai-silk.example:8443')).from).toBe(expected)
  })

  test.each([
    ['the covered shop', 'https://shopee.co.th/somjai', 'covered'],
    ['another shop there', 'https://shopee.co.th/somebody', 'other-shop'],
    ['the platform, which does not say from which shop', 'https://shopee.co.th/', 'platform'],
    ['the same platform in a country where it covers none', 'https://shopee.vn/', 'elsewhere'],
    ['another platform', 'https://www.tiktok.com/', 'elsewhere'],
  ] as const)('%s of a mark for a shop on a platform', (_, referer, expected) => {
    expect(from(referer, SHOP, shopee).from).toBe(expected)
  })

  test('a hosting provider’s other customer, who is no neighbour', () => {
    expect(from('https://evil.github.io/', web('somjai.github.io')).from).toBe('elsewhere')
  })

  test('anywhere, to a certificate that covers nothing because there is none', () => {
    expect(readArrival('https://evil.example/', [], OWN).from).toBe('elsewhere')
    expect(readArrival('https://hub.example/', [], OWN).from).toBe('unknown')
  })

  test('the covered address, of which it tells which one it is', () => {
    const other = web('somjai-cotton.example')
    expect(from('https://somjai-cotton.example/', SHOP, other)).toMatchObject({ presence: other })
  })
})

describe('an imitation', () => {
  test.each([
    ['other letters', 'https://sornjai-silk.example/', true],
    ['another suffix', 'https://somjai-silk.com/', true],
    ['no likeness', 'https://evil.example/', false],
  ] as const)('with %s', (_, referer, imitates) => {
    expect(from(referer)).toMatchObject({ from: 'elsewhere', imitates })
  })

  test('in letters of two alphabets is shown with its other form', () => {
    const host = new URL('https://sоmjai-silk.example').host
    expect(from(`https://${host}/`)).toEqual({
      from: 'elsewhere',
      host: { shown: 'sоmjai-silk.example', ascii: host, mixed: true },
      imitates: true,
    })
  })

  test('is not what a shop in its own script is', () => {
    const thai = 'xn--42c5b3a1dc8kd.xn--o3cw4h'
    expect(from(`https://${thai}/`, web(thai))).toMatchObject({
      from: 'covered',
      host: { shown: 'ร้านค้า.ไทย', ascii: thai, mixed: false },
    })
  })
})

test('nothing but the host is ever told of the header', () => {
  const told = JSON.stringify(from('https://user-17.evil.example/orders/4711?mail=a@b.example#frag'))
  expect(told).toContain('user-17.evil.example')
  for (const secret of ['4711', 'orders', 'mail', 'frag']) expect(told).not.toContain(secret)
})

test('no header makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain()), (text) => {
      for (const referer of [text, `https://${text}/`, `https://${text}.somjai-silk.example`])
        expect(from(referer, SHOP, shopee, web('a.example', 'domain')).from).toEqual(expect.any(String))
    }),
    { numRuns: 100 },
  )
})
