/** Where no mark was found: what to do next, how to report a copied mark, and where a printed code must lead (issue 5, story 2). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { complaintAddress } from '../complaint/complaint-page.js'
import { PLACES } from '../frame/layout.js'
import { phrase } from '../frame/phrase.js'
import { localPath } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { formatSearch } from './question.js'

/** `asked` a number: that is compared and given up for an address, where an address is copied once more. */
export function NextSteps({
  setting,
  asked = 'address',
}: {
  setting: Setting
  asked?: 'address' | 'number'
}): JSX.Element {
  const { lang, t } = setting.reader
  return (
    <section>
      <h2>{t.next.title}</h2>
      <ul>
        <li>{asked === 'number' ? t.next.digits : t.next.address}</li>
        <li>{asked === 'number' ? t.next.byAddress : t.next.number}</li>
      </ul>
      <p>
        <a class="channel" href={localPath(lang, PLACES.learn)}>
          {t.next.learn}
        </a>
      </p>
    </section>
  )
}

/** The way to a report about exactly this shop. */
export function MisuseReport({ shop, setting }: { shop: string; setting: Setting }): JSX.Element {
  const { misuse } = setting.reader.t
  return (
    <section>
      <h2>{misuse.title}</h2>
      <p>{misuse.says}</p>
      <p>{misuse.needs}</p>
      <p>
        <a class="channel" href={complaintAddress(setting, formatSearch({ url: shop }))}>
          {misuse.report}
        </a>
      </p>
    </section>
  )
}

/** Whoever prints a code decides where it leads, so what counts is the host that opens. */
export function CodeNote({ setting }: { setting: Setting }): JSX.Element {
  const { code } = setting.reader.t
  return (
    <section>
      <h2>{code.title}</h2>
      <p>
        {phrase(code.says, {
          host: (
            <strong>
              <bdi class="address">{new URL(setting.origin).host}</bdi>
            </strong>
          ),
        })}
      </p>
    </section>
  )
}
