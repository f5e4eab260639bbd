/** The operation of the directory. Data. */
import { MARK_KINDS } from '../../alliance/definition.js'
import { PRINCIPLES } from '../../alliance/principles.js'
import { DIRECTORY_PAGE, MAX_DIRECTORY_PAGE, MAX_SEARCH_TEXT } from '../../record/directory.js'
import { TYPES } from '../http.js'
import { FOUND, RECORD } from './examples.js'
import { type Operation, type Parameter, ref } from './operation.js'

const TEXT = { type: 'string', maxLength: MAX_SEARCH_TEXT }

const parameter = (
  name: string,
  description: string,
  schema: Parameter['schema'] = { type: 'string' },
): Parameter => ({ name, in: 'query', description, schema })

const { verdict, id, member, mark, holder, presences, validity, principles, index } = RECORD
const SHOP = {
  verdict,
  id,
  member,
  mark,
  holder,
  presences,
  validity,
  principles: Object.fromEntries(Object.entries(principles).map(([name, { coverage }]) => [name, coverage])),
  warnings: [],
  index,
  page: `${new URL(mark.type).origin}/r/${id}`,
}
const { size, at, checkpoint } = FOUND.asOf

export const DIRECTORY_OPERATION: Operation = {
  method: 'get',
  path: '/v1/search',
  id: 'searchDirectory',
  area: 'Looking up',
  summary: 'The directory of certified shops',
  description:
    'Records in force now, newest first; none that lapsed is ever listed. `warnings` tell where a higher mark for the same shop is suspended or was lost lately, as a look-up does. Filters narrow together; without any, everybody is listed. Case, accents, width of letters, and hiragana or katakana make no difference to a name.',
  parameters: [
    parameter(
      'q',
      'Part of the name of a shop or its holder, or of its address, in any script: words by their beginning, and any part of a name in a script that puts no spaces between words.',
      TEXT,
    ),
    parameter('country', 'Country of the holder.', ref('CountryCode')),
    parameter('member', 'Who awarded the mark.', ref('MemberId')),
    parameter('mark', 'Member and mark, such as `th-dbd/verified`.'),
    parameter('level', 'Member, mark and level, such as `th-dbd/verified/gold`.'),
    parameter('kind', 'Kind of the mark.', { type: 'string', enum: [...MARK_KINDS] }),
    parameter('principle', 'A principle that is covered in full.', { type: 'string', enum: [...PRINCIPLES] }),
    parameter(
      'language',
      'Spoken by the shop; `zh` finds those that speak `zh-Hant` too.',
      ref('LanguageTag'),
    ),
    parameter('shipsTo', 'A country that the shop says it ships to.', ref('CountryCode')),
    parameter('sector', 'Part of what the shop says it sells, in any script.', TEXT),
    parameter('platform', 'Where one of its presences is.', ref('PresenceKind')),
    parameter('after', '`next` of the page before.'),
    parameter('limit', 'Entries of a page.', {
      type: 'integer',
      minimum: 1,
      maximum: MAX_DIRECTORY_PAGE,
      default: DIRECTORY_PAGE,
    }),
  ],
  answers: {
    200: {
      description: 'A page of the directory.',
      tagged: true,
      headers: ['Checkpoint-Size', 'Link'],
      content: {
        [TYPES.json]: {
          schema: ref('DirectoryPage'),
          examples: {
            page: {
              summary: 'One shop',
              value: {
                results: [SHOP],
                found: { count: 1, more: false },
                next: null,
                asOf: { size, at, checkpoint },
                demo: true,
              },
            },
          },
        },
      },
    },
  },
  refusals: ['bad-query', 'bad-cursor', 'not-ready'],
}
