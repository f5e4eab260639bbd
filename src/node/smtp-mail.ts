/** Mail over SMTP: generic notices to consumers who asked for them. */
import { createTransport } from 'nodemailer'
import type { SendMail } from '../hub/cases/ports.js'
import { LOOPBACK_HOSTS } from '../hub/read-origin.js'

/** How long a mail server may take for each step (ms): mails are sent in the background, and tried again. */
const TIMEOUT = 15_000

/**
 * @param url `smtp://user:password@host:587` (with STARTTLS, which is insisted on unless the server is this machine), or `smtps://…:465`
 * @param from the sender's address, such as `Trustmark Hub <no-reply@hub.example>`
 */
export function createSmtpMail(url: string, from: string): SendMail {
  const { protocol, hostname } = new URL(url)
  const transport = createTransport({
    url,
    requireTLS: protocol === 'smtp:' && !LOOPBACK_HOSTS.includes(hostname),
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    // Nothing here is read from a file or the network, whatever an address may look like.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async ({ to, subject, text, lang }) => {
    const sending = transport.sendMail({
      from,
      // As an object: a list of addresses in one field would be taken apart otherwise.
      to: { name: '', address: to },
      subject,
      text,
      // RFC 3834: no holiday reply comes back, and lists drop it.
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': lang },
    })
    await sending.catch((error: SmtpError) => {
      // The server's own words often repeat the address, which no log may hold.
      throw new Error(
        `the mail server did not take it: ${error.responseCode ?? error.code ?? 'no reason given'}`,
      )
    })
  }
}

/** What nodemailer adds to its errors: the server's reply code, and its own. */
interface SmtpError {
  responseCode?: number
  code?: string
}
