/** A mail server in tests: real SMTP on loopback, which keeps what it gets and refuses as it is told. */

import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface MailSink {
  url: string
  /** Every mail as it came, headers and all. */
  mails: { from: string; to: string[]; text: string }[]
  /** Refuses recipients with this answer while it is set. */
  refuse: string | undefined
  close(): Promise<void>
}

export async function openMailSink(port = 0, host = '127.0.0.1'): Promise<MailSink> {
  const mails: MailSink['mails'] = []
  const server = new SMTPServer({
    authOptional: true,
    // It would ask the network for the name of every caller.
    disableReverseLookup: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(sink.refuse === undefined ? null : Object.assign(new Error(sink.refuse), { responseCode: 550 })),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  const { port: taken } = server.server.address() as AddressInfo
  const sink: MailSink = {
    url: `smtp://127.0.0.1:${taken}`,
    mails,
    refuse: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return sink
}
