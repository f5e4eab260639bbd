/** The questionnaire: one form that grows with the country that was chosen (issue 5, story 6). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { pickText } from '../../alliance/text.js'
import { fill, Local, phrase, plain } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import { choicesOf } from './amounts.js'
import { NO_TRADE, OTHER_COUNTRY, tradesAt } from './answers.js'
import { SELLING_PLACES } from './questions.js'
import { type EligibilityView, namedCountry } from './view.js'

export const ELIGIBILITY_PATH = '/which-mark'
/** Where the form leads when all was asked: past its own questions to the answer. */
const RESULT = '#result'
/** Where it leads before: to what comes next, which another country may change. */
const NEXT = 'next'

/** What comes next: the country, where none is chosen; the questions of its rules; the result where there are none. */
const nextPart = (view: EligibilityView): 'country' | 'rules' | 'result' =>
  !view.isAnswered ? 'country' : hasRules(view) ? 'rules' : 'result'

/** The id of a part of the page if it is what comes next. */
export const anchorOf = (part: ReturnType<typeof nextPart>, view: EligibilityView): string | undefined =>
  nextPart(view) === part ? NEXT : undefined

interface Option {
  value: string
  label: string
  selected: boolean
}

/** A question with one answer; "I don't know" stands first. The label may hold elements, the options can't. */
function Select({
  id,
  name,
  label,
  hint,
  none,
  options,
}: {
  id: string
  name: string
  label: Child | Child[]
  hint?: Child
  none: string
  options: readonly Option[]
}): JSX.Element {
  return (
    <div class="question">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select id={id} name={name} {...(hint && { 'aria-describedby': `${id}-hint` })}>
        <option value="">{none}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.selected}>
            {plain(option.label)}
          </option>
        ))}
      </select>
    </div>
  )
}

interface Box extends Omit<Option, 'label' | 'selected'> {
  label: Child
  checked: boolean
}

function Boxes({
  name,
  label,
  hint,
  boxes,
}: {
  name: string
  label: Child
  hint: Child
  boxes: readonly Box[]
}): JSX.Element {
  return (
    <fieldset class="question boxes">
      <legend>{label}</legend>
      <p class="hint">{hint}</p>
      {boxes.map(({ value, label: words, checked }) => (
        <label>
          <input type="checkbox" name={name} value={value} checked={checked} />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}

export function QuestionForm({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility.form
  const { presences } = reader.t
  const { raw } = view.asked
  const country = namedCountry(view)
  const rules = country !== undefined && hasRules(view)
  const address = localPath(reader.lang, ELIGIBILITY_PATH)
  return (
    <form class="search ask" action={address + (rules ? RESULT : `#${NEXT}`)} method="get">
      <h2>{t.title}</h2>
      <CountrySelect view={view} reader={reader} />
      <Select
        id="kind"
        name="kind"
        label={t.kind}
        hint={t.kindHint}
        none={t.unknown}
        options={[
          { value: 'natural', label: t.natural, selected: raw.holderKind === 'natural' },
          { value: 'juristic', label: t.juristic, selected: raw.holderKind === 'juristic' },
        ]}
      />
      <Boxes
        name="sells"
        label={t.sells}
        hint={t.several}
        boxes={SELLING_PLACES.map((place) => ({
          value: place,
          label: place === 'other' ? t.elsewhere : presences[place],
          checked: raw.sells?.includes(place) ?? false,
        }))}
      />
      {rules && (
        <div id={anchorOf('rules', view)}>
          <TradeBoxes view={view} reader={reader} />
          <h3>{fill(t.rules, { country: reader.country(country) })}</h3>
          <FactSelects view={view} reader={reader} />
          <RuleSelects view={view} reader={reader} />
        </div>
      )}
      <button type="submit">{rules ? t.show : t.next}</button>
      <p class="hint after">{t.privacy}</p>
    </form>
  )
}

const hasRules = ({ members, questions }: EligibilityView): boolean =>
  members.length > 0 && Object.values(questions).some((list) => list.length > 0)

function CountrySelect({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility.form
  const { country } = view.asked.raw
  const sorted = [...view.countries].sort((a, b) =>
    reader.country(a).localeCompare(reader.country(b), reader.lang),
  )
  const isListed = country === undefined || country === OTHER_COUNTRY || sorted.includes(country)
  return (
    <div class="question" id={anchorOf('country', view)}>
      <label for="country">{t.country}</label>
      <select id="country" name="country">
        <option value="">{t.choose}</option>
        {sorted.length > 0 && (
          <optgroup label={t.known}>
            {sorted.map((code) => (
              <option value={code} selected={code === country}>
                {reader.country(code)}
              </option>
            ))}
          </optgroup>
        )}
        {!isListed && (
          <option value={country} selected>
            {reader.country(country)}
          </option>
        )}
        <option value={OTHER_COUNTRY} selected={country === OTHER_COUNTRY}>
          {t.another}
        </option>
      </select>
    </div>
  )
}

function TradeBoxes({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility.form
  const { raw } = view.asked
  return (
    <>
      {view.questions.trades.map(({ scheme, duties }) => {
        const ticked = tradesAt(raw, scheme.id)
        return (
          <Boxes
            name="trades"
            label={t.trades}
            hint={
              <>
                {phrase(t.tradesHint, {
                  agency: <Local text={scheme.definition.shortName} reader={reader} />,
                })}{' '}
                {t.several}
              </>
            }
            boxes={[
              ...duties.map((duty) => ({
                value: `${scheme.id}.${duty.id}`,
                label: <Local text={duty.text} reader={reader} />,
                checked: ticked?.includes(duty.id) ?? false,
              })),
              { value: NO_TRADE, label: t.noTrade, checked: raw.trades?.includes(NO_TRADE) ?? false },
            ]}
          />
        )
      })}
    </>
  )
}

/** Parameters hold dots, which are no trouble in an id: nothing here selects by it. */
const idOf = (param: string): string => param

export const questionAddress = (param: string): string => `#${idOf(param)}`

function FactSelects({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility
  return (
    <>
      {view.questions.facts.map((question) => {
        const { question: label, hint } = t.facts[question.name]
        const { facts } = view.answers
        const answer = Object.hasOwn(facts, question.name) ? facts[question.name] : undefined
        return (
          <Select
            id={idOf(question.param)}
            name={question.param}
            label={label}
            hint={hint}
            none={t.form.unknown}
            options={choicesOf(question, reader.lang).map(({ value, label: words, fits }) => ({
              value,
              label: words,
              selected: answer !== undefined && fits(answer),
            }))}
          />
        )
      })}
    </>
  )
}

/** Presupposed marks, and requirements asked for as a whole: yes or no. */
function RuleSelects({ view, reader }: { view: EligibilityView; reader: Reader }): JSX.Element {
  const t = reader.texts.eligibility.form
  const { questions, asked } = view
  const yesOrNo = (param: string): Option[] => [
    { value: 'yes', label: t.yes, selected: asked.raw.others.get(param) === 'yes' },
    { value: 'no', label: t.no, selected: asked.raw.others.get(param) === 'no' },
  ]
  return (
    <>
      {questions.holds.map(({ param, mark, level }) => {
        const own = level && mark.levels.length > 1
        const name = (
          <>
            <Local text={mark.name} reader={reader} />
            {own && (
              <>
                {' · '}
                <Local text={level.name} reader={reader} />
              </>
            )}
          </>
        )
        return (
          <Select
            id={idOf(param)}
            name={param}
            label={phrase(t.holds, { mark: name })}
            none={t.unknown}
            options={yesOrNo(param)}
          />
        )
      })}
      {questions.meets.map(({ param, requirement }) => (
        <Select
          id={idOf(param)}
          name={param}
          label={<Local text={requirement.text} reader={reader} />}
          hint={t.meets}
          none={t.unknown}
          options={yesOrNo(param)}
        />
      ))}
    </>
  )
}

/** What a question is called where the result leads back to it. */
export function questionName(param: string, view: EligibilityView, reader: Reader): string | undefined {
  const t = reader.texts.eligibility
  const { facts, holds, meets } = view.questions
  const fact = facts.find((one) => one.param === param)
  if (fact) return t.facts[fact.name].question
  const hold = holds.find((one) => one.param === param)
  if (hold) return fill(t.form.holds, { mark: pickText(hold.mark.name, reader.lang).text })
  const meet = meets.find((one) => one.param === param)
  return meet && pickText(meet.requirement.text, reader.lang).text
}
