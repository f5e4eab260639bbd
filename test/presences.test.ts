import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isCovered,
  lookupKeys,
  MAX_PRESENCE_INPUT,
  type Presence,
  PresenceError,
  parsePresence,
  registrableDomain,
} from '../src/record/presence.js'
import { isMixedScript, toUnicodeHost } from '../src/record/script.js'
import invalid from './vectors/invalid/presences.json' with { type: 'json' }
import valid from './vectors/valid/presences.json' with { type: 'json' }

function refusal(input: string): PresenceError {
  try {
    parsePresence(input)
  } catch (error) {
    if (error instanceof PresenceError) return error
    throw error
  }
  throw new Error(`${input} was accepted`)
}

function tryParse(input: string): Presence | undefined {
  try {
    return parsePresence(input)
  } catch (error) {
    if (error instanceof PresenceError) return undefined
    throw error
  }
}

const label = fc
  .stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/)
  .filter((text) => !/^..--/.test(text))
const host = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('example', 'co.th', 'com', 'vn'))
  .map(([labels, suffix]) => `${labels.join('.')}.${suffix}`)
const platformHosts = valid
  .filter(({ kind }) => kind !== 'web')
  .map(({ url }) => new URL(url).hostname.replace(/^www\./, ''))

describe('presences', () => {
  it.each(valid)('reads $input', ({ input, kind, key, url, display, notes }) => {
    expect(parsePresence(input)).toEqual({ kind, keys: [key], url, display, notes })
  })

  it.each(valid)('gives the same for the url and the key of $input', ({ key, url }) => {
    expect(parsePresence(url)).toEqual(parsePresence(key))
    expect(parsePresence(key).url).toBe(url)
  })

  it.each(invalid)('refuses $input: $code ($why)', ({ input, code }) => {
    const error = refusal(input)
    expect(error.code).toBe(code)
    expect(error.message).toContain(error.remedy)
  })

  it('refuses what is longer than any link', () => {
    expect(refusal(`https://shop.example/${'a'.repeat(MAX_PRESENCE_INPUT)}`).code).toBe('too-long')
    expect(parsePresence(`https://shop.example/${'a'.repeat(MAX_PRESENCE_INPUT - 30)}`).keys).toEqual([
      'web:shop.example',
    ])
  })

  it('never repeats a password', () => {
    const inputs = [
      'https://u:hunter2@shop.example',
      'ftp://u:hunter2@shop.example',
      'u:hunter2@shop.example',
      'https://u:hunter2@',
    ]
    for (const input of inputs) {
      expect(refusal(input).message).not.toContain('hunter2')
      expect(refusal(input).value).not.toContain('hunter2')
    }
  })

  it('gives every web presence the same name through its url, its key and any path', () => {
    fc.assert(
      fc.property(
        host,
        fc.webPath(),
        fc.constantFrom('http', 'https'),
        fc.constantFrom('', ':8443'),
        (name, path, scheme, port) => {
          const presence = tryParse(`${scheme}://${name}${port}${path}`)
          fc.pre(presence !== undefined)
          expect(presence!.keys).toEqual([`web:${name}${port}`])
          expect(parsePresence(presence!.url)).toEqual(presence)
          expect(parsePresence(presence!.keys[0]!)).toEqual(presence)
        },
      ),
    )
  })

  it('is idempotent for any path and query on any platform', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'shop',
        'product',
        'R',
        'ti',
        'p',
        '@id',
        'pages',
        'people',
        'profile.php',
        'stories',
        '_u',
        'x-i.1.2',
        'i.12.34',
        'pg',
        '12345678',
        'a-12345678',
        'universal-link',
        'oaMessage',
        'search',
      ),
      fc.stringMatching(/^[@a-zA-Z0-9._-]{1,12}$/),
    )
    const hosts = fc.constantFrom(...platformHosts, 'page.line.me', 'm.me', 'm.facebook.com', 'm.tiktok.com')
    let shops = 0
    fc.assert(
      fc.property(
        hosts,
        fc.array(segment, { maxLength: 4 }),
        fc.constantFrom('', '?id=12345678', '?accountId=id', '?a=b'),
        (name, path, query) => {
          const presence = tryParse(`https://${name}/${path.join('/')}${query}`)
          if (!presence) return
          shops++
          expect(presence.kind).not.toBe('web')
          expect(parsePresence(presence.url)).toEqual(presence)
          expect(parsePresence(presence.keys[0]!)).toEqual(presence)
        },
      ),
      { numRuns: 5000 },
    )
    expect(shops).toBeGreaterThan(500)
  })

  it('is idempotent for any key', () => {
    const prefix = fc.constantFrom(
      'web:',
      'line:@',
      'facebook:',
      'facebook:id:',
      'shopee:th:shop:',
      'shopee:th:user:',
      'lazada:th:',
      'tiktok:@',
      'instagram:',
    )
    const name = fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/),
      fc.constantFrom('pg', 'shop', 'i.1.2', '_u', 'stories', 'universal-link', '123456'),
    )
    fc.assert(
      fc.property(prefix, name, (kind, rest) => {
        const presence = tryParse(kind + rest)
        if (!presence) return
        expect(parsePresence(presence.keys[0]!)).toEqual(presence)
        expect(parsePresence(presence.url)).toEqual(presence)
      }),
      { numRuns: 5000 },
    )
  })

  it('throws nothing but PresenceError, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.string({
        unit: fc.constantFrom(
          ...':/.@?#[]%\\',
          'a',
          '1',
          'xn--',
          'ไ',
          'https://',
          'line:',
          'web:',
          'shopee:',
          'facebook.com/',
        ),
      }),
    )
    fc.assert(
      fc.property(text, (input) => void tryParse(input)),
      { numRuns: 3000 },
    )
  })

  it('never takes a look-alike of a platform for the platform', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...platformHosts),
        label,
        fc.constantFrom('shop/123', '@id', 'R/ti/p/@id', 'myshop'),
        (platform, evil, path) => {
          const hosts = [
            `${platform}.${evil}.example`,
            `${evil}-${platform}`,
            `${platform.replaceAll('.', '-')}.example`,
            `${evil}.example`,
          ]
          for (const name of hosts) {
            const presence = tryParse(`https://${name}/${path}`)
            expect([name, presence?.kind]).toEqual([name, 'web'])
          }
        },
      ),
    )
  })
})

describe('looking a presence up', () => {
  it('asks for its own keys and, for domain-wide records, for each parent up to the registrable domain', () => {
    expect(lookupKeys(parsePresence('https://a.b.shop.co.th/x'))).toEqual({
      exact: ['web:a.b.shop.co.th'],
      domain: ['web:a.b.shop.co.th', 'web:b.shop.co.th', 'web:shop.co.th'],
    })
    expect(lookupKeys(parsePresence('shop.example')).domain).toEqual(['web:shop.example'])
    expect(lookupKeys(parsePresence('a.shop.github.io')).domain).toEqual([
      'web:a.shop.github.io',
      'web:shop.github.io',
    ])
  })

  it('knows no parents for another port or for a platform', () => {
    expect(lookupKeys(parsePresence('a.shop.example:8443'))).toEqual({
      exact: ['web:a.shop.example:8443'],
      domain: [],
    })
    expect(lookupKeys(parsePresence('line:@id'))).toEqual({ exact: ['line:@id'], domain: [] })
  })

  it.each([
    ['its own host', 'web:shop.example', 'host', 'shop.example', true],
    ['a host below, scope host', 'web:shop.example', 'host', 'a.shop.example', false],
    ['a host below, scope domain', 'web:shop.example', 'domain', 'a.b.shop.example', true],
    ['a host above', 'web:a.shop.example', 'domain', 'shop.example', false],
    ['a sibling below a subdomain record', 'web:a.shop.example', 'domain', 'b.shop.example', false],
    ['a host below a subdomain record', 'web:a.shop.example', 'domain', 'x.a.shop.example', true],
    ['another port', 'web:shop.example', 'domain', 'shop.example:8443', false],
    ['a name that only ends alike', 'web:shop.example', 'domain', 'myshop.example', false],
    ['everybody under a public suffix', 'web:co.th', 'domain', 'shop.co.th', false],
    ['a provider’s other customers', 'web:github.io', 'domain', 'shop.github.io', false],
    ['a top-level domain', 'web:example', 'domain', 'shop.example', false],
    ['its own shop on a platform', 'shopee:th:shop:123', 'host', 'https://shopee.co.th/x-i.123.4', true],
    ['the same number in another country', 'shopee:th:shop:123', 'host', 'https://shopee.vn/shop/123', false],
    [
      'the platform shop of a certified site',
      'web:shop.example',
      'domain',
      'https://shopee.co.th/shop.example',
      false,
    ],
  ] as const)('covers or not: %s', (_what, key, scope, asked, covered) => {
    expect(isCovered({ keys: [key], scope }, parsePresence(asked))).toBe(covered)
  })

  it('matches on any of a record’s keys', () => {
    const keys = ['shopee:th:shop:123', 'shopee:th:user:myshop']
    expect(isCovered({ keys, scope: 'host' }, parsePresence('https://shopee.co.th/myshop'))).toBe(true)
  })

  it('with scope domain covers exactly the hosts at and below its own', () => {
    fc.assert(
      fc.property(host, host, fc.array(label, { maxLength: 2 }), (recorded, other, below) => {
        const record = tryParse(recorded)
        const asked = tryParse([...below, recorded].join('.'))
        const stranger = tryParse(other)
        fc.pre(record?.kind === 'web' && asked?.kind === 'web' && stranger?.kind === 'web')
        expect(isCovered({ keys: record!.keys, scope: 'domain' }, asked!)).toBe(true)
        const inside = `.${other}`.endsWith(`.${recorded}`)
        expect(isCovered({ keys: record!.keys, scope: 'domain' }, stranger!)).toBe(inside)
      }),
    )
  })

  it.each([
    ['a.b.shop.co.th', 'shop.co.th'],
    ['a.shop.example', 'shop.example'],
    ['shop.github.io', 'shop.github.io'],
    ['a.bücher.de', 'xn--bcher-kva.de'],
    ['a.ร้าน.ธุรกิจ.ไทย', 'xn--q3ct9b5e.xn--12co0c3b4eva.xn--o3cw4h'],
    ['a.shop.公司.cn', 'shop.xn--55qx5d.cn'],
    ['co.th', undefined],
    ['公司.cn', undefined],
    ['xn--55qx5d.cn', undefined],
    ['github.io', undefined],
    ['localhost', undefined],
    ['192.0.2.1', undefined],
    ['', undefined],
    ['no host', undefined],
  ])('finds the registrable domain of %s', (name, expected) => {
    expect(registrableDomain(name)).toBe(expected)
  })
})

describe('host names for people', () => {
  it.each([
    ['shop.example', false],
    ['shop-24.example', false],
    ['ร้านค้า.ไทย', false],
    ['shop.ไทย', false],
    ['ร้านค้า24.com', false],
    ['cửahàng.vn', false],
    ['日本のショップ.jp', false],
    ['東京shopの店.jp', false],
    ['スーパー.jp', false],
    ['상점漢字shop.kr', false],
    ['магазин.рф', false],
    ['аpple.com', true],
    ['shοp.example', true],
    ['shopร้าน.example', true],
    ['한글かな.example', true],
    ['a.аpple.com', true],
    ['ᏚᎻᎾᏢ.example', true],
  ])('%s mixes scripts: %s', (name, mixed) => {
    expect(isMixedScript(name)).toBe(mixed)
  })

  it('shows Unicode, and Punycode where it would not survive the way back', () => {
    expect(toUnicodeHost('xn--r8jz45g.jp')).toBe('例え.jp')
    expect(toUnicodeHost('shop.example')).toBe('shop.example')
    expect(toUnicodeHost('xn--shop-.example')).toBe('xn--shop-.example')
    expect(toUnicodeHost('xn--999999999.example')).toBe('xn--999999999.example')
    expect(toUnicodeHost('xn--.example')).toBe('xn--.example')
  })

  it('throws nothing, and what it shows leads to the same host', () => {
    fc.assert(fc.property(fc.string(), (text) => void isMixedScript(toUnicodeHost(text))))
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ร้านค้า例えбгαβéñ'), minLength: 1, maxLength: 8 }),
        (name) => {
          let ascii = ''
          try {
            ascii = new URL(`https://${name}.example`).hostname
          } catch {
            fc.pre(false)
          }
          expect(new URL(`https://${toUnicodeHost(ascii)}`).hostname).toBe(ascii)
        },
      ),
    )
  })
})
