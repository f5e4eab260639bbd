/** The hub's configuration on Node, from the environment (DESIGN 5). */
import { OriginError, readOrigin } from '../hub/read-origin.js'

export interface NodeConfig {
  /** Public origin; without one the hub is a demo at exactly `http://127.0.0.1:<port>`. */
  origin: string
  demo: boolean
  port: number
  /** Address to listen on; loopback unless said otherwise, for TLS belongs to a proxy in front. */
  host: string
  /** Folder of database, keys and sealed files. */
  data: string
  /** Whether a proxy in front names the caller's address, so that its header may be believed. */
  trustProxy?: boolean
  /** The mail server for notices to consumers; without one the hub sends no mail and takes no address. */
  mail?: { url: string; from: string } | undefined
}

/** A configuration that can't be used; the message says what to set. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const DEFAULT_PORT = 8787

/**
 * Reads `HUB_ORIGIN`, `PORT`, `HOST`, `HUB_DATA`, `HUB_TRUST_PROXY`, `SMTP_URL` and `MAIL_FROM`.
 * @throws ConfigError
 */
export function readConfig(env: Record<string, string | undefined>): NodeConfig {
  const port = env.PORT === undefined || env.PORT === '' ? DEFAULT_PORT : Number(env.PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new ConfigError(`PORT must be a number from 1 to 65535, not "${env.PORT}".`)
  const data = env.HUB_DATA || './data'
  const host = env.HOST || '127.0.0.1'
  try {
    return {
      ...readOrigin(env.HUB_ORIGIN, port),
      port,
      host,
      data,
      trustProxy: readSwitch(env, 'HUB_TRUST_PROXY'),
      mail: readMail(env),
    }
  } catch (error) {
    throw error instanceof OriginError ? new ConfigError(error.message) : error
  }
}

/** @throws ConfigError for anything but 1, 0 or nothing */
function readSwitch(env: Record<string, string | undefined>, name: string): boolean {
  const value = env[name] || '0'
  if (value !== '0' && value !== '1') throw new ConfigError(`${name} must be 1 or 0, not "${value}".`)
  return value === '1'
}

/** @throws ConfigError; the address of a mail server holds a password and is never echoed */
function readMail(env: Record<string, string | undefined>): NodeConfig['mail'] {
  const { SMTP_URL: url, MAIL_FROM: from } = env
  if (!url) return undefined
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    throw new ConfigError('SMTP_URL must look like smtps://user:password@mail.example:465.')
  if (!from)
    throw new ConfigError(
      'MAIL_FROM is missing: set the sender of the notices, such as "Trustmark Hub <no-reply@hub.example>".',
    )
  return { url, from }
}
