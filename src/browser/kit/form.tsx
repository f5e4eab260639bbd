/** Fields of a form: label, hint and fault tied to the control, so that a screen reader says all three (WCAG 3.3.1, 3.3.2). */
import type { Child } from 'hono/jsx'
import { useEffect, useRef } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'

/** Something that must be mended: `field` is the id of the control. */
export interface Fault {
  field: string
  text: string
}

/** What every field has. `optional` is the word for it in the reader's language; absent where an answer is needed. */
export interface FieldProps {
  id: string
  label: string
  hint?: string | undefined
  optional?: string | undefined
  faults?: readonly Fault[] | undefined
}

const faultOf = ({ id, faults }: FieldProps): string | undefined =>
  faults?.find(({ field }) => field === id)?.text
const hintId = (id: string): string => `${id}-hint`
const faultId = (id: string): string => `${id}-fault`

function describing(field: FieldProps): Record<string, string> {
  const ids = [field.hint && hintId(field.id), faultOf(field) && faultId(field.id)].filter(Boolean).join(' ')
  return { ...(ids && { 'aria-describedby': ids }), ...(faultOf(field) && { 'aria-invalid': 'true' }) }
}

function LabelText({ field }: { field: FieldProps }): JSX.Element {
  return (
    <>
      {field.label}
      {field.optional && <span class="optional"> {field.optional}</span>}
    </>
  )
}

function Notes({ field }: { field: FieldProps }): JSX.Element {
  const fault = faultOf(field)
  return (
    <>
      {field.hint && (
        <p class="hint" id={hintId(field.id)}>
          {field.hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={faultId(field.id)}>
          {fault}
        </p>
      )}
    </>
  )
}

/** Texts that people type. Nothing is drawn anew while they type: Japanese input would lose what is half converted. */
export function TextField(
  field: FieldProps & {
    value: string
    onInput: (value: string) => void
    /** She leaves the field: now something may be drawn that depends on it. */
    onDone?: () => void
    type?: 'text' | 'email' | 'tel' | 'date' | 'url'
    inputMode?: 'decimal' | 'numeric' | 'email' | 'tel' | 'url'
    autocomplete?: string
    maxLength?: number
    /** Latest day that can be chosen. */
    max?: string
    rows?: number
    lang?: string
    /** Addresses and numbers: no capital at the start, no spelling marks. */
    plain?: boolean
  },
): JSX.Element {
  const shared = {
    id: field.id,
    name: field.id,
    value: field.value,
    maxlength: field.maxLength,
    autocomplete: field.autocomplete ?? 'off',
    lang: field.lang,
    ...(field.type !== 'date' && ({ dir: 'auto' } as const)),
    ...(field.plain && ({ autocapitalize: 'none', spellcheck: false } as const)),
    ...describing(field),
    onInput: (event: Event) => field.onInput((event.target as HTMLInputElement).value),
    onBlur: field.onDone,
  }
  return (
    <div class={faultOf(field) ? 'field faulty' : 'field'}>
      <label for={field.id}>
        <LabelText field={field} />
      </label>
      <Notes field={field} />
      {field.rows ? (
        <textarea rows={field.rows} {...shared} />
      ) : (
        <input type={field.type ?? 'text'} inputmode={field.inputMode} max={field.max} {...shared} />
      )}
    </div>
  )
}

/** A value with its words; `hint` explains it. */
export interface Option {
  value: string
  label: string
  hint?: string
  lang?: string
}

/** One of a long list. The first entry, without a value, says that nothing is chosen. */
export function SelectField(
  field: FieldProps & {
    value: string
    none: string
    options: readonly Option[]
    onInput: (value: string) => void
  },
): JSX.Element {
  return (
    <div class={faultOf(field) ? 'field faulty' : 'field'}>
      <label for={field.id}>
        <LabelText field={field} />
      </label>
      <Notes field={field} />
      <select
        id={field.id}
        name={field.id}
        {...describing(field)}
        onInput={(event: Event) => field.onInput((event.target as HTMLSelectElement).value)}
      >
        <option value="" selected={field.value === ''}>
          {field.none}
        </option>
        {field.options.map(({ value, label, lang }) => (
          <option value={value} selected={value === field.value} lang={lang}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** One of a few, or with `many` any of them: every choice is a line that a thumb hits. */
export function ChoiceField(
  field: FieldProps & {
    values: readonly string[]
    many?: boolean
    options: readonly Option[]
    onInput: (values: string[]) => void
  },
): JSX.Element {
  const toggle = (value: string, checked: boolean): void => {
    const others = field.values.filter((one) => one !== value)
    field.onInput(!field.many ? [value] : checked ? [...others, value] : others)
  }
  return (
    // The group takes the focus when the summary of faults points to it.
    <fieldset
      class={faultOf(field) ? 'field faulty' : 'field'}
      id={field.id}
      tabindex={-1}
      {...describing(field)}
    >
      <legend>
        <LabelText field={field} />
      </legend>
      <Notes field={field} />
      <div class="choices">
        {field.options.map(({ value, label, hint, lang }) => (
          <label class="choice" lang={lang}>
            <input
              type={field.many ? 'checkbox' : 'radio'}
              name={field.id}
              value={value}
              checked={field.values.includes(value)}
              onInput={(event: Event) => toggle(value, (event.target as HTMLInputElement).checked)}
            />
            <span>
              {label}
              {hint && <small>{hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A single box to tick. */
export function TickField(
  field: FieldProps & { checked: boolean; onInput: (checked: boolean) => void },
): JSX.Element {
  return (
    <div class={faultOf(field) ? 'field faulty' : 'field'}>
      <label class="choice">
        <input
          type="checkbox"
          id={field.id}
          name={field.id}
          checked={field.checked}
          {...describing(field)}
          onInput={(event: Event) => field.onInput((event.target as HTMLInputElement).checked)}
        />
        <span>{field.label}</span>
      </label>
      <Notes field={field} />
    </div>
  )
}

/** All faults of a step with links to their fields; takes the focus whenever somebody pressed the button in vain. */
export function FaultSummary({
  title,
  faults,
  checked = faults,
}: {
  title: string
  faults: readonly Fault[]
  /** Changes with each check; absent: the list itself, where it changes with nothing else. */
  checked?: unknown
}): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (faults.length > 0) box.current?.focus()
  }, [checked])
  if (faults.length === 0) return null
  return (
    <div class="faults" role="alert" tabindex={-1} ref={box}>
      <h3>{title}</h3>
      <ul>
        {faults.map(({ field, text }) => (
          <li>
            <a
              href={`#${field}`}
              onClick={(event: Event) => {
                // The address bar must keep the step.
                event.preventDefault()
                const target = document.getElementById(field)
                target?.focus()
                target?.scrollIntoView({ block: 'center' })
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A part of the page that takes its place: its heading gets the focus, so that a screen reader starts there. */
export function Stage({
  id,
  title,
  above,
  children,
}: {
  /** Changes with what stands here: another id moves the focus. */
  id: string
  title: string
  /** Says where this is, such as "Step 2 of 7". */
  above?: string | undefined
  children: Child
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    heading.current?.closest('section')?.scrollIntoView({ block: 'start' })
  }, [id])
  return (
    <section class="stage" aria-labelledby="stage-title">
      <h2 id="stage-title" tabindex={-1} ref={heading}>
        {above && <span class="above">{above}</span>}
        {title}
      </h2>
      {children}
    </section>
  )
}

/** How far something is, 0 to 1, said in words beside the bar. */
export function Progress({ label, part }: { label: string; part: number | undefined }): JSX.Element {
  return (
    <div class="progress">
      <label for="progress">{label}</label>
      <progress id="progress" max={1} {...(part === undefined ? {} : { value: part })} />
    </div>
  )
}
