/** How to judge a shop abroad, for whoever buys online for the first time: short, printable, in every language (issue 5, story 7). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { MARK_KINDS } from '../../alliance/definition.js'
import { PRINCIPLE_TEXTS, PRINCIPLES } from '../../alliance/principles.js'
import { complaintAddress } from '../complaint/complaint-page.js'
import { Layout, PLACES } from '../frame/layout.js'
import { Local, phrase } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { KIND_VERDICTS, Sign } from '../frame/signs.js'

export const LEARN_PATH = PLACES.learn

/** The parts with a heading of their own, in the order in which they stand. */
const PARTS = ['before', 'marks', 'limits', 'beware', 'wrong', 'words'] as const

export function LearnPage({ setting }: { setting: Setting }): JSX.Element {
  const { reader } = setting
  const t = reader.texts.learn
  const { places } = reader.t
  const to = (path: string, words: string): JSX.Element => {
    const { host, pathname } = new URL(path, setting.origin)
    return (
      <a class="way" href={path} data-address={`${host}${pathname}`}>
        {words}
      </a>
    )
  }
  const verify = to(localPath(reader.lang, PLACES.verify), places.verify)
  const directory = to(localPath(reader.lang, PLACES.directory), places.directory)
  const principles = to(localPath(reader.lang, PLACES.principles), t.marks.compare)
  const complaint = to(complaintAddress(setting), places.complaint)
  const { before, beware, wrong, limits, words } = t
  return (
    <Layout frame={{ ...setting, title: t.title, description: t.description, search: '', index: true }}>
      <div class="learn">
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        <Contents reader={reader} />
        <Part id="before" title={before.title}>
          <ol class="advice">
            <Step does={before.address} says={before.addressSays} />
            <Step does={before.tap} says={before.tapSays} />
            <Step does={before.compare} says={before.compareSays} />
            <Step does={before.check} says={phrase(before.checkSays, { verify })} />
            <Step does={before.terms} says={before.termsSays} />
          </ol>
        </Part>
        <Part id="marks" title={t.marks.title}>
          <p>{t.marks.kinds}</p>
          <KindList reader={reader} />
          <p>{t.marks.principles}</p>
          <ol class="five">
            {PRINCIPLES.map((name) => (
              <li>
                <strong>
                  <Local text={PRINCIPLE_TEXTS[name].name} reader={reader} />
                </strong>{' '}
                <Local text={PRINCIPLE_TEXTS[name].description} reader={reader} />
              </li>
            ))}
          </ol>
          <p>{phrase(t.marks.gaps, { principles })}</p>
        </Part>
        <Part id="limits" title={limits.title}>
          <ul>
            <li>{limits.liking}</li>
            <li>{limits.elsewhere}</li>
            <li>{limits.forever}</li>
          </ul>
        </Part>
        <Part id="beware" title={beware.title}>
          <ul class="advice">
            <Step does={beware.copied} says={beware.copiedSays} />
            <Step does={beware.fake} says={beware.fakeSays} />
            <Step does={beware.overlooked} says={beware.overlookedSays} />
            <Step does={beware.easy} says={beware.easySays} />
            <Step does={beware.missing} says={beware.missingSays} />
          </ul>
          <p class="ways">{directory}</p>
        </Part>
        <Part id="wrong" title={wrong.title}>
          <ol class="advice">
            <Step does={wrong.keep} says={wrong.keepSays} />
            <Step does={wrong.shop} says={wrong.shopSays} />
            <Step does={wrong.pay} says={wrong.paySays} />
            <Step does={wrong.complain} says={phrase(wrong.complainSays, { complaint })} />
            <Step does={wrong.path} says={wrong.pathSays} />
          </ol>
        </Part>
        <Part id="words" title={words.title}>
          <dl class="glossary">
            {WORDS.map((name) => (
              <div>
                <dt>{words[name]}</dt>
                <dd>{words[`${name}Says`]}</dd>
              </div>
            ))}
          </dl>
        </Part>
        <section class="basis">
          <h2>{t.basis.title}</h2>
          <p class="hint">{t.basis.says}</p>
        </section>
      </div>
    </Layout>
  )
}

const WORDS = ['mark', 'seal', 'certificate', 'agency', 'suspended', 'withdrawn', 'expired', 'log'] as const

function Contents({ reader }: { reader: Reader }): JSX.Element {
  const t = reader.texts.learn
  return (
    <nav class="lesson-contents" aria-label={t.contents}>
      <ul>
        {PARTS.map((part) => (
          <li>
            <a href={`#${part}`}>{t[part].title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: Child }): JSX.Element {
  return (
    <section>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function Step({ does, says }: { does: string; says: Child | Child[] }): JSX.Element {
  return (
    <li>
      <strong>{does}</strong> {says}
    </li>
  )
}

/** The three kinds with their signs, as every answer shows them. */
function KindList({ reader }: { reader: Reader }): JSX.Element {
  return (
    <ul class="kinds">
      {MARK_KINDS.map((kind) => {
        const { title, says } = reader.t.kinds[kind]
        return (
          <li>
            <span class={`tone-${kind}`}>
              <Sign of={KIND_VERDICTS[kind]} />
            </span>
            <span>
              <strong>{title}</strong>
              <br />
              {says}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
