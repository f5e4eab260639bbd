/** What a name finds: shops to choose from by their address, or the schemes that were searched in vain (issue 5, story 2). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Searched } from '../../hub/list-searched.js'
import type { DirectoryPage } from '../../record/directory.js'
import { mergeEntries } from '../directory/listed-shops.js'
import { Layout, PLACES } from '../frame/layout.js'
import { fill, phrase } from '../frame/phrase.js'
import { localPath, recordPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { Sign, WarningSign } from '../frame/signs.js'
import { showPresence } from '../frame/subject.js'
import { LogLine } from './evidence.js'
import { CodeNote, NextSteps } from './next-steps.js'
import { type AskedPage, formatSearch } from './question.js'
import { SearchForm } from './search-form.js'
import { SearchedList } from './searched-schemes.js'
import { ShopChoice } from './shop-choice.js'

/** Certificates that are shown to choose from; whoever has more before him goes on to the list of shops, which can be narrowed. */
export const MAX_NAMED = 10

interface NameAnswer {
  setting: Setting
  asked: AskedPage
  name: string
  found: DirectoryPage
  searched: Searched
}

export function NamePage(answer: NameAnswer): JSX.Element {
  const { setting, asked, name, found } = answer
  const { reader } = setting
  const { names } = reader.t
  const isFound = found.results.length > 0
  return (
    <Layout
      frame={{
        ...setting,
        title: isFound ? fill(names.title, { name }) : `${names.none}: ${name}`,
        description: fill(isFound ? names.description : names.noneSays, { name }),
        search: asked.search,
        index: false,
      }}
      footer={<LogLine size={found.asOf.size} at={found.asOf.at} reader={reader} />}
    >
      {isFound ? <Matches {...answer} /> : <NoMatch {...answer} />}
      <CodeNote setting={setting} />
      <SearchForm text={asked.text} chosen={asked.for} reader={reader} />
    </Layout>
  )
}

function Matches({ setting, name, found }: NameAnswer): JSX.Element {
  const { reader } = setting
  const { names, warning } = reader.t
  return (
    <>
      <h1>{phrase(names.title, { name: <bdi>{name}</bdi> })}</h1>
      <section class="warning">
        <WarningSign />
        <div>
          <h2>
            <span class="word">{warning}</span> {names.warning}
          </h2>
          <p>{names.says}</p>
        </div>
      </section>
      <section>
        <ul class="shops">
          {mergeEntries(found.results).flatMap(({ main, holder, entries }) => {
            const [first] = entries
            if (!main || !first) return []
            return [
              <ShopChoice
                holder={holder.name}
                url={main.url}
                marks={entries.map(({ verdict, mark }) => ({ verdict, name: mark.name }))}
                reader={reader}
              >
                <p>
                  <a class="channel" href={recordPath(first.id, reader.lang)}>
                    {phrase(names.choose, { address: <bdi class="address">{showPresence(main).shown}</bdi> })}
                  </a>
                </p>
              </ShopChoice>,
            ]
          })}
        </ul>
        {found.next !== null && (
          <p>
            <a
              class="channel"
              href={`${localPath(reader.lang, PLACES.directory)}${formatSearch({ q: name })}`}
            >
              {phrase(names.more, { name: <bdi>{name}</bdi> })}
            </a>
          </p>
        )}
      </section>
    </>
  )
}

function NoMatch({ setting, name, searched }: NameAnswer): JSX.Element {
  const { reader } = setting
  const { names, verify } = reader.t
  return (
    <>
      <section class="panel tone-none">
        <p class="asked">
          {verify.asked} <bdi class="address">{name}</bdi>
        </p>
        <div class="headline">
          <Sign of="not-found" />
          <h1>{names.none}</h1>
        </div>
        <p>{phrase(names.noneSays, { name: <bdi>{name}</bdi> })}</p>
        <p class="now">{names.noneNow}</p>
      </section>
      <SearchedList searched={searched} reader={reader} />
      <NextSteps setting={setting} />
    </>
  )
}
