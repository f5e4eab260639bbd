/** `/icon.svg` and `/share.png`: the hub's own sign in a browser's tab, and the picture of a shared link (Open Graph). */
import { type Context, Hono } from 'hono'
import { answerText } from '../frame/answer.js'
import { ICON_PATH, SHARE_PATH } from './pictures.js'
import { SHARE_IMAGE } from './share-image.js'

/** White rings on the hub's own blue: they show on the light and on the dark bar of any browser. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="9" fill="#12355b"/><g fill="none" stroke="#fff" stroke-width="4.5"><circle cx="17.5" cy="24" r="10.5"/><circle cx="30.5" cy="24" r="10.5"/></g></svg>`

/** They change with a release, and a day late does no harm. */
const CACHING = 'public, max-age=86400'

export function pictureRoutes(): Hono {
  const app = new Hono()
  app.get(ICON_PATH, answerIcon)
  app.get(SHARE_PATH, () => {
    const bytes = Uint8Array.from(atob(SHARE_IMAGE), (letter) => letter.charCodeAt(0))
    return new Response(bytes, {
      headers: {
        'content-type': 'image/png',
        'cache-control': CACHING,
        'x-content-type-options': 'nosniff',
      },
    })
  })
  return app
}

function answerIcon(c: Context): Response {
  const headers = new Headers({
    'content-type': 'image/svg+xml; charset=utf-8',
    'content-security-policy': "default-src 'none'",
  })
  const response = answerText(c.req.raw, ICON, headers, 200, 'listing')
  response.headers.set('cache-control', CACHING)
  return response
}
