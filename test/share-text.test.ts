import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePresence } from '../src/record/presence.js'
import { findLink, MAX_SHARED_TEXT } from '../src/record/share-text.js'
import { listAddresses } from '../src/record/shared-addresses.js'
import valid from './vectors/valid/presences.json' with { type: 'json' }

describe('shared text', () => {
  it.each([
    [
      'ดูร้านนี้เลย https://shopee.co.th/shop/123?smtt=0.0 จาก Shopee',
      'https://shopee.co.th/shop/123?smtt=0.0',
      'ดูร้านนี้เลย จาก Shopee',
    ],
    ['ดูร้านนี้เลยhttps://shopee.co.th/shop/123', 'https://shopee.co.th/shop/123', 'ดูร้านนี้เลย'],
    ['https://shopee.co.th/shop/123ครับ', 'https://shopee.co.th/shop/123', 'ครับ'],
    ['このお店https://例え.jp/です。', 'https://例え.jp/です', 'このお店 。'],
    ['「https://shop.example/a」を見て', 'https://shop.example/a', '「 」を見て'],
    ['お店はhttps://shop.exampleです。', 'https://shop.example', 'お店は です。'],
    ['https://shop.example/shop。', 'https://shop.example/shop', '。'],
    ['（https://shop.example/shop）', 'https://shop.example/shop', '（ ）'],
    ['见【https://shop.example/shop】！', 'https://shop.example/shop', '见【 】！'],
    ['<https://shop.example/shop>', 'https://shop.example/shop', '< >'],
    ['[shop](https://shop.example/shop).', 'https://shop.example/shop', '[shop]( ).'],
    ['"https://shop.example/shop"', 'https://shop.example/shop', '" "'],
    ['(see https://shop.example/a_(b))', 'https://shop.example/a_(b)', '(see )'],
    ['*https://shop.example/shop*', 'https://shop.example/shop', '* *'],
    ['https://www.tiktok.com/@my.shop_', 'https://www.tiktok.com/@my.shop_', ''],
    ['My shop\r\nhttps://shop.example/shop\r\nbye', 'https://shop.example/shop', 'My shop bye'],
    ['\u200bhttps://shop.example/sh\u200bop\u200b \ufeff', 'https://shop.example/shop', ''],
    ['\u2068https://shop.example\u2069', 'https://shop.example', ''],
    ['HTTPS://SHOP.EXAMPLE/A, bye', 'HTTPS://SHOP.EXAMPLE/A', ', bye'],
    ['https：／／shop.example／', 'https://shop.example／', ''],
    ['https://a.example https://b.example', 'https://a.example', 'https://b.example'],
    ['shop.example and https://b.example', 'https://b.example', 'shop.example and'],
    ['https:// then https.example', 'https.example', 'https:// then'],
    ['ร้าน shop.example/path นะ', 'shop.example/path', 'ร้าน นะ'],
    ['ร้านshop.exampleนะ', 'shop.example', 'ร้าน นะ'],
    ['ร้านค้า.ไทย', 'ร้านค้า.ไทย', ''],
    [
      'e.g. v1.2 ร.ร. index.html: shopee.co.th/shop/123.',
      'shopee.co.th/shop/123',
      'e.g. v1.2 ร.ร. index.html: .',
    ],
    ['mail info@shop.example or tiktok.com/@my.shop', 'tiktok.com/@my.shop', 'mail info@shop.example or'],
    ['shop.example:8443/x?', 'shop.example:8443/x', '?'],
  ])('finds the link in %j', (text, link, rest) => {
    expect(findLink(text)).toEqual({ link, rest })
  })

  it.each([
    '',
    'no link',
    'https://',
    'info@shop.example',
    'first.last@shop.example',
    '3.50 บาท',
    'น.ส.สมศรี',
    'a..b',
    '...',
    'readme.unknowntld',
  ])('finds none in %j', (text) => {
    expect(findLink(text)).toBeUndefined()
  })

  it('looks at the beginning of a long text only', () => {
    const filler = 'x '.repeat(MAX_SHARED_TEXT / 2)
    expect(findLink(`${filler}https://shop.example`)).toBeUndefined()
    expect(findLink(`https://shop.example ${filler}`)?.link).toBe('https://shop.example')
  })

  it('finds every known link inside a sentence, and it still names the same shop', () => {
    const links = valid.filter(({ input }) => /^https?:\/\/[^。]*$/.test(input))
    expect(links.length).toBeGreaterThan(50)
    for (const { input, key } of links) {
      for (const text of [
        `ดู ${input} เลย`,
        `見て「${input}」。`,
        `<${input}>`,
        `(${input}),`,
        `\n${input}\n`,
      ]) {
        expect([text, parsePresence(findLink(text)?.link ?? '').keys]).toEqual([text, [key]])
      }
    }
  })

  it('throws nothing and stays fast, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void findLink(text)))
    const started = performance.now()
    for (const part of ['a', 'a.', '.', '!', 'ก', ')', 'a-', '1.', 'https://', 'aก'])
      for (const start of ['', 'https://', 'https://a(', 'a.example/'])
        for (const find of [findLink, listAddresses]) find(start + part.repeat(MAX_SHARED_TEXT))
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('loses no visible text', () => {
    const piece = fc.constantFrom(
      'ดู',
      'shop',
      '。',
      '(',
      ')',
      ' ',
      '\n',
      'https://shop.example/a',
      'b.example',
      '@',
      '.',
      '1',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const found = findLink(text)
        if (!found) return
        const letters = (value: string) => [...value.replace(/\s/g, '')].sort().join('')
        expect(letters(found.link + found.rest)).toBe(letters(text))
      }),
    )
  })
})

describe('the addresses in a shared text', () => {
  it.each([
    ['somjai-silk.example or evil-shop.com', ['somjai-silk.example', 'evil-shop.com']],
    ['https://evil.example (somjai-silk.example)', ['https://evil.example', 'somjai-silk.example']],
    ['https://a.example,https://b.example/x', ['https://a.example', 'https://b.example/x']],
    ['somjai-silk.example pay http://203.0.113.5/x', ['somjai-silk.example', 'http://203.0.113.5/x']],
    [
      'https://shopee.co.th/a1 https://shopee.co.th/b2',
      ['https://shopee.co.th/a1', 'https://shopee.co.th/b2'],
    ],
    ['https://shopee.co.th/a1 or bit.ly/x', ['https://shopee.co.th/a1', 'bit.ly/x']],
    ['https://facebook.com/groups/1 somjai.example', ['https://facebook.com/groups/1', 'somjai.example']],
  ])('are several in %j', (text, links) => {
    expect(listAddresses(text).map(({ link }) => link)).toEqual(links)
  })

  it.each([
    [
      'Silk | somjai.example https://www.somjai.example/p/1?utm_source=line',
      'https://www.somjai.example/p/1?utm_source=line',
    ],
    ['https://shopee.co.th/a1?smtt=0 https://m.shopee.co.th/a1', 'https://shopee.co.th/a1?smtt=0'],
    [
      'https://shopee.co.th/ https://shopee.co.th/a1 https://apps.apple.com/th/app/x',
      'https://shopee.co.th/a1',
    ],
    [
      'Somjai Co.Ltd, https://somjai.example/?to=https://b.example',
      'https://somjai.example/?to=https://b.example',
    ],
    ['https://www.facebook.com/groups/1 https://www.facebook.com/', 'https://www.facebook.com/groups/1'],
    ['info@b.example, somjai.example', 'somjai.example'],
  ])('are one in %j', (text, link) => {
    expect(listAddresses(text).map((one) => one.link)).toEqual([link])
  })
})
