/** The inbox in plain lines, in the officer's language. */
import type { Language } from '../../alliance/text.js'
import type { InboxItem } from '../../dispute/case-view.js'
import { caseTexts } from '../../dispute/texts/case-texts.js'
import type { KnownCase } from './case-folder.js'
import type { InboxCase } from './read-inbox.js'
import { wordsOf } from './words/words.js'

/** What is new, case by case. */
export function formatInbox(cases: readonly InboxCase[], lang: Language): string[] {
  const [t, w] = [caseTexts(lang), wordsOf(lang)]
  return cases.flatMap(({ item, news, receipt, reason }) => [
    formatLine(item, lang),
    ...news.map(({ at, type }) => `    ${at.slice(0, 16).replace('T', ' ')}Z  ${t.officer.events[type]}`),
    ...(receipt === 'sent' ? [`    ${w.inbox.receipt}`] : []),
    ...(receipt === 'refused' ? [`    ${w.inbox.notTaken}: ${reason ?? ''}`] : []),
  ])
}

/** One line: reference, problem, countries, state, whose turn and until when. */
export function formatLine(item: InboxItem, lang: Language): string {
  const { meta } = item
  const route = `${meta.consumerCountry} → ${meta.merchantCountry ?? '?'}`
  return formatKnown(item.case, { ...item, ...meta }, lang, route)
}

/** A case as the local index knows it. */
export function formatKnown(
  ref: string,
  { role, claimType, state, owner, due }: Pick<KnownCase, 'role' | 'claimType' | 'state' | 'owner' | 'due'>,
  lang: Language,
  route = '',
): string {
  const [t, w] = [caseTexts(lang), wordsOf(lang)]
  const turn = owner ? ` (${t.officer.owners[owner]}${due ? `, ${w.head.due} ${due}` : ''})` : ''
  return `${ref}  ${route && `${route}  `}${t.claimTypes[claimType]}  [${w.roles[role]}]  ${t.officer.states[state]}${turn}`
}
