/** English texts of the directory of certified shops: the catalogue that gives the others their shape. */

import type { Filter } from '../../directory/asked-list.js'
import type { Catalogued } from '../plural.js'

export const directory = {
  title: 'Certified shops',
  description:
    'Online shops whose trustmark is in force, from every agency that publishes here: find them by name, country, mark and what the mark covers.',
  lead: 'Online shops whose certificate is in force, from every agency that publishes here. Suspended, withdrawn and expired certificates are not listed.',
  kinds:
    'Not every mark here is a quality mark: identity marks and registrations stand in the list too. They say nothing about quality. Each shop shows which kinds it has.',
  pair: '{label}: {value}',
  form: {
    label: 'Find certified shops',
    q: 'Name or address of the shop',
    hint: 'Part of it is enough, in any script, with or without accents.',
    sectorHint:
      'In the words and the language of the agency that certified the shop. Part of a word is enough.',
    more: 'More filters',
    any: 'Any',
    whole: 'All marks of this agency',
    button: 'Show shops',
  },
  filters: {
    q: 'Name or address',
    country: 'Country of the shop',
    member: 'Agency',
    mark: 'Mark',
    level: 'Mark and level',
    kind: 'Kind of mark',
    principle: 'Covered in full',
    language: 'Language spoken',
    shipsTo: 'Ships to',
    sector: 'Sells',
    platform: 'Where it sells',
  } satisfies Record<Filter, string>,
  /** Filters that are set, as the page's title names them, where the value alone would not say what it is about. */
  inTitle: {
    q: 'named “{value}”',
    country: 'in {value}',
    principle: 'covers {value} in full',
    language: 'speaks {value}',
    shipsTo: 'ships to {value}',
    sector: 'sells “{value}”',
  } satisfies Partial<Record<Filter, string>>,
  set: {
    title: 'Showing only',
    remove: 'Remove the filter',
    all: 'Remove all filters',
  },
  found: { one: '{count} certificate', other: '{count} certificates' },
  more: { one: 'More than {count} certificate', other: 'More than {count} certificates' },
  newest: 'Newest certificates first.',
  nothing: {
    title: 'No certificate in force matches',
    loosen: 'Take away one of the filters to see more:',
    sector:
      'What shops sell is written in the language of the agency that certified them: try the word in that language, or choose from what the field suggests.',
    check:
      'Is it about one certain shop? Check its address: the answer also tells of suspended, withdrawn and expired certificates.',
  },
  empty: {
    title: 'No certificates yet',
    says: 'No certificate is in force here at present.',
  },
  busy: {
    title: 'The list is being made',
    says: 'The list of certified shops is not ready yet. Please try again in a moment. A single shop can be checked meanwhile.',
    again: 'Try again',
  },
  leftOut: {
    title: 'Part of the request was left out',
    unknown: '{filter}: “{value}” is not known here.',
    repeated: '{filter}: only one value can be chosen, so “{value}” was left out.',
    long: { one: '{filter}: at most {count} character.', other: '{filter}: at most {count} characters.' },
    parameter: 'There is no filter “{value}”.',
    place: 'This place in the list is not known. The list begins at its start.',
  },
  shop: {
    others: { one: 'and {count} more', other: 'and {count} more' },
    lost: 'See the lost or suspended certificate',
    open: 'Open the shop',
    record: 'See the certificate',
  },
  covers: {
    all: 'Covers all five principles',
    none: 'Covers none of the five principles',
  },
  pages: {
    label: 'Pages of the list',
    next: 'Next page',
    start: 'Back to the start',
  },
}

export type DirectoryTexts = Catalogued<typeof directory>
