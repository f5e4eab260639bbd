/** The operations of the seal, which stands on pages of others (docs/seal.md). Data. */
import { LANGUAGES } from '../../alliance/text.js'
import { SEAL_STYLES, SEAL_THEMES } from '../../record/seal-data.js'
import { TYPES } from '../http.js'
import { FOUND, RECORD } from './examples.js'
import { type Operation, type OperationAnswer, type Parameter, ref } from './operation.js'

const SVG = 'image/svg+xml; charset=utf-8'

const record: Parameter = {
  name: 'record',
  in: 'path',
  description: 'Id of the record.',
  schema: ref('RecordId'),
  example: RECORD.id,
}

const choice = (name: string, description: string, all: readonly string[]): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', enum: all, default: all[0] },
})

const LANG = choice('lang', 'Language; a region tag is read by its first part.', LANGUAGES)

const PLACE: Parameter = {
  name: 'place',
  in: 'query',
  description:
    'Which of the covered places is named first, by its key; one that is not covered is passed over.',
  schema: { type: 'string' },
  example: RECORD.presences[0]?.keys[0] ?? '',
}

/** The answer at each status that has one: none of them is a problem document, for a picture has no place for it. */
function answers(
  content: NonNullable<OperationAnswer['content']>,
  says: Readonly<Record<200 | 404 | 503, string>>,
): Operation['answers'] {
  return {
    200: { description: says[200], tagged: true, content },
    404: { description: says[404], content },
    503: { description: says[503], content },
  }
}

const DRAWN = { [SVG]: { schema: { type: 'string' } } }
const UNAVAILABLE = 'The hub, or a copy of it, can’t tell at the moment, and it says so.'

export const SEAL_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/seal/{record}.svg',
    id: 'drawSeal',
    area: 'Looking up',
    summary: 'The seal of a record, as it stands',
    description:
      'For pages of any origin, within a link to `/r/{record}`, the page behind it, where a visitor compares. A lost mark is drawn as large as a valid one. What can’t be asked for is passed over. A picture by itself proves nothing.',
    parameters: [
      record,
      LANG,
      choice('theme', 'Colours; `auto` goes by the visitor’s device.', SEAL_THEMES),
      choice('style', '`card` is 240 × 360, `wide` 480 × 216.', SEAL_STYLES),
      PLACE,
      {
        name: 'shown',
        in: 'query',
        description:
          '`elsewhere` draws "Not for this page", unless the mark is lost, which is said on every page.',
        schema: { type: 'string', enum: ['elsewhere'] },
      },
    ],
    answers: answers(DRAWN, {
      200: 'A drawing (SVG), also of an unknown or erased record: image proxies pass on nothing but successes, and a seal must not vanish.',
      404: 'A drawing that says that this can be no record.',
      503: UNAVAILABLE,
    }),
  },
  {
    method: 'get',
    path: '/seal/{record}.json',
    id: 'getSealData',
    area: 'Looking up',
    summary: 'What a seal says, and which pages it belongs to',
    description:
      'What `/seal.js` reads, for whoever shows seals in an application of their own. For evidence ask `/v1/verify`.',
    parameters: [record, LANG, PLACE],
    answers: answers(
      {
        [TYPES.json]: {
          schema: ref('SealData'),
          examples: {
            seal: {
              summary: 'A mark in force',
              value: {
                record: RECORD.id,
                lang: 'en',
                verdict: RECORD.verdict,
                inForce: true,
                covers: [{ kind: 'web', host: 'somjai-silk.example', scope: 'host' }],
                says: 'Identity confirmed: DBD Registered (Identity mark). DBD Registered – Belongs to: somjai-silk.example.',
                saysElsewhere:
                  'Not for this page: DBD Registered (Identity mark). The page on which this seal stands is not one that the mark covers.',
                asOf: { size: FOUND.asOf.size, at: FOUND.asOf.at },
              },
            },
          },
        },
      },
      {
        200: 'The data, also of an unknown or erased record, whose verdict is `not-found`.',
        404: 'The same with an empty `record`: what was asked for can be no record’s id.',
        503: UNAVAILABLE,
      },
    ),
  },
  {
    method: 'get',
    path: '/seal/{record}/qr.svg',
    id: 'drawCode',
    area: 'Looking up',
    summary: 'A QR code that leads to the record’s page',
    description: 'For paper and apps. It leads to a lost mark’s page too: there the loss is told.',
    parameters: [record, LANG],
    answers: answers(DRAWN, {
      200: 'The code, with a quiet zone, as a drawing (SVG).',
      404: 'A seal that says that no such record is here.',
      503: UNAVAILABLE,
    }),
  },
]
