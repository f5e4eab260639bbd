/** One shop of the directory: who runs it, its address in large type, and each of its marks with what that covers (DESIGN 5, 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { languageName } from '../../alliance/language-name.js'
import { COVERAGES, PRINCIPLE_TEXTS, PRINCIPLES, type PrincipleCoverage } from '../../alliance/principles.js'
import { pickText } from '../../alliance/text.js'
import type { DirectoryEntry } from '../../record/directory.js'
import type { RecordPresence } from '../../record/record.js'
import { sectorOf } from '../../record/sector.js'
import type { Warning } from '../../record/verdict.js'
import { Agency } from '../frame/agency.js'
import { hasOwnLevelName, markTitle } from '../frame/mark-title.js'
import { LastDay, Local, phrase } from '../frame/phrase.js'
import { type Reader, recordPath } from '../frame/reader.js'
import { CoverageSign, Sign, TONES, WarningSign } from '../frame/signs.js'
import { showPresence } from '../frame/subject.js'
import { LooseName } from '../look-up/covered.js'
import { foreign, langOf } from './filter-form.js'
import type { ListedShop } from './listed-shops.js'

/** Of a long list, so much is told here: the rest stands on the record's page. */
const MAX_TOLD = 4

export function ShopItem({ shop, reader }: { shop: ListedShop; reader: Reader }): JSX.Element {
  const { holder, main, entries, warnings } = shop
  return (
    <li class="shop">
      <h3>
        <Local text={holder.name} reader={reader} />
      </h3>
      {main && <Place presence={main} reader={reader} />}
      <About holder={holder} reader={reader} />
      {warnings.map((one) => (
        <Caution warning={one} reader={reader} />
      ))}
      <ul class="awards">
        {entries.map((entry) => (
          <Award entry={entry} reader={reader} />
        ))}
      </ul>
    </li>
  )
}

/** What a look-up warns of, as gravely as there: beside a lower mark, silence about the higher one would mislead. */
function Caution({ warning, reader }: { warning: Warning; reader: Reader }): JSX.Element {
  const { t, texts, lang } = reader
  const { title, says } = t.warnings[warning.code]
  return (
    <div class="warning">
      <WarningSign />
      <div>
        <strong>{phrase(texts.directory.pair, { label: t.warning, value: title })}</strong>
        <br />
        {says}
        {warning.record !== undefined && (
          <>
            <br />
            <a class="channel" href={recordPath(warning.record, lang)}>
              {texts.directory.shop.lost}
            </a>
          </>
        )}
      </div>
    </div>
  )
}

function Place({ presence, reader }: { presence: RecordPresence; reader: Reader }): JSX.Element {
  const { shown, ascii, href, looseName } = showPresence(presence)
  return (
    <div class="where">
      <p class="place">
        <bdi class="address">{shown}</bdi>
        {ascii !== undefined && <small class="address"> ({ascii})</small>}
      </p>
      {looseName !== undefined && <LooseName name={looseName} reader={reader} />}
      {href !== undefined && (
        <p class="visit">
          <a class="channel" href={href} rel="nofollow noopener noreferrer">
            {reader.texts.directory.shop.open}
            <span class="unseen">
              {' '}
              <bdi>{shown}</bdi>
            </span>
          </a>
        </p>
      )}
    </div>
  )
}

/** Country and goods in one line, then what a customer abroad asks first: in which language, and does it come to me. */
function About({ holder, reader }: { holder: ListedShop['holder']; reader: Reader }): JSX.Element {
  const { t, texts } = reader
  const { pair } = texts.directory
  const shipsTo = holder.shipsTo ?? []
  const sector = sectorOf(holder)
  return (
    <p class="about">
      <span>
        {reader.country(holder.country)}
        {sector && (
          <>
            {' · '}
            <bdi {...langOf(foreign(sector, reader))}>{sector.text}</bdi>
          </>
        )}
      </span>{' '}
      {holder.languages.length > 0 && (
        <span>
          {phrase(pair, {
            label: t.record.languages,
            value: shorten(
              holder.languages.map((tag) => languageName(reader.language(tag), reader.lang, 'alone')),
              reader,
            ),
          })}
        </span>
      )}{' '}
      {shipsTo.length > 0 && (
        <span>
          {phrase(pair, { label: t.record.shipsTo, value: shorten(shipsTo.map(reader.country), reader) })}
        </span>
      )}
    </p>
  )
}

function shorten(items: readonly string[], reader: Reader): string {
  const rest = items.length - MAX_TOLD
  if (rest <= 0) return reader.list(items)
  const { others } = reader.texts.directory.shop
  return reader.list([...items.slice(0, MAX_TOLD), reader.count(others, rest)])
}

/** One certificate of the shop. */
function Award({ entry, reader }: { entry: DirectoryEntry; reader: Reader }): JSX.Element {
  const { t, texts, lang } = reader
  const { mark, member, holder, validity, verdict } = entry
  return (
    <li class={`tone-${TONES[verdict]}`}>
      <p class="mark">
        <Sign of={verdict} />
        <span>
          <strong>
            <Local text={mark.name} reader={reader} />
            {hasOwnLevelName(mark, lang) && (
              <>
                {' · '}
                <Local text={mark.levelName} reader={reader} />
              </>
            )}
          </strong>
          <br />
          <span class="kind">{t.kinds[mark.kind].title}</span>
        </span>
      </p>
      <p class="by">
        <Agency agency={member} reader={reader} />
        <br />
        {phrase(t.record.until, { date: <LastDay until={validity.until} reader={reader} /> })}
      </p>
      {mark.kind !== 'quality' && <p class="limit">{t.kinds[mark.kind].says}</p>}
      <Covers principles={entry.principles} reader={reader} />
      <OtherPlaces presences={entry.presences.slice(1)} reader={reader} />
      <p class="to">
        <a class="channel" href={recordPath(entry.id, lang)}>
          {texts.directory.shop.record}
          <span class="unseen">
            {' '}
            <bdi>{markTitle(mark, lang)}</bdi> <bdi>{pickText(holder.name, lang).text}</bdi>
          </span>
        </a>
      </p>
    </li>
  )
}

/** The five principles in as few lines as there are degrees of coverage, each with its sign and its word. */
function Covers({ principles, reader }: { principles: PrincipleCoverage; reader: Reader }): JSX.Element {
  const { t, texts } = reader
  const { pair, covers } = texts.directory
  const lines = COVERAGES.map((coverage) => ({
    coverage,
    names: PRINCIPLES.filter((name) => principles[name] === coverage),
  })).filter(({ names }) => names.length > 0)
  return (
    <ul class="covers">
      {lines.map(({ coverage, names }) => (
        <li>
          <CoverageSign of={coverage} />
          <span>
            {names.length === PRINCIPLES.length && coverage !== 'partial' ? (
              <b>{coverage === 'full' ? covers.all : covers.none}</b>
            ) : (
              phrase(pair, {
                label: <b>{t.principles[coverage]}</b>,
                value: reader.list(
                  names.map((name) => pickText(PRINCIPLE_TEXTS[name].name, reader.lang).text),
                ),
              })
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Other places that the certificate covers: a search may have found the shop by one of them. */
function OtherPlaces({
  presences,
  reader,
}: {
  presences: readonly RecordPresence[]
  reader: Reader
}): JSX.Element | null {
  if (presences.length === 0) return null
  const { t, texts } = reader
  const rest = presences.length - MAX_TOLD
  return (
    <div class="also">
      <p>{t.covered.also}</p>
      <ul>
        {presences.slice(0, MAX_TOLD).map((presence) => {
          const { shown, looseName } = showPresence(presence)
          return (
            <li>
              <bdi class="address">{shown}</bdi>
              {looseName !== undefined && <LooseName name={looseName} reader={reader} />}
            </li>
          )
        })}
        {rest > 0 && <li>{reader.count(texts.directory.shop.others, rest)}</li>}
      </ul>
    </div>
  )
}
