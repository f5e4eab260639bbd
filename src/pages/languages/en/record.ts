/** English texts of the page about one record, where a seal leads: the catalogue that gives the others their shape. */
import type { Catalogued } from '../plural.js'

export const record = {
  title: 'Certificate',
  /** Where the visitor came from, beside the address that the mark belongs to. */
  arrival: {
    covered: 'You came from {host}. This mark covers it.',
    coveredOnce: 'You came from {host}. The mark was awarded to this shop, but it does not hold now.',
    unknown: 'Compare it, letter by letter, with the address of the shop where you saw the mark.',
    unknownShop: 'Compare it, letter by letter, with the shop where you saw the mark.',
    platform:
      'You came from {host}, where there are many shops. The mark belongs only to the one named here.',
    from: 'You came from {host}',
    elsewhere: 'This mark does not belong to {host}. If you saw it there, do not trust it.',
    imitates: 'The two names are alike, but they are not the same. Imitations are made that way.',
    mixed: 'The address mixes letters of several alphabets. Imitations are made that way.',
    neighbour: 'The mark does not cover {host}, though the name is much like the one below. Compare the two.',
    otherShop:
      'This mark does not belong to the shop from whose page you came. If you saw it there, do not trust it.',
    ledHere:
      'Did a search engine, a message or another page lead you here? Then compare this address with that of the shop.',
    lookUp: 'Check {host}',
  },
  /** Who stands behind the mark, and what it is. */
  behind: {
    title: 'About this mark',
    mark: 'Mark',
    level: 'Level',
    kind: 'What kind it is',
    aboutMark: 'What this mark asks of shops',
  },
  history: {
    title: 'History and log',
    signed: 'Signed by the agency',
    suspended: 'Suspended',
    revoked: 'Withdrawn',
    reinstated: 'Reinstated',
    entry: 'Log entry {index}',
    all: 'All that happened to this certificate, as data',
    proof: 'Proof that it stands in the public log',
  },
  missing: {
    title: 'No such certificate',
    asked: 'Asked for',
    says: 'No certificate with this number is published here. Either there never was one, or it was erased.',
    genuine: 'As far as this hub knows, a mark that leads to this page is not genuine.',
    form: 'This is not the number of a certificate. Such a number looks like {example}; capital and small letters count.',
    now: 'Do not rely on the mark. Check the shop by its address below.',
    arrival: 'If you saw the mark on {host}, do not trust it.',
    report: 'How to report a false mark',
    note: 'Write down the address of the shop and where on it the mark stands. A picture of the page helps.',
    tell: 'Tell the agency whose name the mark bears.',
    file: 'If you have already bought something there, make a complaint here.',
  },
  country: 'The country in the address of this page is not known. Choose yours from the list.',
}

export type RecordTexts = Catalogued<typeof record>
