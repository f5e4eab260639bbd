/** English: the catalogue that gives the others their shape (DESIGN 4.13). `{name}` is filled in when shown. */

import type { MarkKind, PresenceKind, SCHEME_STATES } from '../../../alliance/definition.js'
import type { Participation } from '../../../alliance/participation.js'
import type { Coverage } from '../../../alliance/principles.js'
import type { ComplaintBody, VerdictWord, WarningCode } from '../../../record/verdict.js'
import type { Catalogued } from '../plural.js'

/** A verdict as people read it: its word, what it means, what to do now. */
interface VerdictText {
  title: string
  says: string
  now: string
}

/** A warning, or anything else that has a heading and one sentence. */
interface TitledText {
  title: string
  says: string
}

export const en = {
  site: {
    name: 'Trustmark Hub',
    skip: 'Skip to the content',
    languages: 'Language',
    offer: 'Read this page in English',
    genuine: 'This page is genuine only at {host}. Check it in the address bar of your browser.',
    runBy: 'This hub is run for the alliance of the agencies named on its start page.',
    nobody: 'Nobody runs this as a service: it is a demonstration.',
    privacy: 'The hub keeps no record of who asked about which shop, and sets no cookies.',
    machines: 'For machines: OpenAPI',
    clock: '{day}, {minute} UTC',
  },
  /** The ways to the other pages. */
  places: {
    menu: 'Menu',
    close: 'Close the menu',
    label: 'Pages',
    verify: 'Check a shop',
    directory: 'Certified shops',
    principles: 'Marks compared',
    learn: 'Learn',
    whichMark: 'For shops: which mark?',
    complaint: 'Complain',
  },
  demo: {
    title: 'Demonstration',
    says: 'The shops and certificates shown here are invented. The agencies named here take no part in it.',
  },
  copy: {
    title: 'Copy',
    says: {
      one: 'A copy of {hub}, as of {time}, with {count} log entry.',
      other: 'A copy of {hub}, as of {time}, with {count} log entries.',
    },
    ask: 'Ask the hub itself',
    complaints: 'Complaints are taken by the hub: {form}',
    instead: 'This copy takes nothing in. If the hub can not be reached, turn to one of the bodies below.',
  },
  search: {
    label: 'Address or name of the shop, or number of the certificate',
    hint: 'Paste what you have: a web address, a link shared from an app, a number, or a name.',
    country: 'Where do you live? (optional)',
    countryHint: 'Shows who helps you there if something goes wrong.',
    notStated: 'Not stated',
    button: 'Check',
    again: 'Check another shop',
    examples: 'What you can paste',
    exampleWeb: 'The web address of a shop',
    exampleShared: 'A link to a shop on a platform, with the text around it',
    sharedText: 'Have a look at this shop!',
    exampleNumber: 'The number of a certificate, or the registration number of a company',
    exampleName: 'The name of a shop, in any script',
  },
  start: {
    title: 'Is this shop’s trustmark real?',
    description:
      'Check whether the trustmark of an online shop is genuine, what it promises you, and who helps if something goes wrong.',
    lead: 'National agencies certify online shops. Check here whether a mark is genuine, what it promises you, and who helps if something goes wrong.',
    steps: 'How to check',
    step1: 'Copy the address of the shop from your browser or app.',
    step2: 'Paste it here and press “Check”.',
    step3: 'Compare the address in the answer with that of the shop, letter by letter.',
    ways: 'What else is here',
    way: {
      directory: 'Find certified shops by name, country or mark.',
      principles: 'What each mark asks of a shop, side by side.',
      learn: 'Judge a shop abroad in a few steps.',
      whichMark: 'For owners of shops: a few questions show which mark fits.',
    },
    trust: 'Why you can rely on the answer',
    trustSigned: 'Every certificate is signed by the agency that awarded it. The hub can not award one.',
    trustLog: 'Every certificate and every change stands in a public log that nobody can alter unnoticed.',
    trustOpen: 'Withdrawn and expired certificates are shown as plainly as valid ones.',
    kinds: 'Three kinds of mark',
    members: 'Who certifies shops',
    noMembers: 'No agency stands here yet.',
    principles: 'Five things that a mark can promise',
    principlesLead:
      'Marks differ. Each answer shows which of these five the mark covers, and which it does not.',
  },
  members: {
    records: { one: '{count} certificate in force', other: '{count} certificates in force' },
    register: 'Register as of {time}',
    noRegister: 'Has not published its register yet',
    described: {
      one: '{count} more agency, described from public sources. It publishes nothing here.',
      other: '{count} more agencies, described from public sources. They publish nothing here.',
    },
    all: 'All agencies and their marks',
  },
  kinds: {
    quality: {
      title: 'Quality mark',
      says: 'Says that an agency has checked the shop against published criteria.',
    },
    identity: {
      title: 'Identity mark',
      says: 'Says who runs the shop. It does not say that the shop is good.',
    },
    registration: {
      title: 'Registration',
      says: 'Says that the operator has told the authorities about the shop. It does not say that the shop is good.',
    },
  } satisfies Record<MarkKind, TitledText>,
  states: {
    active: 'Awarded at present',
    unconfirmed: 'Not confirmed whether it is still awarded',
    ended: 'No longer awarded',
  } satisfies Record<(typeof SCHEME_STATES)[number], string>,
  participation: {
    described: 'Described from public sources. It publishes nothing here.',
    admitted: 'Publishes its certificates here',
    suspended: 'Suspended from the alliance',
    left: 'Has left the alliance',
  } satisfies Record<Participation, string>,
  verify: {
    title: 'Check a trustmark',
    description: 'Paste the address of a shop and see whether its trustmark is genuine.',
    lead: 'Paste the address of a shop and see whether its trustmark is genuine.',
    asked: 'You asked about',
    resultDescription: '{verdict}: {subject}. {says}',
    otherRecords: 'Other certificates found',
    page: 'The page of this certificate',
    asciiForm: 'The same address in Latin letters: {address}',
    noNumber:
      'No certificate with this number is known here. That does not prove that the shop is dishonest.',
    notCovered: 'No mark is known here for exactly this address.',
    notCoveredNow:
      'Open the shop at the address that the mark belongs to, or ask the shop why it uses another one.',
  },
  /** Certified shops that the asked address resembles. */
  similar: {
    title: 'Certified shops with a similar address',
    lead: 'If you were looking for one of these shops, open the address that stands here, and no other.',
    now: 'Do not pay or sign in at this address before you have compared it with the one below.',
    letters: 'Looks the same, but is written with other letters',
    typo: 'One character is different',
    suffix: 'The same name with another ending',
    'name-inside': 'Its name is part of the address that you asked about. It may be another shop.',
    page: 'Its certificate: {address}',
  },
  /** What a name finds. */
  names: {
    title: 'Certified shops for “{name}”',
    description: 'Shops with a mark in force whose name or address fits “{name}”.',
    warning: 'A name proves nothing',
    says: 'Anybody can use any name. Choose the shop whose address is, letter by letter, the one in your browser or app.',
    choose: 'Check {address}',
    more: 'All shops for “{name}”',
    none: 'No certified shop of this name',
    noneSays: 'No mark in force is known here for “{name}”. That does not prove that a shop is dishonest.',
    noneNow: 'Names are written in many ways. Look up the address of the shop instead: it is the surer way.',
  },
  /** A text with several addresses. */
  several: {
    title: 'Which address do you mean?',
    description: 'This text holds several addresses. Each is checked by itself.',
    warning: 'A text may name one shop and lead to another',
    says: 'This text holds several addresses. Check the one at which you would pay, and compare it letter by letter.',
    found: 'The addresses in the text',
    more: 'The text holds more addresses. Paste the one that you mean alone.',
  },
  misuse: {
    title: 'Does the shop show a trustmark all the same?',
    says: 'Then the mark may be copied. The agency that owns it can act against that.',
    needs:
      'For a report you need the address of the shop, and a picture of the mark as it stands there (a screenshot will do).',
    report: 'Report a misused mark',
  },
  /** Where no mark was found. */
  next: {
    title: 'What you can do now',
    address: 'Is it the right address? Copy it once more from the page where you would pay.',
    number:
      'Ask the shop which agency has certified it, and for the number of its certificate. Check that number here.',
    digits:
      'Is it the right number? Compare it, digit by digit, with the certificate or with the shop’s own page.',
    byAddress:
      'Look up the address of the shop instead. A number alone does not show whose it is: anybody can copy one.',
    learn: 'How to judge a shop without a mark',
  },
  code: {
    title: 'A shop without a website',
    says: 'It can show you a code (QR code). Scan it with your camera, and see that the page opens at {host} and nowhere else.',
  },
  verdicts: {
    certified: {
      title: 'Certified',
      says: 'A trustmark agency has checked this shop against published criteria. The certificate is in force.',
      now: 'Before you pay, compare the address below with the one in your browser.',
    },
    'identity-confirmed': {
      title: 'Identity confirmed',
      says: 'An agency has confirmed who runs this shop. It has not judged the quality of the shop.',
      now: 'Read the shop’s terms on returns and complaints before you pay.',
    },
    registered: {
      title: 'Registered with the authorities',
      says: 'The operator has told the authorities about this shop. Nobody has judged the shop.',
      now: 'Read the shop’s terms on returns and complaints before you pay.',
    },
    suspended: {
      title: 'Mark suspended',
      says: 'The agency has suspended this mark. The shop may not use it at present.',
      now: 'Do not rely on the mark until the agency has lifted the suspension.',
    },
    'issuer-suspended': {
      title: 'Agency suspended',
      says: 'The agency that awarded this mark is suspended from the alliance. Its marks are not recognised at present.',
      now: 'Do not rely on the mark for now.',
    },
    'issuer-left': {
      title: 'Agency no longer takes part',
      says: 'The agency that awarded this mark does not take part in the alliance, so nobody here vouches for the mark.',
      now: 'Ask the agency itself whether the certificate still holds.',
    },
    'key-compromised': {
      title: 'Signature not safe',
      says: 'The key that signed this certificate may be in the wrong hands. The certificate could be forged.',
      now: 'Do not rely on the mark until the agency has signed it again.',
    },
    revoked: {
      title: 'Mark withdrawn',
      says: 'The agency has withdrawn this mark for good. If the shop still shows it, it has no right to.',
      now: 'Do not rely on the mark. If the shop still shows it, tell the agency.',
    },
    expired: {
      title: 'Certificate expired',
      says: 'The certificate has run out and no newer one is known here.',
      now: 'Do not rely on the mark. Ask the shop whether it has renewed it.',
    },
    'not-yet-valid': {
      title: 'Not valid yet',
      says: 'The certificate is issued but starts only at a later date.',
      now: 'Do not rely on the mark before that date.',
    },
    'unresolvable-link': {
      title: 'This link can not be checked',
      says: 'A short link does not show which shop it leads to.',
      now: 'Open the shop, copy its own address or account name, and paste that here.',
    },
    'not-found': {
      title: 'No mark found',
      says: 'No certificate for this shop is known here. That does not prove that the shop is dishonest.',
      now: 'If the shop shows one of the marks listed below, do not trust that mark.',
    },
  } satisfies Record<VerdictWord, VerdictText>,
  warnings: {
    'higher-mark-lapsed': {
      title: 'A higher mark was lost',
      says: 'Within the last twelve months this shop had a higher mark, which is no longer in force.',
    },
    'higher-mark-suspended': {
      title: 'A higher mark is suspended',
      says: 'The agency has suspended a higher mark of this shop. Only the lower mark below is in force.',
    },
    lookalike: {
      title: 'Looks like another address',
      says: 'This address looks much like that of a certified shop or a well-known platform, but it is not the same. It may be an imitation.',
    },
    'name-inside': {
      title: 'The name of a certified shop',
      says: 'This address has the name of a certified shop in it. Anybody can use a name, so it may be another shop.',
    },
    'mixed-script': {
      title: 'Letters of different alphabets',
      says: 'The address mixes letters of several alphabets. Imitations are made that way.',
    },
    'member-stale': {
      title: 'The agency has been silent',
      says: 'The agency has not confirmed its register for longer than it promises. Recent changes may be missing.',
    },
    'scheme-status-unconfirmed': {
      title: 'State of the mark not confirmed',
      says: 'It could not be confirmed that this mark is still awarded, or on what legal basis.',
    },
    'handle-may-change-hands': {
      title: 'The account name can change hands',
      says: 'On this platform a name can pass to somebody else. See when the agency last saw the shop there.',
    },
    'presence-not-covered': {
      title: 'The mark does not cover this address',
      says: 'The shop has a mark, but the mark does not cover the place that you asked about.',
    },
  } satisfies Record<WarningCode, TitledText>,
  warning: 'Warning',
  covered: {
    belongs: 'This mark belongs to',
    belonged: 'This mark was awarded to',
    compareWeb: 'Compare it, letter by letter, with the address bar of your browser.',
    compareShop: 'Compare it with the shop that you see in the app.',
    subdomains: 'It also covers addresses that end in {domain}.',
    onlyHost: 'It covers this address only, no other shop of the same owner.',
    also: 'The mark also covers',
    subdomainsOnce: 'It also covered addresses that end in {domain}.',
    alsoOnce: 'The mark also covered',
    certificate:
      'You looked up a number, not a shop. If you saw it on any other shop, that shop has no right to the mark.',
    looseName:
      'Facebook ignores full stops and capital letters in names: {name} written with them is the same page.',
    seen: 'Last seen there by the agency: {date}',
    open: 'Open this shop at {address}',
  },
  presences: {
    web: 'Website',
    line: 'LINE account',
    facebook: 'Facebook page',
    shopee: 'Shop on Shopee',
    lazada: 'Shop on Lazada',
    tiktok: 'TikTok account',
    instagram: 'Instagram account',
  } satisfies Record<PresenceKind, string>,
  record: {
    until: 'Valid until {date}',
    from: 'Valid from {date}',
    expired: 'Was valid until {date}',
    awardedBy: 'Awarded by',
    agency: '{agency}, {country}',
    validity: 'Validity',
    signed: 'Signed by the agency on {date}',
    number: 'Certificate number',
    holder: 'Who runs the shop',
    natural: 'A natural person',
    juristic: 'A company or other organisation',
    country: 'Country',
    identifiers: 'Registered as',
    contact: 'Contact',
    languages: 'Languages',
    sector: 'Sells',
    shipsTo: 'Ships to',
    says: 'What the mark says',
    change: 'Last change',
    suspendedOn: 'Suspended on {date}',
    revokedOn: 'Withdrawn on {date}',
    reinstatedOn: 'Reinstated on {date}',
    more: 'More about the shop and its certificate',
    recognition: 'Recognition',
    recognised: 'The alliance recognises this mark (log entry {index}).',
    notRecognised: 'The alliance does not recognise this mark at present.',
    recognisedIn: 'Bodies in {country} that recognise it: {members}.',
    rulesUnsigned: 'The rules of the mark were taken from public sources. The agency has not signed them.',
  },
  principles: {
    title: 'What this mark covers',
    lost: 'What this mark covered',
    full: 'Covered',
    partial: 'Partly covered',
    none: 'Not covered',
    criteria: 'The scheme’s own criteria:',
    gap: 'The scheme has no criterion for this.',
    noMonitoring: 'No monitoring is stated.',
    version: 'Criteria of the scheme, version {version}',
  } satisfies Record<Coverage | 'title' | 'lost' | 'criteria' | 'gap' | 'noMonitoring' | 'version', string>,
  complaints: {
    title: 'If something goes wrong',
    lead: 'Write to the shop first and keep its answer. If that does not help, turn to:',
    none: 'No complaint body is known here for this case.',
    tellCountry: 'Say where you live to see who helps you there.',
    countryLabel: 'Where do you live?',
    show: 'Show',
    elsewhere: 'Do you live in another country?',
    noneThere: 'No complaint body in {country} is known here.',
    'your-country': 'In your country',
    'merchant-country': 'In the shop’s country',
    issuer: 'The agency that awarded the mark',
    languages: 'Languages: {languages}',
    phone: 'Telephone',
    web: 'Website',
    email: 'E-mail',
    post: 'Post',
    abroad: 'A national number may not work from abroad.',
  } satisfies Record<ComplaintBody['relation'] | ComplaintBody['channels'][number]['kind'], string> &
    Record<string, string>,
  searched: {
    title: 'What was searched',
    none: 'No agency publishes its certificates here yet.',
    publishes: 'Agencies in {country} publish here.',
    notPublishes:
      'No agency in {country} publishes here. So nothing can be said here about marks that are awarded there.',
  },
  evidence: {
    title: 'Evidence for experts',
    lead: 'The certificate as the agency signed it, and the state of the public log on which this answer rests.',
    statement: 'Signed certificate {id}',
    record: 'This certificate as data',
    answer: 'This answer as data',
    checkpoint: 'Checkpoint of the log',
  },
  asOf: {
    title: 'As of',
    log: { one: 'Public log with {count} entry, {time}', other: 'Public log with {count} entries, {time}' },
    register: '{member}: register as of {time}',
    noRegister: '{member}: has not published its register yet',
    disagrees: 'its list does not agree with the log',
  },
  restored: {
    title: 'The public log was started anew',
    when: {
      one: 'On {time} the hub was restored from a backup and went on with a new log, with the {count} entry that the backup held.',
      other:
        'On {time} the hub was restored from a backup and went on with a new log, with the {count} entries that the backup held.',
    },
    missing:
      'What was published after that backup may be missing here, unless it was sent again: certificates, and also their suspension or withdrawal.',
    ask: 'If it matters to you, ask the agency that awards the mark whether this is its latest word.',
  },
  refusal: {
    title: 'This can not be looked up',
    query: 'Paste the address of the shop as it stands in your browser, or the number on the certificate.',
    identifier: 'Check the number: a digit may be missing or wrong.',
    personal:
      'This looks like the number of a person. Please do not type such numbers here; use the shop’s address.',
    busy: 'Please try again in a moment.',
    detail: 'In detail',
  },
  missing: {
    title: 'Page not found',
    says: 'There is no page at this address. It may have been mistyped.',
    back: 'To the start page',
  },
  failed: {
    title: 'Something went wrong here',
    says: 'The hub could not answer. This says nothing about the shop. Please try again in a moment.',
  },
}

/** What every language has to say. */
export type Catalogue = Catalogued<typeof en>
