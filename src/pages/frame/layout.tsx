/** The frame of every page: head, skip link, demo banner, language bar, landmarks, footer (DESIGN 4.13, 4.14). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { ICON_PATH, SHARE_PATH, SHARE_SIZE } from '../directory/pictures.js'
import { CopyNotice, type CopyState } from './copy-notice.js'
import { DataScript } from './data-script.js'
import { plain } from './phrase.js'
import { CATALOGUES, LOCALES, localPath, OWN_NAMES, type Reader } from './reader.js'
import { HubSign } from './signs.js'
import { STYLE_PATH } from './style.js'

/** What the frame needs to know of a page. */
export interface Frame {
  reader: Reader
  /** Public origin of the hub. */
  origin: string
  demo: boolean
  /** Without the language prefix: `/`, `/verify`. */
  path: string
  /** `?…` to keep when the language changes, or empty. */
  search: string
  /** Verdict first; the hub's name is added. */
  title: string
  description: string
  /** False for answers: search engines must not keep an old verdict. */
  index: boolean
  /** The reader's own language where it is not that of the page. */
  offer?: Language | undefined
  /** Further style sheets, by their addresses. */
  styles?: readonly string[]
  /** Where a copy answers in place of the hub. */
  copy?: CopyState | undefined
  /** The page holds tables or lists beside each other and takes the whole width of a desk. */
  wide?: boolean
  /** What the page says, for search engines: an object of schema.org. */
  jsonLd?: object | undefined
  /** Value of the robots rule where it is more than `noindex`, such as `noarchive`. */
  robots?: string | undefined
}

/** Anchor of the ways to the other pages. */
const PLACES_ID = 'pages'

/** The hub's pages, in the order in which a shopper needs them. */
export const PLACES = {
  verify: '/verify',
  directory: '/directory',
  principles: '/principles',
  learn: '/learn',
  whichMark: '/which-mark',
  complaint: '/complaint',
} as const
const PLACE_NAMES = Object.keys(PLACES) as (keyof typeof PLACES)[]

/** A whole page around its main content. */
export function Layout({
  frame,
  footer,
  children,
}: {
  frame: Frame
  footer?: Child
  children: Child
}): JSX.Element {
  const { reader, origin, path, search } = frame
  const { t, lang } = reader
  const address = (to: Language): string => `${origin}${localPath(to, path)}${search}`
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{plain(`${frame.title} – ${t.site.name}`)}</title>
        <meta name="description" content={plain(frame.description)} />
        {(!frame.index || frame.robots) && <meta name="robots" content={frame.robots ?? 'noindex'} />}
        <meta name="color-scheme" content="light dark" />
        <link rel="canonical" href={address(lang)} />
        {LANGUAGES.map((to) => (
          <link rel="alternate" hreflang={to} href={address(to)} />
        ))}
        <link rel="alternate" hreflang="x-default" href={`${origin}${path}${search}`} />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={t.site.name} />
        <meta property="og:title" content={plain(frame.title)} />
        <meta property="og:description" content={plain(frame.description)} />
        <meta property="og:url" content={address(lang)} />
        <meta property="og:locale" content={LOCALES[lang].replace('-', '_')} />
        <meta property="og:image" content={`${origin}${SHARE_PATH}`} />
        <meta property="og:image:width" content={String(SHARE_SIZE.width)} />
        <meta property="og:image:height" content={String(SHARE_SIZE.height)} />
        <meta property="og:image:alt" content={t.site.name} />
        <meta name="twitter:card" content="summary_large_image" />
        <link rel="icon" href={ICON_PATH} type="image/svg+xml" />
        <link rel="stylesheet" href={STYLE_PATH} />
        {frame.styles?.map((href) => (
          <link rel="stylesheet" href={href} />
        ))}
        {frame.jsonLd && <DataScript type="application/ld+json" data={frame.jsonLd} />}
      </head>
      <body>
        <a class="skip" href="#main">
          {t.site.skip}
        </a>
        <Masthead frame={frame} />
        <main id="main" {...(frame.wide && { class: 'wide' })}>
          {children}
        </main>
        <footer>
          {footer}
          {!frame.copy && (
            <p>
              {t.site.genuine.split('{host}')[0]}
              <strong>
                <bdi>{new URL(origin).host}</bdi>
              </strong>
              {t.site.genuine.split('{host}')[1]}
            </p>
          )}
          <p>{frame.demo ? t.site.nobody : t.site.runBy}</p>
          <p>{t.site.privacy}</p>
          <p>
            <a href="/openapi.json">{t.site.machines}</a> ·{' '}
            <a href="/log/checkpoint">{t.evidence.checkpoint}</a>
          </p>
        </footer>
      </body>
    </html>
  )
}

function Masthead({ frame }: { frame: Frame }): JSX.Element {
  const { reader, path, search, offer } = frame
  const { t, lang } = reader
  return (
    <header>
      {frame.demo && (
        <p class="demo">
          <strong>{t.demo.title}</strong> {t.demo.says}
        </p>
      )}
      {frame.copy && (
        <CopyNotice
          copy={frame.copy}
          origin={frame.origin}
          path={`${localPath(lang, path)}${search}`}
          reader={reader}
        />
      )}
      <div class="bar">
        <a class="brand" href={localPath(lang, '/')}>
          <HubSign /> {t.site.name}
        </a>
        <a class="menu" href={`#${PLACES_ID}`}>
          {t.places.menu}
        </a>
        <nav class="languages" aria-label={t.site.languages}>
          <ul>
            {LANGUAGES.map((to) => (
              <li>
                <a
                  href={`${localPath(to, path)}${search}`}
                  lang={to}
                  hreflang={to}
                  {...(to === lang ? { 'aria-current': 'page' } : {})}
                >
                  {OWN_NAMES[to]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <Places frame={frame} />
      {offer && offer !== lang && (
        <p class="offer">
          <a href={`${localPath(offer, path)}${search}`} lang={offer} hreflang={offer}>
            {CATALOGUES[offer].site.offer}
          </a>
        </p>
      )}
    </header>
  )
}

/**
 * The ways to the other pages. On a telephone they unfold when the link to them is followed, which takes no script: an answer
 * must stand on the first screen.
 */
function Places({ frame }: { frame: Frame }): JSX.Element {
  const { reader, path } = frame
  const { places } = reader.t
  return (
    <nav class="pages" id={PLACES_ID} aria-label={places.label}>
      <ul>
        {PLACE_NAMES.map((name) => (
          <li>
            <a
              href={localPath(reader.lang, PLACES[name])}
              {...(path === PLACES[name] && { 'aria-current': 'page' as const })}
            >
              {places[name]}
            </a>
          </li>
        ))}
        <li class="close">
          <a href="#main">{places.close}</a>
        </li>
      </ul>
    </nav>
  )
}
