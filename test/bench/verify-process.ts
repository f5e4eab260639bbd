/** What ingest is measured against: nothing but the statements' ES256 signatures, verified by this machine in parallel. */
import { decodeBase64url } from '../../src/trust/json.js'
import type { PublicJwk } from '../../src/trust/keys.js'
import { serveParent } from './child.js'
import { BATCH } from './shops.js'

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const utf8 = new TextEncoder()

/** Decodes first and measures then: milliseconds of verifying alone, `BATCH` signatures at a time. */
async function measure(statements: readonly string[], jwk: PublicJwk): Promise<{ ms: number }> {
  const key = await crypto.subtle.importKey('jwk', jwk as JsonWebKey, ES256, false, ['verify'])
  const signed = statements.map((jws) => {
    const dot = jws.lastIndexOf('.')
    return {
      input: utf8.encode(jws.slice(0, dot)),
      signature: new Uint8Array(decodeBase64url(jws.slice(dot + 1), 'The signature')),
    }
  })
  const started = performance.now()
  for (let from = 0; from < signed.length; from += BATCH) {
    const valid = await Promise.all(
      signed
        .slice(from, from + BATCH)
        .map(({ input, signature }) => crypto.subtle.verify(ES256, key, signature, input)),
    )
    if (!valid.every(Boolean)) throw new Error('a signature of the benchmark does not verify')
  }
  return { ms: performance.now() - started }
}

serveParent(
  (message) => measure(message.statements as string[], message.jwk as PublicJwk),
  async () => {},
)
