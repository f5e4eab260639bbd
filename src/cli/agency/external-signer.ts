/**
 * A signer outside of this program, such as a token or HSM: `--signer <command>` gets the JWS signing input on
 * stdin and answers with the base64url signature on stdout (DESIGN 4.5).
 */
import { spawn } from 'node:child_process'
import { ConfigError } from '../../node.js'
import { decodeBase64url } from '../../trust/json.js'
import { verifyJws } from '../../trust/jws.js'
import { type PublicJwk, signingAlgOf } from '../../trust/keys.js'
import type { Signer } from '../../trust/signer.js'

/** How long one signature may take (ms): enough for a PIN to be typed. */
const SIGN_TIMEOUT = 120_000
/** An RSA signature of 4096 bits has 683 characters; what is longer is no signature. */
const MAX_ANSWER = 10_000

/**
 * @param command run by the shell, for it is the officer's own command line
 * @param publicJwk the public half of the key that the command signs with
 * @throws ConfigError when the key can't sign
 */
export function createExternalSigner(command: string, publicJwk: PublicJwk): Signer {
  const alg = signingAlgOf(publicJwk)
  if (!alg) throw new ConfigError(`Key ${publicJwk.kid} can't sign.`)
  return {
    kid: publicJwk.kid,
    alg,
    async sign(bytes) {
      const answer = await run(command, bytes)
      const signature = readSignature(answer) as Uint8Array<ArrayBuffer>
      // A wrong key or a DER signature shows here, at the token, rather than in a thousand refusals by the hub.
      await verifyJws(
        {
          jws: '',
          header: { typ: '', alg, kid: publicJwk.kid },
          payload: undefined,
          signingInput: bytes,
          signature,
        },
        publicJwk,
      ).catch(() => {
        throw new ConfigError(
          `What the signer answered is not a signature by ${publicJwk.kid} with ${alg}. ECDSA signatures are the two integers one after the other, not DER.`,
        )
      })
      return signature
    },
  }
}

function readSignature(answer: string): Uint8Array {
  try {
    return decodeBase64url(answer.trim(), 'The signature')
  } catch {
    throw new ConfigError(
      'The signer must print the signature in base64url without padding, and nothing else.',
    )
  }
}

function run(command: string, input: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'], timeout: SIGN_TIMEOUT })
    let answer = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text: string) => {
      answer += text
      if (answer.length > MAX_ANSWER) child.kill()
    })
    child.once('error', (error) => reject(new ConfigError(`The signer can't be started: ${error.message}.`)))
    child.once('close', (code, signal) => {
      if (code === 0) resolve(answer)
      else
        reject(
          new ConfigError(
            `The signer ended with ${signal ?? `exit code ${code}`}; nothing was signed with it.`,
          ),
        )
    })
    // A command that ends without reading its input is told by its exit code, not by a broken pipe.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
