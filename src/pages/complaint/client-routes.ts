/** Scripts, texts and styles for browsers: addressed by their content, open to other sites that host the form themselves. */
import { type Context, Hono } from 'hono'
import { LANGUAGES } from '../../alliance/text.js'
import { sha256Hex } from '../../trust/digest.js'
import { answerText } from '../frame/answer.js'
import { SEAL_SCRIPT } from '../seal/addresses.js'
import { type BrowserScripts, CLIENT_FOLDER } from './bundles.js'
import { CLIENT_STYLE, CLIENT_STYLE_FILE } from './client-style.js'
import { complaintWords } from './complaint-words.js'

/** Where the build hashes are published. */
export const CLIENT_LIST = '/client.json'
/** Hex characters of the hash in a file name, as in scripts/build-browser.mjs. */
const NAME_HEX = 12

interface ClientFile {
  text: string
  type: string
}

/** The routes; to be mounted at the root. Without bundles, only texts and styles are there. */
export function clientRoutes(bundles: BrowserScripts | undefined): Hono {
  const app = new Hono()
  const words = LANGUAGES.map((lang) => {
    const text = JSON.stringify(complaintWords(lang))
    const sha256 = sha256Hex(text)
    return { lang, file: `intake-${lang}-${sha256.slice(0, NAME_HEX)}.json`, text, sha256 }
  })
  const files = new Map<string, ClientFile>([
    ...Object.values(bundles ?? {}).flatMap(({ file, text }) =>
      text === undefined ? [] : [[file, { text, type: 'text/javascript; charset=utf-8' }] as const],
    ),
    ...words.map(({ file, text }) => [file, { text, type: 'application/json' }] as const),
  ])
  app.get(`${CLIENT_FOLDER}:file`, (c) => {
    const found = files.get(c.req.param('file'))
    return found ? send(c, found, 'style') : c.notFound()
  })
  app.get(CLIENT_STYLE_FILE, (c) => send(c, { text: CLIENT_STYLE, type: 'text/css; charset=utf-8' }, 'style'))
  const list = JSON.stringify({
    scripts: Object.fromEntries(
      Object.entries(bundles ?? {}).map(([name, { file, sha256, integrity, bytes, gzipBytes }]) => [
        name,
        {
          file: CLIENT_FOLDER + file,
          // A shop's page may name the stable address; the hash then stops the script once it changes.
          ...(name === 'seal' && { address: SEAL_SCRIPT }),
          sha256,
          integrity,
          bytes,
          gzipBytes,
        },
      ]),
    ),
    texts: {
      intake: Object.fromEntries(
        words.map(({ lang, file, sha256 }) => [lang, { file: CLIENT_FOLDER + file, sha256 }]),
      ),
    },
  })
  app.get(CLIENT_LIST, (c) => send(c, { text: list, type: 'application/json' }, 'start'))
  return app
}

function send(c: Context, { text, type }: ClientFile, caching: 'style' | 'start'): Response {
  const headers = new Headers({
    'content-type': type,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
  return answerText(c.req.raw, text, headers, 200, caching)
}
