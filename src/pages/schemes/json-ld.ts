/** What the pages say to search engines, in words of schema.org: who a member is, what a mark means; never that a shop holds one. */
import type { Level } from '../../alliance/definition.js'
import type { Scheme } from '../../hub/read-schemes.js'
import { formatMarkType } from '../../record/record.js'
import { localPath } from '../frame/reader.js'
import { memberPath } from './mark-link.js'
import type { SchemeMark, View } from './view.js'
import { plainName } from './words.js'

/** An organisation, with its own website where one is known. */
export function memberData({ id, entity, definition }: Scheme, view: View): object {
  const { reader, setting } = view
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    '@id': entity,
    name: plainName(definition.name, reader),
    alternateName: plainName(definition.shortName, reader),
    address: { '@type': 'PostalAddress', addressCountry: definition.country },
    ...(definition.website !== null && { url: definition.website }),
    mainEntityOfPage: `${setting.origin}${localPath(reader.lang, memberPath(id))}`,
  }
}

/** A mark is a term with a meaning. A `Certification` would be read as somebody's certificate. */
export function markData(one: SchemeMark, level: Level, title: string, view: View): object {
  const { reader, setting } = view
  const { definition, mark } = one
  return {
    '@context': 'https://schema.org',
    '@type': 'DefinedTerm',
    '@id': formatMarkType(setting.origin, definition.id, mark.id, level.id),
    name: title,
    description: plainName(mark.says, reader),
    termCode: `${definition.id}/${mark.id}/${level.id}`,
    inDefinedTermSet: {
      '@type': 'DefinedTermSet',
      name: plainName(definition.name, reader),
      url: `${setting.origin}${localPath(reader.lang, memberPath(definition.id))}`,
    },
  }
}
