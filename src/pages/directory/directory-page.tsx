/** The directory: certified shops of all members, newest first, with filters that every address states (DESIGN 5, `/directory`). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Scheme } from '../../hub/read-schemes.js'
import type { DirectoryPage as Found } from '../../record/directory.js'
import { distinctSectors, type Sector, sectorOf } from '../../record/sector.js'
import { type Frame, Layout } from '../frame/layout.js'
import { fill } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { LogLine } from '../look-up/evidence.js'
import { type AskedList, type Filter, formatList, isIndexable, setFilters } from './asked-list.js'
import { publishers } from './choices.js'
import { FilterForm, FOUND_ID } from './filter-form.js'
import { describeList } from './item-list.js'
import { mergeEntries } from './listed-shops.js'
import { address, LeftOutNotice, SetFilters, sayValue } from './set-filters.js'
import { ShopItem } from './shop-item.js'

interface PageParts {
  setting: Setting
  asked: AskedList
  members: readonly Scheme[]
  /** What shops sell, beside those of this page. */
  sectors: readonly Sector[]
  found: Found
}

/** Whether search engines may keep the page: a list that others repeat, or one of nothing, is not worth it. */
export function isKept({ asked, found }: Pick<PageParts, 'asked' | 'found'>): boolean {
  const isFull = setFilters(asked.query).length === 0 || found.results.length > 0
  return asked.leftOut.length === 0 && isFull && isIndexable(asked.query)
}

export function DirectoryPage(parts: PageParts): JSX.Element {
  const { setting, asked, members, found } = parts
  const { reader, origin } = setting
  const { texts } = reader
  const { query } = asked
  const shops = mergeEntries(found.results)
  const frame: Frame = {
    ...setting,
    demo: setting.demo || found.demo === true,
    title: titleOf(asked, members, reader),
    description: texts.directory.description,
    search: formatList(query),
    index: isKept(parts),
    wide: true,
    jsonLd: shops.length > 0 ? describeList(shops, reader, origin) : undefined,
  }
  return (
    <Layout frame={frame} footer={<LogLine size={found.asOf.size} at={found.asOf.at} reader={reader} />}>
      <Head reader={reader} />
      <LeftOutNotice leftOut={asked.leftOut} reader={reader} />
      <div class="browse">
        <FilterForm query={query} members={members} sectors={suggestSectors(parts)} reader={reader} />
        <section id={FOUND_ID} aria-labelledby="count">
          {shops.length === 0 ? (
            <>
              <Nothing {...parts} />
              {found.next !== null && <Pages {...parts} />}
            </>
          ) : (
            <>
              <h2 id="count">
                {reader.count(
                  found.found.more ? texts.directory.more : texts.directory.found,
                  found.found.count,
                )}
              </h2>
              <SetFilters query={query} members={members} reader={reader} />
              <p class="hint">{texts.directory.newest}</p>
              <ol class="shops">
                {shops.map((shop) => (
                  <ShopItem shop={shop} reader={reader} />
                ))}
              </ol>
              <Pages {...parts} />
            </>
          )}
        </section>
      </div>
    </Layout>
  )
}

/** While the hub makes the directory, or a copy is brought up: when to come back, and what can be done meanwhile. */
export function BusyPage({ setting, query }: { setting: Setting; query: AskedList['query'] }): JSX.Element {
  const { reader } = setting
  const { busy } = reader.texts.directory
  const frame = { title: busy.title, description: busy.says, search: formatList(query), index: false }
  return (
    <Layout frame={{ ...setting, ...frame }}>
      <section class="panel tone-wait">
        <h1>{busy.title}</h1>
        <p class="now">{busy.says}</p>
      </section>
      <ul class="ways">
        <li>
          <a class="channel" href={address(reader, query)}>
            {busy.again}
          </a>
        </li>
        <li>
          <CheckLink reader={reader} />
        </li>
      </ul>
    </Layout>
  )
}

function Head({ reader }: { reader: Reader }): JSX.Element {
  const { title, lead, kinds } = reader.texts.directory
  return (
    <div class="intro">
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <p>{kinds}</p>
    </div>
  )
}

/** Those of this page before others: whoever chose a country means its shops. */
function suggestSectors({ found, sectors }: Pick<PageParts, 'found' | 'sectors'>): Sector[] {
  return distinctSectors([...found.results.flatMap(({ holder }) => sectorOf(holder) ?? []), ...sectors])
}

/** The title names every filter, so that kept tabs and bookmarks can be told apart, and says which part its value plays. */
function titleOf({ query }: AskedList, members: readonly Scheme[], reader: Reader): string {
  const { title, pair } = reader.texts.directory
  const inTitle: Partial<Record<Filter, string>> = reader.texts.directory.inTitle
  const values = setFilters(query).map((filter) =>
    fill(inTitle[filter] ?? '{value}', { value: sayValue(filter, { query, members, reader }) }),
  )
  return values.length === 0 ? title : fill(pair, { label: title, value: reader.list(values) })
}

/** Why the list is empty, and what to do about it. */
function Nothing({ asked, members, setting: { reader } }: PageParts): JSX.Element {
  const { nothing, empty } = reader.texts.directory
  const { query } = asked
  const isNarrowed = setFilters(query).length > 0
  if (publishers(members).length === 0)
    return <Empty title={empty.title} says={reader.t.searched.none} reader={reader} />
  // Past the end of a list that grew shorter meanwhile, its start tells how it stands.
  if (query.after !== undefined)
    return (
      <>
        <Empty title={empty.title} says={empty.says} reader={reader} />
        <StartLink query={query} reader={reader} />
      </>
    )
  if (!isNarrowed) return <Empty title={empty.title} says={empty.says} reader={reader} />
  return (
    <Empty title={nothing.title} says={nothing.loosen} reader={reader}>
      <SetFilters query={query} members={members} reader={reader} />
      {query.sector !== undefined && <p>{nothing.sector}</p>}
    </Empty>
  )
}

function Empty({
  title,
  says,
  reader,
  children,
}: {
  title: string
  says: string
  reader: Reader
  children?: Child
}): JSX.Element {
  return (
    <>
      <h2 id="count">{title}</h2>
      <p>{says}</p>
      {children}
      <p>{reader.texts.directory.nothing.check}</p>
      <p>
        <CheckLink reader={reader} />
      </p>
    </>
  )
}

function CheckLink({ reader }: { reader: Reader }): JSX.Element {
  return (
    <a class="channel" href={localPath(reader.lang, '/verify')}>
      {reader.t.places.verify}
    </a>
  )
}

/** Onward and back to the start; the page before is the browser's own way back. */
function Pages({ asked, found, setting: { reader } }: PageParts): JSX.Element | null {
  const { pages } = reader.texts.directory
  const { query } = asked
  if (found.next === null && query.after === undefined) return null
  return (
    <nav class="steps" aria-label={pages.label}>
      <ul>
        {query.after !== undefined && (
          <li>
            <StartLink query={query} reader={reader} />
          </li>
        )}
        {found.next !== null && (
          <li>
            <a rel="next" href={address(reader, { ...query, after: found.next })}>
              {pages.next}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

function StartLink({ query, reader }: { query: AskedList['query']; reader: Reader }): JSX.Element {
  return (
    <a class="channel" href={address(reader, { ...query, after: undefined })}>
      {reader.texts.directory.pages.start}
    </a>
  )
}
