/** English texts of the questionnaire on which mark a shop can get: the catalogue that gives the others their shape. */

import type { MemberDefinition } from '../../../alliance/definition.js'
import type { DutyVerdict } from '../../../alliance/duties.js'
import type { Doubt, Outcome, RequirementCheck } from '../../../alliance/eligibility.js'
import type { Catalogued } from '../plural.js'

export const eligibility = {
  title: 'Which mark can my shop get?',
  description:
    'A few questions show which trustmarks an online shop can apply for, by the rules in force today, with their sources.',
  lead: 'For owners of online shops. Answer what you know. Your answers are compared with the published rules of each mark. Where a rule is not known, the page says so and gives no advice.',
  form: {
    title: 'About your shop',
    country: 'In which country is your business?',
    choose: 'Please choose',
    known: 'Countries whose marks are known here',
    another: 'Another country',
    kind: 'Who runs the shop?',
    natural: 'A person',
    juristic: 'A company or other organisation',
    kindHint: 'One person or several without a registered company count as a person.',
    sells: 'Where does the shop sell?',
    several: 'Choose all that apply. If you do not know, leave everything empty.',
    elsewhere: 'Somewhere else',
    trades: 'What does the shop do?',
    tradesHint: 'The rules of {agency} on who must register tell these apart.',
    noTrade: 'None of these',
    rules: 'What the marks of {country} ask',
    holds: 'Does the business hold the mark {mark}?',
    meets: 'Is this true of your shop?',
    unknown: 'I don’t know',
    yes: 'Yes',
    no: 'No',
    under: 'Less than {amount}',
    between: '{from} to {amount}',
    atLeast: '{amount} or more',
    next: 'Continue',
    show: 'Show the result',
    privacy:
      'Your answers stand in the address of this page, so that you can keep or share it. They name nobody.',
  },
  /** By the name of the fact in a record. */
  facts: {
    yearsRegistered: {
      question: 'For how long has the business been registered for e-commerce?',
      hint: 'In Thailand: the e-commerce commercial registration.',
      none: 'It is not registered',
    },
    financialStatementYears: {
      question: 'For how many years in a row has the company filed financial statements?',
      hint: 'Count up to the latest year.',
      none: 'None so far',
    },
    monthsInBusiness: {
      question: 'For how long has the business been open?',
      hint: 'Count from the day on which it opened.',
      none: 'It is not open yet',
    },
    websiteAward: {
      question: 'Has it won the agency’s contest for e-commerce websites?',
      hint: 'The contest is held by the agency itself.',
    },
    passedStandard: {
      question: 'Does the website meet the quality standard of the mark?',
      hint: 'Judge for yourself: its areas stand below, with each mark. The agency examines it when you apply.',
    },
    evidence: {
      question: 'Can you prove that you trade online?',
      hint: 'For example with a registration certificate, or a document that shows that the shop has been set up.',
    },
    lawfulGoods: {
      question: 'Are all goods and services of the shop lawful?',
      hint: 'By the law of the country where the business is.',
    },
    registeredInJapan: {
      question: 'Is the company’s main office registered in Japan?',
      hint: 'As it stands in the company register.',
    },
    shopOpen: {
      question: 'Is the shop open already?',
      hint: 'Customers can order now.',
    },
    excludedGoods: {
      question: 'Are the main goods on the scheme’s list of excluded goods?',
      hint: 'The list was not read for this page. Ask the agency if in doubt.',
    },
    registeredBusiness: {
      question: 'Is the line of business registered?',
      hint: 'With the authority that keeps the business register.',
    },
    notifiedToAgency: {
      question: 'Has the website been notified to, or registered with, the ministry?',
      hint: 'In Vietnam: at online.gov.vn.',
    },
    violationWithin3Years: {
      question: 'Has the business broken the rules in the last 3 years?',
      hint: 'Violations that an authority has established.',
    },
    recentWithdrawal: {
      question: 'Has this mark been withdrawn from the shop recently?',
      hint: 'Within the last 12 months.',
    },
  },
  left: {
    title: 'A part of the address was not understood',
    says: 'It was left out: {names}',
  },
  result: {
    title: 'The result',
    asOf: 'By the rules in force on {date}, as far as they are known here. The agency decides.',
    short: 'In short',
    none: 'No mark of {country} is known here',
    noneSays: 'That does not mean that there is none. Nothing can be advised here.',
    noneElse: 'Nothing is known here about marks of other countries. That does not mean that there are none.',
    known: 'Marks are known here of these countries:',
    unsigned: 'The rules were taken from public sources. The agency has not signed them.',
    about: 'More about {name}',
    unknowns: 'What no source says',
  },
  outcomes: {
    possible: {
      word: 'You can apply',
      says: 'By the rules known here your shop has what this mark asks. The agency examines it and decides.',
      next: 'Prepare proof of each point and apply.',
    },
    'not-yet': {
      word: 'Not yet',
      says: 'Something is still missing.',
      next: 'Settle what is marked as missing, then apply.',
    },
    'not-for-you': {
      word: 'Not for your shop',
      says: 'A rule excludes your shop, whatever else you answer.',
      next: 'See the other marks on this page.',
    },
    unknown: {
      word: 'Not known',
      says: 'Nothing can be advised here, because:',
      next: 'Answer what is open, or ask the agency.',
    },
    ended: {
      word: 'No longer awarded',
      says: 'Nobody can get this mark any more.',
      next: 'See the other marks on this page.',
    },
  } satisfies Record<Outcome, { word: string; says: string; next: string }>,
  doubts: {
    unanswered: 'Not all questions are answered.',
    unconfirmed: 'It could not be confirmed that the mark is still awarded, or by which rules.',
    unsettled: 'No source says how a rule is applied today to a business such as yours.',
    'no-rules': 'No source read says what the mark asks of a shop.',
  } satisfies Record<Doubt, string>,
  checks: {
    met: 'Met',
    failed: 'Missing',
    barred: 'Excludes your shop',
    open: 'Not answered',
    unsettled: 'Not known',
  } satisfies Record<RequirementCheck['state'], string>,
  level: {
    rules: 'What is asked',
    more: 'What else is asked',
    answer: 'Your answer: {answer}',
    open: 'Answer: {question}',
    first: 'First: {mark}',
    places: 'Covers: {places}.',
    placesMet: 'Of the places where you sell it covers: {places}.',
    placesBarred: 'You do not sell there.',
    time: 'Time needed',
    workingDays: { one: '{count} working day', other: '{count} working days' },
    validity: 'Validity',
    apply: 'Where to apply',
    next: 'What to do next',
    state: 'State of the mark',
    stateAsOf: 'judged on {date}',
    criteria: 'What the shop must promise',
    noCriteria: 'No source read names criteria.',
    notStated: 'Not stated in the sources read',
    past: 'Earlier rules of this level, no longer in force',
    unsettled: 'No source says how this rule is applied since {date}.',
    page: 'More about this mark',
  },
  duties: {
    title: 'Must the business register, or have a mark?',
    verdicts: {
      must: {
        word: 'Yes',
        says: 'A rule in force on this day asks it of the business.',
      },
      'need-not': {
        word: 'No',
        says: 'By the rules in force on this day the business need not.',
      },
      unanswered: {
        word: 'Not known',
        says: 'It depends on who runs the shop and on what it does. Answer both questions above.',
      },
      unsettled: {
        word: 'Not known',
        says: 'A rule says yes. Whether it still stands, no source says.',
      },
      'no-rule': {
        word: 'Not known',
        says: 'None of the rules read says anything about such a business.',
      },
    } satisfies Record<DutyVerdict, { word: string; says: string }>,
    because: 'The rule:',
    inForce: 'All rules in force on this day',
    must: 'Who must',
    needNot: 'Who need not',
    future: 'Rules that start later',
    past: 'History: rules no longer in force',
    pastLead: 'These do not apply today.',
    wasMust: 'Who had to',
    wasNeedNot: 'Who did not have to',
    applies: 'Fits your answers',
  },
  dates: {
    /** For a rule of which only the date of its source is known, as exact as that is: a day, a month or a year. */
    stated: 'As stated in a source of {date}',
    since: 'In force since {date}',
    from: 'In force from {date}',
    until: 'until {date}',
    ended: 'No longer in force since {date}',
    undated: 'No date stated',
  },
  sources: {
    title: 'Sources',
    one: 'Source {number}',
    dated: 'dated {date}',
    undated: 'undated',
    read: 'read on {date}',
    extents: {
      whole: 'read whole',
      part: 'read in part',
      'second-hand': 'second-hand',
    } satisfies Record<MemberDefinition['sources'][string]['extent'], string>,
  },
}

export type EligibilityTexts = Catalogued<typeof eligibility>
