/** The look-up page: the form, an answer, or a refusal with its remedy (DESIGN 5, 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { findPersonalNumber } from '../../record/personal-number.js'
import type { Verdict } from '../../record/verdict.js'
import type { Refusal } from '../../refusal.js'
import { type Frame, Layout } from '../frame/layout.js'
import { fill } from '../frame/phrase.js'
import { RestoredNotice } from '../frame/restored-notice.js'
import type { Setting } from '../frame/setting.js'
import { askedAs } from '../frame/subject.js'
import { ComplaintBox } from './complaint-box.js'
import { Covered } from './covered.js'
import { AsOf, Evidence } from './evidence.js'
import { CodeNote, MisuseReport, NextSteps } from './next-steps.js'
import type { AskedPage } from './question.js'
import { OtherRecord, RecordCard } from './record-card.js'
import { Examples, SearchForm } from './search-form.js'
import { SearchedSchemes } from './searched-schemes.js'
import { SimilarShops } from './similar-shops.js'
import { headRecord, VerdictPanel, WarningList } from './verdict-panel.js'

/** The form alone, with what can be pasted. */
export function FormPage({ setting, chosen }: { setting: Setting; chosen?: string }): JSX.Element {
  const { reader } = setting
  const { title, description, lead } = reader.t.verify
  return (
    <Layout frame={{ ...setting, title, description, search: '', index: true }}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <SearchForm text="" chosen={chosen} reader={reader} />
      <Examples reader={reader} />
      <CodeNote setting={setting} />
    </Layout>
  )
}

/** An answer. */
export function VerdictPage({
  setting,
  asked,
  verdict,
}: {
  setting: Setting
  asked: AskedPage
  verdict: Verdict
}): JSX.Element {
  const { reader } = setting
  const { t } = reader
  const word = t.verdicts[verdict.verdict]
  const head = headRecord(verdict)
  const subject = askedAs(verdict.query)
  const others = verdict.records.filter((record) => record !== head)
  const frame: Frame = {
    ...setting,
    demo: setting.demo || verdict.demo === true,
    title: `${word.title}: ${subject}`,
    description: fill(t.verify.resultDescription, {
      verdict: word.title,
      subject,
      says: word.says,
    }),
    search: asked.search,
    index: false,
  }
  return (
    <Layout frame={frame} footer={<AsOf verdict={verdict} reader={reader} />}>
      <VerdictPanel verdict={verdict} reader={reader} />
      <WarningList warnings={verdict.warnings} reader={reader} />
      <RestoredNotice restored={verdict.asOf.restored} reader={reader} />
      <SimilarShops verdict={verdict} reader={reader} />
      {head && <Covered record={head} reader={reader} />}
      {head && <RecordCard record={head} reader={reader} />}
      <SearchedSchemes verdict={verdict} reader={reader} />
      {head && others.length > 0 && <h2>{t.verify.otherRecords}</h2>}
      {others.map((record) => (
        <OtherRecord record={record} reader={reader} />
      ))}
      {verdict.verdict === 'not-found' && (
        <>
          <NextSteps setting={setting} asked={verdict.query.url === undefined ? 'number' : 'address'} />
          {verdict.query.url !== undefined && <MisuseReport shop={subject} setting={setting} />}
          <CodeNote setting={setting} />
        </>
      )}
      <ComplaintBox verdict={verdict} asked={asked} setting={setting} />
      <Evidence verdict={verdict} reader={reader} />
      <details>
        <summary>{t.search.again}</summary>
        <SearchForm text="" chosen={asked.for} asksCountry={false} reader={reader} />
      </details>
    </Layout>
  )
}

/** A question that can't be looked up: what to paste instead; the rule that refused it is folded away. */
export function RefusalPage({
  setting,
  refusal,
  text,
  chosen,
}: {
  setting: Setting
  refusal: Refusal
  text: string
  chosen?: string
}): JSX.Element {
  const { reader } = setting
  const { refusal: t } = reader.t
  const remedy =
    refusal.code === 'personal-number'
      ? t.personal
      : refusal.code === 'bad-identifier' || refusal.details.at === 'identifier'
        ? t.identifier
        : refusal.status >= 500
          ? t.busy
          : t.query
  return (
    <Layout frame={{ ...setting, title: t.title, description: remedy, search: '', index: false }}>
      <section class="panel tone-none">
        <h1>{t.title}</h1>
        <p class="now">{remedy}</p>
      </section>
      {/* A person's number is never written back, whatever the question was refused for. */}
      <SearchForm text={findPersonalNumber(text) ? '' : text} chosen={chosen} reader={reader} />
      <details>
        <summary>{t.detail}</summary>
        <p lang="en">
          <bdi>{refusal.details.detail}</bdi>
        </p>
      </details>
      <Examples reader={reader} />
    </Layout>
  )
}
