/** The addresses of the pages that compare schemes and describe members and marks. */
import { type Context, Hono } from 'hono'
import { findMark } from '../../alliance/compare-schemes.js'
import { findLevel } from '../../alliance/definition.js'
import { LANGUAGES, type Language } from '../../alliance/text.js'
import type { Schemes } from '../../hub/read-schemes.js'
import type { PageDeps } from '../deps.js'
import { answerPage, type PageAnswer } from '../frame/answer.js'
import { plain } from '../frame/phrase.js'
import { localPath, MARK_PATH, preferredLanguage } from '../frame/reader.js'
import { type Setting, settingOf } from '../frame/setting.js'
import { MEMBERS_PATH, memberPath } from './mark-link.js'
import { MarkPage } from './mark-page.js'
import { MemberPage } from './member-page.js'
import { MembersPage } from './members-page.js'
import { MissingSchemePage } from './missing-pages.js'
import { PAIR_PATH, pairAddress } from './pair-form.js'
import { type PairFault, PairPage, PairQuestionPage } from './pair-page.js'
import { PrinciplesPage } from './principles-page.js'
import { schemeMarks } from './view.js'

const PRINCIPLES_PATH = '/principles'
const LEVEL_PATH = `${MARK_PATH}:member/:mark/:level`

/** How much of a wrong name is shown again: enough to see what was mistyped. */
const MAX_SHOWN = 80

export function schemeRoutes(deps: PageDeps): Hono {
  const app = new Hono()
  for (const lang of LANGUAGES) {
    const at = (path: string): string => localPath(lang, path)
    app.get(at(PRINCIPLES_PATH), async (c) => {
      const asked = await ask(c, deps, lang, PRINCIPLES_PATH)
      return asked.answer(<PrinciplesPage {...asked.shared} />)
    })
    app.get(at(PAIR_PATH), (c) => answerPair(c, deps, lang))
    app.get(at(MEMBERS_PATH), async (c) => {
      const asked = await ask(c, deps, lang, MEMBERS_PATH)
      return asked.answer(<MembersPage {...asked.shared} />)
    })
    app.get(at(memberPath(':id')), (c) => answerMember(c, deps, lang))
    app.get(at(LEVEL_PATH), (c) => answerMark(c, deps, lang, false))
  }
  // The address that stands in records. Programs were answered before this.
  app.get(LEVEL_PATH, (c) => answerMark(c, deps, preferredLanguage(c.req.header('accept-language')), true))
  return app
}

/** What every page of this room needs, and how it is answered. */
interface Asked {
  shared: { setting: Setting; schemes: Schemes; today: string }
  answer(page: Parameters<typeof answerPage>[1], change?: Partial<PageAnswer>): Promise<Response>
}

async function ask(c: Context, deps: PageDeps, lang: Language, path: string): Promise<Asked> {
  const [setting, schemes] = await Promise.all([settingOf(c, deps, lang, path), deps.schemes()])
  const today = new Date(deps.now()).toISOString().slice(0, 'YYYY-MM-DD'.length)
  return {
    shared: { setting, schemes, today },
    answer: (page, change) =>
      answerPage(c.req.raw, page, {
        status: 200,
        caching: 'listing',
        language: lang,
        negotiated: lang === 'en',
        index: true,
        ...change,
      }),
  }
}

const MISSING = { status: 404, caching: 'missing', index: false } as const

/** A stranger's text, cut to what can be read again. */
const shown = (text: string): string => plain(text).slice(0, MAX_SHOWN)

async function answerMember(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const { shared, answer } = await ask(c, deps, lang, memberPath(encodeURIComponent(id)))
  const member = shared.schemes.members.find((one) => one.id === id)
  if (member) return answer(<MemberPage {...shared} member={member} />)
  return answer(<MissingSchemePage {...shared} about="member" value={shown(id)} />, MISSING)
}

async function answerMark(
  c: Context,
  deps: PageDeps,
  lang: Language,
  negotiated: boolean,
): Promise<Response> {
  const { member: memberId = '', mark: markId = '', level: levelId = '' } = c.req.param()
  const path = `${MARK_PATH}${[memberId, markId, levelId].map(encodeURIComponent).join('/')}`
  const { shared, answer } = await ask(c, deps, lang, path)
  // The same address holds the data for programs.
  const how = { negotiated, ...(negotiated && { varies: ['Accept'] }) }
  const member = shared.schemes.members.find((one) => one.id === memberId)
  const found = member && findLevel(member.definition, markId, levelId)
  if (!member || !found) {
    const value = shown(`${memberId}/${markId}/${levelId}`)
    return answer(<MissingSchemePage {...shared} about="mark" value={value} />, { ...MISSING, ...how })
  }
  const one = { definition: member.definition, mark: found.mark, member }
  return answer(<MarkPage {...shared} one={one} level={found.level} />, how)
}

async function answerPair(c: Context, deps: PageDeps, lang: Language): Promise<Response> {
  const { shared, answer } = await ask(c, deps, lang, PAIR_PATH)
  const marks = schemeMarks(shared.schemes.members, shared.setting.reader)
  const [a, b] = ['a', 'b'].map((name) => {
    const path = c.req.query(name) ?? ''
    return { path, found: findMark(marks, path) }
  })
  if (a?.found && b?.found && a.path !== b.path) {
    const search = pairAddress(a.path, b.path).slice(PAIR_PATH.length)
    return answer(<PairPage {...shared} a={a.found} b={b.found} search={search} />)
  }
  const fault = findFault([a, b].flatMap((side) => side ?? []))
  const page = <PairQuestionPage {...shared} chosen={{ a: a?.path, b: b?.path }} fault={fault} />
  // One mark alone comes from that mark's page and asks for the other: nothing is wrong with it.
  const isWrong = fault !== undefined && fault.kind !== 'missing'
  return answer(page, isWrong ? { status: 400, index: false } : { index: fault === undefined })
}

function findFault(sides: readonly { path: string; found: object | undefined }[]): PairFault | undefined {
  const unknown = sides.find(({ path, found }) => path !== '' && !found)
  if (unknown) return { kind: 'unknown', value: shown(unknown.path) }
  const given = sides.filter(({ path }) => path !== '')
  if (given.length === 0) return undefined
  return given.length === 1 ? { kind: 'missing' } : { kind: 'same' }
}
