/** What the pages of a copy say of it: whose it is, as of when, and that the hub takes complaints, which a copy can't (DESIGN 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { phrase, Time } from './phrase.js'
import type { Reader } from './reader.js'

/** How far a copy is. */
export interface CopyState {
  /** When it was last found to be up to date, or of its newest entry where it never was (ISO 8601). */
  at: string
  /** Log entries it holds. */
  size: number
}

/**
 * Stands above every page.
 * @param path of this page with its query: the hub has the same one
 */
export function CopyNotice({
  copy,
  origin,
  path,
  reader,
}: {
  copy: CopyState
  origin: string
  path: string
  reader: Reader
}): JSX.Element {
  const { title, says, ask } = reader.t.copy
  return (
    <p class="demo">
      <strong>{title}</strong>{' '}
      {phrase(reader.count(says, copy.size), {
        hub: <bdi>{new URL(origin).host}</bdi>,
        time: <Time at={copy.at} reader={reader} />,
      })}{' '}
      <a href={`${origin}${path}`}>{ask}</a>
    </p>
  )
}

/**
 * Where complaints are really taken. The address stands there to be read: whoever is sent from one site to another to type in
 * her name must see to which.
 * @param form the hub's page for complaints
 */
export function ComplaintsAtHub({ form, reader }: { form: string; reader: Reader }): JSX.Element {
  const { host, pathname } = new URL(form)
  return (
    <>
      {phrase(reader.t.copy.complaints, {
        form: (
          <a class="channel" href={form}>
            <bdi>{`${host}${pathname}`}</bdi>
          </a>
        ),
      })}
    </>
  )
}
