/**
 * Prints a new hub's keys as the JSON of the Workers secret HUB_KEYS. The operator's file holds public keys only:
 * the private one never comes near the running hub.
 * Usage: (umask 077; node scripts/worker-keys.mjs operator.jwks.json > hub-keys.json). Exit codes: 0 printed, 1 failed.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The hub's own way to make keys, bundled from its TypeScript source. */
async function loadKeyFile() {
  const { outputFiles } = await build({
    entryPoints: [`${root}src/trust/key-file.ts`],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

/**
 * Makes a new hub's keys.
 * @param {string} file the operator's public keys, `{"keys": [<JWK>, …]}`
 * @returns {Promise<string>} JSON
 */
export async function makeHubKeys(file) {
  const { generateHubKeys, hubKeyFile } = await loadKeyFile()
  const { keys } = JSON.parse(readFileSync(file, 'utf8'))
  const made = hubKeyFile.safeParse({ ...(await generateHubKeys()), operator: keys })
  if (made.success) return JSON.stringify(made.data)
  throw new Error(`${file} must be {"keys": [<public JWK with kid>, …]}: ${made.error.issues[0].message}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const file = process.argv[2]
    if (!file)
      throw new Error('Name the operator’s public key file: node scripts/worker-keys.mjs operator.jwks.json')
    console.log(await makeHubKeys(file))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
