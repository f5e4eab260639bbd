/** English texts that teach how to judge a shop abroad: the catalogue that gives the others their shape. */
import type { Catalogued } from '../plural.js'

export const learn = {
  title: 'How to judge a shop abroad',
  description:
    'Five steps before you buy, what a trustmark promises and what it does not, and what to do when something goes wrong.',
  lead: 'You need no technical knowledge for this, only a minute before you pay.',
  contents: 'On this page',
  before: {
    title: 'Before you buy: five steps',
    address: 'Read the address of the shop.',
    addressSays: 'Letter by letter. Imitations change one letter or have another ending.',
    tap: 'Tap the seal.',
    tapSays:
      'A real seal opens a page of the agency or of this hub. A picture that opens nothing proves nothing.',
    compare: 'Compare the two addresses.',
    compareSays:
      'The page says which shop the mark belongs to. It must be the address where you are about to pay.',
    check: 'No seal to tap? Check the shop yourself.',
    checkSays: 'Copy the address from your browser or app and paste it here: {verify}',
    terms: 'Read who runs the shop.',
    termsSays:
      'Look for its name, an address and a telephone number, and how you can send goods back and complain.',
  },
  marks: {
    title: 'What a mark promises',
    kinds: 'There are three kinds of mark. One can not stand in for another.',
    principles: 'A quality mark can promise five things. Not every mark promises all five:',
    gaps: 'The page behind each mark shows what is covered and what is not. {principles}',
    compare: 'Compare the marks',
  },
  limits: {
    title: 'What no mark promises',
    liking: 'That you will like what you buy, or that nothing will ever go wrong.',
    elsewhere:
      'Anything about other places. The mark of a website does not cover a shop of the same owner on a platform.',
    forever: 'Anything about later. Marks expire, and agencies suspend and withdraw them.',
  },
  beware: {
    title: 'What to look out for',
    copied: 'Copied pictures are the commonest fraud.',
    copiedSays:
      'Anybody can copy the picture of a mark, also of one that was lost. Only the page that opens says what holds today.',
    fake: 'A well-known mark is not always a real one.',
    fakeSays: 'In a survey of 1,007 people (2019) more of them knew an invented mark than a real one.',
    overlooked: 'Seals are easily overlooked.',
    overlookedSays: 'In a study of 60 shoppers (2012) 38 % noticed none. So look for it, and tap it.',
    easy: 'A mark is worth what is checked for it.',
    easySays:
      'In a study of 2006, sites with a seal that was easy to get were more than twice as often untrustworthy as others.',
    missing: 'No seal means nothing bad by itself.',
    missingSays:
      'In Thailand 12,817 websites were registered in 2014, and 134 had received the mark. Check such a shop all the same.',
  },
  wrong: {
    title: 'When something goes wrong',
    keep: 'Keep everything.',
    keepSays:
      'The order, the receipt, the messages, pictures of the goods, the parcel and the offer with its address.',
    shop: 'Write to the shop first.',
    shopSays: 'Say what is wrong and what you want, and by when. Keep its answer.',
    pay: 'Ask whoever you paid through.',
    paySays:
      'Ask your card issuer, bank or payment service soon whether the payment can be taken back. Tell it, and the police, at once if somebody misuses your card or your name.',
    complain: 'Complain, in your own language.',
    complainSays: 'You file the complaint once: {complaint}',
    path: 'What happens then.',
    pathSays:
      'An agency of your own country takes the case where there is one. It turns to its partner in the country of the shop, the partner speaks to the shop, and the answer comes back to you the same way.',
  },
  words: {
    title: 'Words explained',
    mark: 'Mark, trustmark',
    markSays: 'What an agency awards to a shop that meets its rules.',
    seal: 'Seal',
    sealSays: 'The picture on the shop’s page that stands for the mark. It should lead to the certificate.',
    certificate: 'Certificate',
    certificateSays: 'What the agency signed: who runs the shop, which addresses are covered, until when.',
    agency: 'Agency',
    agencySays: 'The office or organisation that checks shops and awards marks.',
    suspended: 'Suspended',
    suspendedSays: 'The shop may not use the mark for now.',
    withdrawn: 'Withdrawn',
    withdrawnSays: 'The shop has lost the mark for good.',
    expired: 'Expired',
    expiredSays: 'The time of the certificate is over and it was not renewed.',
    log: 'Public log',
    logSays: 'A list of every certificate and change that nobody can alter unnoticed.',
  },
  basis: {
    title: 'Where the figures come from',
    says: 'Survey: Cross-Border Magazine, 25 April 2019. Shoppers: Kirlappos, Sasse and Harvey, TRUST 2012. Sites with a seal: Edelman, published 2006 and 2009. Thailand: Department of Business Development, report on the WTA summit 2014. Copied pictures: warnings of certifying bodies in Japan (2013) and the United States.',
  },
}

export type LearnTexts = Catalogued<typeof learn>
