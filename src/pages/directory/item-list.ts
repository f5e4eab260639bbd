/** What one page of the directory says for search engines: the shops it lists and where their certificates stand, no more (schema.org). */
import { pickText } from '../../alliance/text.js'
import { plain } from '../frame/phrase.js'
import { type Reader, recordPath } from '../frame/reader.js'
import type { ListedShop } from './listed-shops.js'

/** An `ItemList` of the shops' certificates on this hub. It says nothing of a shop beyond its name: the record's page does. */
export function describeList(shops: readonly ListedShop[], reader: Reader, origin: string): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    name: reader.texts.directory.title,
    itemListOrder: 'https://schema.org/ItemListOrderDescending',
    numberOfItems: shops.length,
    itemListElement: shops.map(({ holder, entries }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name: plain(pickText(holder.name, reader.lang).text),
      ...(entries[0] && { url: `${origin}${recordPath(entries[0].id, reader.lang)}` }),
    })),
  }
}
