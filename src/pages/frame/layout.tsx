/** The frame of every page: head, skip link, demo banner, language bar, landmarks, footer (DESIGN 4.13, 4.14). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import { CopyNotice, type CopyState } from './copy-notice.js'
import { plain } from './phrase.js'
import { CATALOGUES, localPath, OWN_NAMES, type Reader } from './reader.js'
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
}

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
        {!frame.index && <meta name="robots" content="noindex" />}
        <meta name="color-scheme" content="light dark" />
        <link rel="canonical" href={address(lang)} />
        {LANGUAGES.map((to) => (
          <link rel="alternate" hreflang={to} href={address(to)} />
        ))}
        <link rel="alternate" hreflang="x-default" href={address('en')} />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={STYLE_PATH} />
        {frame.styles?.map((href) => (
          <link rel="stylesheet" href={href} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t.site.skip}
        </a>
        <Masthead frame={frame} />
        <main id="main">{children}</main>
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
        <nav aria-label={t.site.languages}>
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
