/** "Show the seal": what a shop needs to show its mark, folded at the end of the record's page (issue 5, story 3). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { POSITIVE_VERDICTS, type VerdictRecord } from '../../record/verdict.js'
import { fill } from '../frame/phrase.js'
import { localPath, type Reader } from '../frame/reader.js'
import type { Setting } from '../frame/setting.js'
import { showPresence } from '../frame/subject.js'
import {
  codePath,
  formatPolicy,
  formatScriptLine,
  formatSnippet,
  posterPath,
  SEAL_SIZES,
  sealPath,
} from './addresses.js'

/** Width of a preview in CSS pixels: two stand side by side on a telephone. */
const PREVIEW = 140

/** Opens without any script; its pictures are fetched only when it is opened. */
export function ShowSeal({ record, setting }: { record: VerdictRecord; setting: Setting }): JSX.Element {
  const { reader, origin } = setting
  const { seal: t } = reader.texts
  const hasWebsite = record.presences.some(({ kind }) => kind === 'web')
  const inForce = POSITIVE_VERDICTS.includes(record.verdict)
  return (
    <details class="show-seal" id="seal">
      <summary>{t.title}</summary>
      {!inForce && <p>{t.show.notInForce}</p>}
      {inForce && <p>{t.show.lead}</p>}
      {inForce && !hasWebsite && (
        <>
          <p>{t.show.noWebsite}</p>
          <Prints record={record} reader={reader} />
        </>
      )}
      <Previews record={record} reader={reader} />
      {inForce && hasWebsite && (
        <>
          <Snippets record={record} origin={origin} reader={reader} />
          <Prints record={record} reader={reader} />
        </>
      )}
    </details>
  )
}

function Previews({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { show, alt } = reader.texts.seal
  const { width, height } = SEAL_SIZES.card
  return (
    <div class="seal-previews">
      {(['light', 'dark'] as const).map((theme) => (
        <figure class={`on-${theme}`}>
          <img
            src={sealPath(record.id, { lang: reader.lang, theme })}
            alt={alt}
            width={PREVIEW}
            height={(PREVIEW * height) / width}
            loading="lazy"
          />
          <figcaption>{show[theme]}</figcaption>
        </figure>
      ))}
    </div>
  )
}

function Snippets({
  record,
  origin,
  reader,
}: {
  record: VerdictRecord
  origin: string
  reader: Reader
}): JSX.Element {
  const { show, alt } = reader.texts.seal
  // The first place is named by the seal as it is; a seal on another of the shop's websites names that one.
  const first = record.presences[0]
  const websites = record.presences.filter(({ kind }) => kind === 'web')
  const snippets = websites.map((presence) => ({
    place: showPresence(presence).shown,
    text: formatSnippet(origin, record.id, {
      lang: reader.lang,
      ...(presence !== first && { place: presence.keys[0] }),
      alt,
    }),
  }))
  return (
    <>
      {snippets.map(({ place, text }, i) => (
        <Copyable
          id={`snippet-${i + 1}`}
          label={snippets.length > 1 ? fill(show.place, { place }) : show.snippet}
          text={text}
        />
      ))}
      <p>{show.plain}</p>
      <h3>{show.script}</h3>
      <p>{show.scriptSays}</p>
      <Copyable id="snippet-script" label={show.line} text={formatScriptLine(origin)} />
      <p>{show.policy}</p>
      <pre dir="ltr">
        <code>{formatPolicy(origin)}</code>
      </pre>
    </>
  )
}

/** A field whose whole text is chosen with one key (Ctrl+A), which no element of text offers without a script. */
function Copyable({ id, label, text }: { id: string; label: string; text: string }): JSX.Element {
  return (
    <>
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="snippet"
        readonly
        rows={text.length > 120 ? 7 : 2}
        dir="ltr"
        spellcheck={false}
        autocomplete="off"
      >
        {text}
      </textarea>
    </>
  )
}

function Prints({ record, reader }: { record: VerdictRecord; reader: Reader }): JSX.Element {
  const { show } = reader.texts.seal
  return (
    <>
      <h3>{show.print}</h3>
      <p>{show.printSays}</p>
      <p>
        <a class="channel" href={localPath(reader.lang, posterPath(record.id))}>
          {show.poster}
        </a>
        <br />
        <a class="channel" href={codePath(record.id)}>
          {show.code}
        </a>
      </p>
    </>
  )
}
