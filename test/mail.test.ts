/** Mail to consumers who asked for it: generic, few, never lost, never logged with an address. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepCases } from '../src/hub/cases/sweep-cases.js'
import { openAddressBox } from '../src/node/address-box.js'
import { ConfigError, readConfig } from '../src/node/config.js'
import { createSmtpMail } from '../src/node/smtp-mail.js'
import { asAgency, asConsumer, type Filed, fileCase } from './case-play.js'
import { createStage, type TestStage } from './case-stage.js'
import { type MailSink, openMailSink } from './mail-sink.js'

const FROM = 'Trustmark Hub <no-reply@hub.example>'
const ADDRESS = 'hanako.yamada@mail.example'
const HOUR = 3600
const folder = mkdtempSync(join(tmpdir(), 'hub-mail-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A mail's text as its reader sees it. */
function decode(raw: string): { headers: string; subject: string; text: string } {
  const [headers = '', ...body] = raw.split('\r\n\r\n')
  const unfolded = headers.replaceAll(/\r\n[ \t]+/g, ' ')
  const encoded = body.join('\r\n\r\n')
  const isBase64 = /Content-Transfer-Encoding: base64/i.test(unfolded)
  const bytes = isBase64
    ? Buffer.from(encoded, 'base64')
    : Buffer.from(
        encoded
          .replaceAll(/=\r\n/g, '')
          .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      )
  const subject = /^Subject: (.*)$/m.exec(unfolded)?.[1] ?? ''
  return {
    headers: unfolded,
    text: bytes.toString('utf8'),
    subject: subject.replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=\s*/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : Buffer.from(
            word
              .replaceAll('_', ' ')
              .replaceAll(/=([0-9A-F]{2})/g, (__, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            'latin1',
          ).toString('utf8'),
    ),
  }
}

describe('a consumer who wants mail', () => {
  let sink: MailSink
  let stage: TestStage
  let filed: Filed

  beforeEach(async () => {
    sink = await openMailSink()
    const mail = {
      send: createSmtpMail(sink.url, FROM),
      seal: await openAddressBox(join(folder, 'addresses.key')),
    }
    stage = await createStage({ mail })
    filed = await fileCase(stage, { notify: { email: ADDRESS, lang: 'ja' } })
  })
  afterEach(() => sink.close())

  const ccj = () => asAgency(stage, 'jp-ccj')
  const sweep = () => sweepCases(stage.t.hub)
  const mailsAfter = async (seconds: number) => {
    stage.t.tick(seconds)
    await sweep()
    return sink.mails.length
  }

  it('gets one when an agency acts, which says nothing but that there is news', async () => {
    await ccj().receipt(filed.ref)
    expect(await mailsAfter(HOUR)).toBe(0)
    await ccj().send(filed.ref, { type: 'accepted' })
    expect(await mailsAfter(30)).toBe(1)
    const [mail] = sink.mails
    expect([mail!.from, mail!.to]).toEqual(['no-reply@hub.example', [ADDRESS]])
    const { headers, subject, text } = decode(mail!.text)
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(headers).toMatch(/^Content-Language: ja$/m)
    expect(text).toContain(filed.ref)
    expect(subject + text).toMatch(/[ぁ-ん]/)
    for (const word of ['somjai', 'scarf', 'スカーフ', 'CCJ', 'OCPB', '山田', 'refund', '返金', 'accepted'])
      expect(subject + text).not.toContain(word)
    expect(stage.t.reported).toEqual([])
  })

  it('gets what happens within the hour as one more, and nothing for what she does herself', async () => {
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'info_requested', asks: ['order_number'] })
    expect(await mailsAfter(30)).toBe(1)
    await asConsumer(stage, filed).send(filed.ref, { type: 'info_given' })
    await ccj().send(filed.ref, { type: 'accepted' })
    await ccj().send(filed.ref, { type: 'shared' })
    expect(await mailsAfter(HOUR - 60)).toBe(1)
    expect(await mailsAfter(90)).toBe(2)
    await asConsumer(stage, filed).send(filed.ref, {
      type: 'withdrawn',
    })
    expect(await mailsAfter(2 * HOUR)).toBe(2)
  })

  it('is told of what the clock does', async () => {
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'info_requested', asks: ['order_number'] })
    expect(await mailsAfter(30)).toBe(1)
    expect(await mailsAfter(30 * 24 * HOUR)).toBe(2)
    expect((await ccj().view(filed.ref)).outcome).toBe('closed_no_reply')
  })

  it('gets a last one at the close; then her address is gone', async () => {
    const address = () => stage.t.hub.cases.store.address(filed.ref)
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'closed', outcome: 'advice_given' })
    expect(await address()).toBeDefined()
    expect(await mailsAfter(30)).toBe(1)
    expect(await address()).toBeUndefined()
    expect(await mailsAfter(24 * HOUR)).toBe(1)
  })

  it('leaves no address behind when she withdraws', async () => {
    await asConsumer(stage, filed).send(filed.ref, { type: 'withdrawn' })
    expect(await mailsAfter(30)).toBe(0)
    expect(await stage.t.hub.cases.store.address(filed.ref)).toBeUndefined()
  })

  it('gets one mail when two processes sweep at once', async () => {
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'accepted' })
    await Promise.all([sweep(), sweep(), sweep()])
    expect(sink.mails).toHaveLength(1)
  })

  it('loses nothing when the mail server is gone for a while', async () => {
    const { port } = new URL(sink.url)
    await sink.close()
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'accepted' })
    await sweep()
    expect(stage.t.reported.splice(0).map(String)).toEqual([
      'Error: the mail server did not take it: ESOCKET',
    ])
    sink = await openMailSink(Number(port))
    expect(await mailsAfter(4 * 60)).toBe(0)
    expect(await mailsAfter(2 * 60)).toBe(1)
    expect(stage.t.reported).toEqual([])
  })

  it('is not named in any report when the server refuses her address', async () => {
    await ccj().receipt(filed.ref)
    await ccj().send(filed.ref, { type: 'closed', outcome: 'advice_given' })
    sink.refuse = `5.1.1 <${ADDRESS}>: no such user ${ADDRESS}`
    for (let i = 0; i < 30; i += 1) await mailsAfter(24 * HOUR)
    const reports = stage.t.reported.splice(0) as Error[]
    expect(reports.map(({ message }) => message)).toEqual(
      reports.map(() => 'the mail server did not take it: 550'),
    )
    for (const { stack } of reports) expect(stack).not.toContain('hanako')
    // The last mail of a closed case is given up with the address, after some days.
    expect(reports).toHaveLength(10)
    expect(await stage.t.hub.cases.store.address(filed.ref)).toBeUndefined()
  })

  it('is known by her closed address only', async () => {
    const kept = await stage.t.hub.cases.store.address(filed.ref)
    expect(kept!.lang).toBe('ja')
    expect(Buffer.from(kept!.address, 'base64url').toString('latin1')).not.toContain('hanako')
  })
})

describe('the address box', () => {
  it('keeps its key where this user alone reads it', async () => {
    const file = join(folder, 'made', 'keys', 'addresses.key')
    const box = await openAddressBox(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toMatch(/^[A-Za-z0-9_-]{43}\n$/)
    expect(await (await openAddressBox(file)).open(await box.close(ADDRESS))).toBe(ADDRESS)
  })

  it('closes one address differently each time', async () => {
    const box = await openAddressBox(join(folder, 'a.key'))
    expect(await box.close(ADDRESS)).not.toBe(await box.close(ADDRESS))
  })

  it('opens nothing under another key, and nothing that was altered', async () => {
    const box = await openAddressBox(join(folder, 'b.key'))
    const closed = await box.close(ADDRESS)
    await expect((await openAddressBox(join(folder, 'c.key'))).open(closed)).rejects.toThrow('another key')
    const altered = `${closed[0] === 'A' ? 'B' : 'A'}${closed.slice(1)}`
    await expect(box.open(altered)).rejects.toThrow('another key')
    await expect(box.open('')).rejects.toThrow('another key')
  })

  it('has one key, however many processes make it at once', async () => {
    const file = join(folder, 'd.key')
    const boxes = await Promise.all(Array.from({ length: 5 }, () => openAddressBox(file)))
    const closed = await boxes[0]!.close(ADDRESS)
    for (const box of boxes) expect(await box.open(closed)).toBe(ADDRESS)
  })
})

describe('mail goes encrypted', () => {
  it('or not at all, unless the server is this machine by its name', async () => {
    const sink = await openMailSink(0, '0.0.0.0')
    const send = (url: string) =>
      createSmtpMail(url, FROM)({ to: ADDRESS, subject: 's', text: 't', lang: 'en' })
    await send(sink.url)
    expect(sink.mails).toHaveLength(1)
    // The same server, which has no STARTTLS, by an address that could be anybody's.
    await expect(send(sink.url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('did not take it')
    expect(sink.mails).toHaveLength(1)
    await sink.close()
  })
})

describe('the configuration', () => {
  const read = (env: Record<string, string>) => readConfig(env)

  it('sends no mail and trusts no proxy unless told to', () => {
    expect(read({})).toMatchObject({ trustProxy: false, mail: undefined })
    expect(read({ SMTP_URL: '', HUB_TRUST_PROXY: '0' })).toMatchObject({ trustProxy: false, mail: undefined })
    expect(
      read({ SMTP_URL: 'smtps://u:p@mail.example', MAIL_FROM: FROM, HUB_TRUST_PROXY: '1' }),
    ).toMatchObject({
      trustProxy: true,
      mail: { url: 'smtps://u:p@mail.example', from: FROM },
    })
  })

  it.each([
    [{ SMTP_URL: 'smtps://u:geheim@mail.example' }, 'MAIL_FROM'],
    [{ SMTP_URL: 'https://u:geheim@mail.example', MAIL_FROM: FROM }, 'SMTP_URL'],
    [{ SMTP_URL: 'geheim', MAIL_FROM: FROM }, 'SMTP_URL'],
    [{ HUB_TRUST_PROXY: 'yes' }, 'HUB_TRUST_PROXY'],
  ])('%j is refused with the name of what is wrong', (env, name) => {
    let message = ''
    try {
      read(env as Record<string, string>)
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      message = (error as Error).message
    }
    expect(message).toContain(name)
    expect(message).not.toContain('geheim')
  })
})
