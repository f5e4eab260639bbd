/** The addresses of the seal, its data, its script, its QR code and the poster (DESIGN 5; issue 5, story 3). */
import { type Context, Hono } from 'hono'
import { LANGUAGES } from '../../alliance/text.js'
import type { PageDeps } from '../deps.js'
import { answerText, type CACHING } from '../frame/answer.js'
import { fill } from '../frame/phrase.js'
import { localPath, readerOf } from '../frame/reader.js'
import { pageAddress, posterPath, SEAL_FOLDER, SEAL_SCRIPT } from './addresses.js'
import { drawSeal } from './draw.js'
import { faceOf } from './face.js'
import { findSubject, idOf } from './find-subject.js'
import { answerPoster } from './poster-routes.js'
import { POSTER_STYLE_FILE, posterStyle, readPosterSize } from './poster-style.js'
import { drawCode } from './qr-code.js'
import { sealDataOf } from './seal-data.js'
import { readWish } from './wish.js'

export function sealRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  app.get(POSTER_STYLE_FILE, (c) => {
    const headers = new Headers({ 'content-type': 'text/css; charset=utf-8' })
    return answerText(c.req.raw, posterStyle(readPosterSize(c.req.query('size'))), headers, 200, 'style')
  })
  app.get(`${SEAL_FOLDER}:record/qr.svg`, (c) => answerCode(c, deps))
  app.get(`${SEAL_FOLDER}:record{.+\\.svg}`, (c) => answerSeal(c, deps))
  app.get(`${SEAL_FOLDER}:record{.+\\.json}`, (c) => answerData(c, deps))
  const script = deps.bundles?.seal?.text
  if (script !== undefined)
    app.get(SEAL_SCRIPT, (c) => forOtherSites(c, script, 'text/javascript; charset=utf-8', 200, 'script'))
  app.get(posterPath(':record'), (c) => answerPoster(c, deps))
  for (const lang of LANGUAGES)
    app.get(localPath(lang, posterPath(':record')), (c) => answerPoster(c, deps, lang))
  return app
}

async function answerSeal(c: Context, deps: PageDeps): Promise<Response> {
  const { theme, style, ...wish } = readWish(new URL(c.req.url).searchParams)
  const { answer, demo, status, caching } = await findSubject(idOf(c), deps)
  const face = faceOf({ ...wish, answer, origin: deps.origin, demo })
  return picture(c, drawSeal(face, style, theme), wish.lang, status, caching)
}

async function answerData(c: Context, deps: PageDeps): Promise<Response> {
  const { lang, place } = readWish(new URL(c.req.url).searchParams)
  const id = idOf(c)
  const { answer, demo, status, caching } = await findSubject(id, deps)
  const data = sealDataOf(status === 404 ? '' : id, { lang, place, answer, origin: deps.origin, demo })
  return forOtherSites(c, JSON.stringify(data), 'application/json', status, caching)
}

/** A code leads to the hub's own page, wherever it is drawn, and to a lost mark's as well: there the loss is told. */
async function answerCode(c: Context, deps: PageDeps): Promise<Response> {
  const { lang } = readWish(new URL(c.req.url).searchParams)
  const id = c.req.param('record') ?? ''
  const { answer, demo, status, caching } = await findSubject(id, deps)
  if (!answer?.record) {
    const face = faceOf({ lang, answer, origin: deps.origin, demo })
    return picture(c, drawSeal(face, 'card', 'light'), lang, status === 503 ? 503 : 404, caching)
  }
  const address = pageAddress(deps.origin, id)
  const title = fill(readerOf(lang).texts.seal.poster.code, { address })
  return picture(c, drawCode(address, title, lang), lang, status, caching)
}

/** A picture runs nothing, loads nothing, and may be framed. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

function picture(
  c: Context,
  svg: string,
  lang: string,
  status: number,
  caching: keyof typeof CACHING,
): Response {
  return forOtherSites(c, svg, 'image/svg+xml; charset=utf-8', status, caching, {
    'content-language': lang,
    'content-security-policy': PICTURE_POLICY,
    'referrer-policy': 'no-referrer',
  })
}

/** For pages of any origin, also those that let only willing origins in (COEP). */
function forOtherSites(
  c: Context,
  text: string,
  type: string,
  status: number,
  caching: keyof typeof CACHING,
  own: Record<string, string> = {},
): Response {
  const headers = new Headers({
    'content-type': type,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    ...own,
  })
  return answerText(c.req.raw, text, headers, status, caching)
}
