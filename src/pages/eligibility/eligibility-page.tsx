/** The page of the questionnaire: which mark a shop can get (issue 5, story 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { Layout } from '../frame/layout.js'
import { fill, phrase } from '../frame/phrase.js'
import type { Setting } from '../frame/setting.js'
import { WarningSign } from '../frame/signs.js'
import { LogLine } from '../look-up/evidence.js'
import { formatAnswers } from './answers.js'
import { QuestionForm } from './form.js'
import { KnownCountries, Result } from './result.js'
import type { EligibilityView } from './view.js'

export function EligibilityPage({
  setting,
  view,
  index,
}: {
  setting: Setting
  view: EligibilityView
  index: boolean
}): JSX.Element {
  const { reader } = setting
  const t = reader.texts.eligibility
  const { title, description } = t
  return (
    <Layout
      frame={{ ...setting, title, description, search: formatAnswers(view.asked.raw), index }}
      footer={<LogLine size={view.size} at={view.at} reader={reader} />}
    >
      <div class="which">
        <h1>{title}</h1>
        <p class="lead">{t.lead}</p>
        <LeftOut view={view} setting={setting} />
        <QuestionForm view={view} reader={reader} />
        {view.isAnswered ? (
          <Result view={view} reader={reader} />
        ) : (
          // Who takes the country back stands before what there is to choose from.
          <section id="result">
            <KnownCountries view={view} reader={reader} />
          </section>
        )}
      </div>
    </Layout>
  )
}

/** Parameters that were not understood, by name: a stranger's link must not pretend to be answered whole. */
function LeftOut({ view, setting }: { view: EligibilityView; setting: Setting }): JSX.Element | null {
  const { reader } = setting
  const t = reader.texts.eligibility.left
  const { unknown, bad } = view.asked.left
  const names = [...bad, ...unknown]
  if (names.length === 0) return null
  return (
    <section class="warning" id="left">
      <WarningSign />
      <div>
        <h2>
          <span class="word">{reader.t.warning}</span> {t.title}
        </h2>
        <p>
          {phrase(t.says, {
            names: names.map((name, i) => (
              <>
                {i > 0 && reader.list(['', ''])}
                <bdi>{shorten(name)}</bdi>
              </>
            )),
          })}
        </p>
      </div>
    </section>
  )
}

/** Longest name that is shown whole: those of our own questions are shorter. */
const MAX_SHOWN = 60

const shorten = (name: string): string =>
  name.length > MAX_SHOWN ? fill('{name}…', { name: name.slice(0, MAX_SHOWN) }) : name
