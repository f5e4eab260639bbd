/** English texts on the seal, and of the page that gives it to a shop: the catalogue that gives the others their shape. */

import type { SealWord } from '../../seal/words.js'
import type { Catalogued } from '../plural.js'

export const seal = {
  title: 'Show the seal',
  /** Drawn large, so a few words each. */
  states: {
    certified: 'Certified',
    'identity-confirmed': 'Identity confirmed',
    registered: 'Registered',
    suspended: 'Suspended',
    'issuer-suspended': 'Agency suspended',
    'issuer-left': 'Agency has left',
    'key-compromised': 'Signature not safe',
    revoked: 'Withdrawn',
    expired: 'Expired',
    'not-yet-valid': 'Not valid yet',
    'not-found': 'No such certificate',
    elsewhere: 'Not for this page',
    unavailable: 'Can not be checked now',
  } satisfies Record<SealWord, string>,
  belongs: 'belongs to',
  belonged: 'was awarded to',
  more: { one: 'and {count} more', other: 'and {count} more' },
  asOf: 'as of {day}, {minute}\u00a0UTC',
  check: 'Check it at {host}',
  pictures: 'A picture alone proves nothing.',
  unknown: 'No certificate of this number is known here.',
  elsewhere: 'The page on which this seal stands is not one that the mark covers.',
  unavailable: 'The state of the mark can not be read at the moment.',
  /** Pasted into a shop's pages, where no later change reaches it: so it says nothing of the state. */
  alt: 'Check this shop’s trustmark',
  show: {
    lead: 'For the shop: show on your website that this mark is yours. The hub draws the seal anew for each visitor, so that it always says what holds.',
    light: 'On a light page',
    dark: 'On a dark page',
    snippet: 'Copy this into your page',
    place: 'Copy this into the pages of {place}',
    plain: 'It is a picture with a link. It works without any script, and sets no cookies.',
    script: 'Optional: a script that warns',
    scriptSays:
      'Beside the seal, this line lets the seal say so wherever somebody copies it to a page that your mark does not cover. It stores nothing.',
    line: 'Copy this line as well',
    policy:
      'If your website sends a Content-Security-Policy, it must allow this. The picture alone needs the first part only:',
    print: 'For printing',
    code: 'QR code as a picture',
    poster: 'Poster and labels for parcels',
    printSays: 'The QR code leads to this page. It is right for shop windows, parcels and apps.',
    noWebsite:
      'This mark covers no website of yours, so a seal on any website would rightly be called out. Show the QR code instead.',
    notInForce:
      'The mark is not in force at present. Seals that stand on your pages say so, and will say otherwise as soon as that changes. There is nothing to copy until then.',
  },
  poster: {
    title: 'Poster for {name}',
    description: 'A QR code to print, which leads to the certificate of this shop.',
    lead: 'Choose a size and print this page with your browser. Only the poster is printed.',
    sizes: 'Size',
    a4: 'A4: a shop window',
    a6: 'A6: a counter',
    parcel: 'Eight labels for parcels on A4',
    heading: 'Check this shop’s trustmark',
    scan: 'Scan the code. Check that the page opens on {host}.',
    compare: 'Then compare the shop named there with this one.',
    certificate: 'Certificate {number}',
    printed: 'Printed on {day}. What holds today is said only by the page.',
    back: 'Back to the certificate',
    refused: 'No poster for this mark',
    notInForce:
      'Posters are for marks in force, and this one is not: {state}. A poster that hangs already leads to a page that says so.',
    unknown: 'No certificate of this number is known here, so there is nothing to print.',
    code: 'QR code to {address}',
  },
}

export type SealTexts = Catalogued<typeof seal>
