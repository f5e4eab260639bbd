/** Sources, numbered as a page cites them: every fact about a real organisation shows where it stands (DESIGN 4.14). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { MemberDefinition } from '../../alliance/definition.js'
import { channelLink } from '../frame/channel.js'
import { fill } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'
import { formatPartialDate, titleLanguage } from './words.js'

export type Source = MemberDefinition['sources'][string]

/** The sources of one page, each with its number. */
export interface Sources {
  list: readonly Source[]
  /** Undefined for a key that the definition lacks. */
  numberOf(definition: MemberDefinition, key: string): number | undefined
}

/** What a page cites of a member: keys of its sources in the order in which they are to be numbered. */
export interface Citation {
  definition: MemberDefinition
  keys: readonly string[]
}

const identityOf = ({ title, url, dated }: Source): string => JSON.stringify([title, url, dated])

/** Numbers the sources; one that several members name gets one number. */
export function numberSources(
  citations: readonly Citation[],
  further: Readonly<Record<string, Source>> = {},
): Sources {
  const numbers = new Map<string, number>()
  const list: Source[] = []
  const add = (source: Source | undefined): void => {
    if (!source || numbers.has(identityOf(source))) return
    list.push(source)
    numbers.set(identityOf(source), list.length)
  }
  for (const source of Object.values(further)) add(source)
  for (const { definition, keys } of citations) for (const key of keys) add(definition.sources[key])
  return {
    list,
    numberOf: (definition, key) => {
      const source = definition.sources[key]
      return source && numbers.get(identityOf(source))
    },
  }
}

/** The number of a source, as a link to its line below. */
export function Ref({ number, reader }: { number: number | undefined; reader: Reader }): JSX.Element | null {
  if (number === undefined) return null
  const name = fill(reader.texts.schemes.rules.source, { number: String(number) })
  return (
    <a class="cite" href={`#source-${number}`} aria-label={name}>
      [{number}]
    </a>
  )
}

export function SourceList({ sources, reader }: { sources: Sources; reader: Reader }): JSX.Element {
  const { sources: t } = reader.texts.schemes
  return (
    <section id="sources" class="sources">
      <h2>{t.title}</h2>
      <ol>
        {sources.list.map((source, i) => (
          <li id={`source-${i + 1}`}>
            <SourceLine source={source} reader={reader} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function SourceLine({ source, reader }: { source: Source; reader: Reader }): JSX.Element {
  const { sources: t } = reader.texts.schemes
  const lang = titleLanguage(source.title)
  const title = lang === reader.lang ? <bdi>{source.title}</bdi> : <bdi lang={lang}>{source.title}</bdi>
  const href = source.url === null ? undefined : channelLink('web', source.url)
  const about = [
    source.dated === null ? t.undated : fill(t.dated, { date: formatPartialDate(source.dated, reader) }),
    fill(t.read, { date: reader.date(source.read) }),
    t.extents[source.extent],
  ]
  return (
    <>
      {href === undefined ? (
        title
      ) : (
        <a href={href} rel="nofollow noopener noreferrer">
          {title}
        </a>
      )}
      <br />
      <small>{about.join(' · ')}</small>
    </>
  )
}
