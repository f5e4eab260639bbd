/** The address of a record's poster: with a language's prefix, or without one in the visitor's own language. */
import type { Context } from 'hono'
import type { Language } from '../../alliance/text.js'
import type { PageDeps } from '../deps.js'
import { answerPage } from '../frame/answer.js'
import { missingPage } from '../frame/message-routes.js'
import { preferredLanguage } from '../frame/reader.js'
import { settingOf } from '../frame/setting.js'
import { posterPath } from './addresses.js'
import { findSubject } from './find-subject.js'
import { PosterPage } from './poster-page.js'
import { readPosterSize } from './poster-style.js'

/** @param named the language of the prefix */
export async function answerPoster(c: Context, deps: PageDeps, named?: Language): Promise<Response> {
  const id = c.req.param('record') ?? ''
  const language = named ?? preferredLanguage(c.req.header('accept-language'))
  const { answer, status, caching, demo } = await findSubject(id, deps)
  if (status === 404) return missingPage(c, deps)
  const setting = await settingOf(c, deps, language, posterPath(id))
  const page = (
    <PosterPage
      setting={{ ...setting, demo }}
      record={answer?.record}
      size={readPosterSize(c.req.query('size'))}
      today={new Date(deps.now()).toISOString()}
    />
  )
  return answerPage(c.req.raw, page, {
    status: answer && !answer.record ? 404 : status,
    caching,
    language,
    negotiated: named === undefined || named === 'en',
    index: false,
  })
}
