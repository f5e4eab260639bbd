/** The ruleset: who gets which complaint, and why (DESIGN 4.10; docs/routing.md tells how to change it). Data. */
import type { Rule, Ruleset, STAGES } from './rule.js'

const CCJ = 'CCJ, conditions of consultation: https://www.ccj.kokusen.go.jp/sdn_doi'
const CAA =
  'Consumer Affairs Agency of Japan, how CCJ and its partners work: https://www.caa.go.jp/en/policy/consumer_research/'
const ECC = 'ECC-Net, how a complaint goes: https://www.eccnet.eu/ecc-network/our-services/our-work'
const ECC_SCOPE =
  'ECC-Net, what is out of scope: https://www.eccnet.eu/ecc-network/our-services/our-work and the annex of ECC Poland, konsument.gov.pl'
const ECONSUMER = 'econsumer.gov, how complaints are used: https://econsumer.gov/en/Home/SelectAType/6'
const ICA_NET = 'ICA-Net, review of the pilot cases 1 and 4 (2010): https://slideplayer.com/amp/4499197'
const CASE_OCPB =
  'Memorandum of CASE (Singapore) and OCPB (Thailand), 14 March 2025: https://charityinchina.cn/238268/'
const KCA = 'KCA, inquiry of consumers abroad: https://www.kca.go.kr/eng/sub.do?menukey=6005'
const WTA =
  'World Trustmark Alliance, agreement of new members, item 5 (worldtrustmark.org, wta-documents id=33)'
const FMS =
  'FixMyStreet, what has no responsible body goes to a person: github.com/mysociety/fixmystreet, docs/customising/fms_and_mapit.md'
const OWN = 'Decision of this project, docs/routing.md'

const FIRST = '2026-11-22'

/** Rules of one stage in their order. */
function stage(name: (typeof STAGES)[number], rules: readonly Omit<Rule, 'stage' | 'since'>[]): Rule[] {
  return rules.map((rule) => ({ stage: name, since: FIRST, ...rule }))
}

const CLAIM = { kind: ['complaint', 'enquiry'] } as const
const NO_HOME = { home: ['none', 'refuses'] } as const
const REACHED = { partner: ['direct', 'indirect'] } as const

const GATES = stage('gate', [
  {
    id: 'G1',
    when: { minor: ['yes'] },
    effect: { outcome: 'referral', refer: ['home'] },
    source: `${ECONSUMER}; https://www.econsumer.gov/en/PrivacyPolicy`,
  },
  {
    id: 'G7-safety',
    when: { danger: ['product'] },
    effect: { refer: ['safety', 'home'] },
    source:
      'OECD GlobalRecalls: https://globalrecalls.oecd.org/Content.aspx?Context=AboutUs_Introduction&lang=En',
  },
  {
    id: 'G7-payment',
    when: { danger: ['payment'] },
    effect: { refer: ['payment', 'police'] },
    source: 'European Consumer Centre Ireland on chargeback: https://www.eccireland.ie/category/news/page/2/',
  },
  {
    id: 'T1',
    when: { relation: ['C2C'], seller: ['trader'] },
    effect: {},
    source: `${OWN}: who holds a certificate trades; ${ECC_SCOPE}`,
  },
  {
    id: 'G2',
    when: { ...CLAIM, relation: ['B2B'] },
    effect: { outcome: 'referral', refer: ['business'] },
    source: `${CCJ}; ${ECC_SCOPE}; APEC, online dispute resolution between businesses: https://www.apec.org/seli/overview`,
  },
  {
    id: 'G3',
    when: { ...CLAIM, relation: ['C2C'], seller: ['unproven'] },
    effect: { outcome: 'referral', refer: ['platform', 'police'] },
    source: `${CCJ}; ${ECC_SCOPE}`,
  },
  {
    id: 'G8',
    when: { ...CLAIM, relation: ['B2C_by_trader'] },
    effect: { outcome: 'referral', refer: ['trader'] },
    source: `${CCJ}; DBD, report on the WTA Annual Summit 2014`,
  },
  {
    id: 'G4',
    when: { ...CLAIM, domestic: ['yes'] },
    effect: { outcome: 'referral', refer: ['home'] },
    source: CCJ,
  },
  {
    id: 'G5',
    when: { ...CLAIM, proceedings: ['yes'] },
    effect: { outcome: 'decline', refer: ['proceedings', 'home'] },
    source: `${ECC_SCOPE}; OCPB, what to know before complaining: https://complaint.ocpb.go.th/home/condition?lang=EN`,
  },
  {
    id: 'G6',
    when: { kind: ['complaint'], contacted: ['no'], contactable: ['yes'] },
    effect: { outcome: 'precontact' },
    source: `${ECC}; TradeSafe, Anshin Support: https://www.tradesafe.co.jp/en/service/support/`,
  },
])

const BASE = stage('base', [
  {
    id: 'M1',
    when: { kind: ['misuse'], mark: ['forged'], owner: ['yes'] },
    effect: {
      lead: 'owner',
      partner: 'place',
      refer: ['police', 'host', 'abroad'],
      flags: ['merchant_untrusted'],
    },
    source: `${ICA_NET}; DBD, conditions of DBD Registered: https://trustmarkthai.com/index.php/component/dbd/main/?layout=condition; Thai Computer Crime Act B.E. 2550 section 14(1)`,
  },
  {
    id: 'M2',
    when: { kind: ['misuse'], mark: ['inactive'], owner: ['yes'] },
    effect: { lead: 'owner', flags: ['compliance_case'] },
    source: 'Expired seals that are still shown: galexia.com (2008)',
  },
  {
    id: 'M3',
    when: { kind: ['misuse'], mark: ['unverifiable'], owner: ['yes'] },
    effect: { lead: 'owner', flags: ['record_stale'] },
    source: `${OWN}: what can not be checked is never called forged; CFPB marks data older than five business days as stale`,
  },
  {
    id: 'M4',
    when: { kind: ['misuse'], mark: ['genuine'], owner: ['yes'] },
    effect: { lead: 'owner' },
    source: `${OWN}: whoever awarded the mark decides about its use`,
  },
  {
    id: 'R20',
    when: { ...CLAIM, merchant: ['certified'], home: ['takes'], ...REACHED },
    effect: { lead: 'home', partner: 'partner' },
    source: `${CAA}; ${ECC}; ${CASE_OCPB}`,
  },
  {
    id: 'R25',
    when: { ...CLAIM, merchant: ['certified'], home: ['takes'], partner: ['none'] },
    effect: { lead: 'home' },
    source: `${OWN}: without a partner the home agency writes to the contact in the record itself; ${CAA}`,
  },
  {
    id: 'R21',
    when: { ...CLAIM, merchant: ['certified'], home: ['none'], partner: ['direct'] },
    effect: { lead: 'partner', refer: ['home', 'abroad'] },
    source: `${KCA}; ASEAN complaint function, straight to the focal point of the country concerned: https://aseanconsumer.org/consumer-complaint`,
  },
  {
    id: 'R22',
    when: { ...CLAIM, merchant: ['certified'], home: ['refuses'], partner: ['direct'] },
    effect: { lead: 'partner', cc: ['homeBody'], refer: ['home', 'home_abroad'] },
    source: `${ECC_SCOPE}: a competent body is always named`,
  },
  {
    id: 'R30',
    when: { ...CLAIM, merchant: ['known'], home: ['takes'], ...REACHED },
    effect: { lead: 'home', partner: 'partner', flags: ['voluntary'], refer: ['payment'] },
    source: `${CAA}; ${CASE_OCPB}`,
  },
  {
    id: 'R33',
    when: { ...CLAIM, merchant: ['known'], ...NO_HOME, partner: ['direct'] },
    effect: { lead: 'partner', flags: ['voluntary'], refer: ['home', 'home_abroad', 'abroad', 'payment'] },
    source: `${KCA}; ASEAN complaint function: https://aseanconsumer.org/consumer-complaint`,
  },
  {
    id: 'R34',
    when: { ...CLAIM, merchant: ['certified', 'market', 'known'], ...NO_HOME, partner: ['indirect'] },
    effect: { outcome: 'referral', refer: ['home', 'home_abroad', 'abroad', 'payment'] },
    source: CAA,
  },
  {
    id: 'R31',
    when: { ...CLAIM, merchant: ['known'], home: ['takes'], partner: ['none'] },
    effect: { lead: 'home', flags: ['advice_only'], refer: ['region', 'merchant', 'abroad', 'payment'] },
    source: `${ECC_SCOPE}; ASEAN complaint function: https://aseanconsumer.org/consumer-complaint; ${ECONSUMER}`,
  },
  {
    id: 'R32',
    when: { ...CLAIM, merchant: ['unknown'], home: ['takes'] },
    effect: { lead: 'home', flags: ['evidence_needed'], refer: ['payment', 'police'] },
    source: `${ECC_SCOPE}: a trader that can not be identified`,
  },
  {
    id: 'R36',
    when: { ...CLAIM, merchant: ['known'], ...NO_HOME, partner: ['none'] },
    effect: {
      outcome: 'referral',
      refer: ['home', 'home_abroad', 'region', 'merchant', 'abroad', 'payment'],
    },
    source: `${ECC}; ASEAN complaint function: https://aseanconsumer.org/consumer-complaint; ${ECONSUMER}`,
  },
  {
    id: 'R37',
    when: { ...CLAIM, merchant: ['unknown'], ...NO_HOME },
    effect: { outcome: 'referral', refer: ['home', 'home_abroad', 'abroad', 'payment', 'police'] },
    source: `${ECC_SCOPE}; ${ECONSUMER}`,
  },
  {
    id: 'R40',
    when: { ...CLAIM, merchant: ['market'], home: ['takes'] },
    effect: { lead: 'home', partner: 'partner', cc: ['market'] },
    source: `${ICA_NET}: the marketplace was told and acted; ISO 32122:2025`,
  },
  {
    id: 'R42',
    when: { ...CLAIM, merchant: ['market'], ...NO_HOME, partner: ['direct'] },
    effect: { lead: 'partner', cc: ['market'], refer: ['home', 'home_abroad', 'abroad'] },
    source: `${ICA_NET}; ${KCA}`,
  },
  {
    id: 'R90',
    when: [
      { ...CLAIM, merchant: ['certified', 'market'], ...NO_HOME, partner: ['none'] },
      { kind: ['misuse'], owner: ['no'] },
      { kind: ['misuse'], owner: ['yes'], mark: ['none'] },
    ],
    effect: { flags: ['unmatched'], refer: ['home', 'abroad'] },
    source: FMS,
  },
])

const MODIFIERS = stage('modifier', [
  {
    id: 'M1-linked',
    when: { untrusted: ['yes'] },
    effect: { flags: ['merchant_untrusted'], refer: ['payment', 'police'] },
    source: `${ICA_NET}; ${ECC_SCOPE}: fraud is not mediated`,
  },
  {
    id: 'M2-claim',
    when: { ...CLAIM, mark: ['inactive'], outcome: ['case'] },
    effect: { cc: ['issuer'], flags: ['compliance_case'] },
    source: `${OWN}: the member still has the contract and the contact; galexia.com (2008) on expired seals`,
  },
  {
    id: 'M3-claim',
    when: { ...CLAIM, mark: ['unverifiable'], outcome: ['case'] },
    effect: { flags: ['record_stale'] },
    source: 'CFPB marks data older than five business days as stale',
  },
  {
    id: 'R23',
    when: { records: ['several'], outcome: ['case'] },
    effect: { cc: ['others'] },
    source:
      'FixMyStreet, prefer_if_multiple: github.com/mysociety/fixmystreet, docs/customising/fms_and_mapit.md',
  },
  {
    id: 'R24',
    when: { ...CLAIM, merchant: ['certified'], issuer: ['apart'], outcome: ['case'] },
    effect: { cc: ['issuer'] },
    source: WTA,
  },
  {
    id: 'R41',
    when: { ...CLAIM, merchant: ['certified'], market: ['certified'], outcome: ['case'] },
    effect: { cc: ['market'] },
    source: `${OWN}: as with several records`,
  },
  {
    id: 'R43',
    when: { ...CLAIM, market: ['certified', 'plain'] },
    effect: { refer: ['platform'] },
    source: 'Shopee, returns window: https://help.shopee.ph/portal/article/80958; ISO 32122:2025',
  },
  {
    id: 'R50',
    when: { ...CLAIM, amount: ['high'] },
    effect: { flags: ['high_value'], refer: ['court'] },
    source:
      'Small Claims Tribunals of Singapore, up to S$20,000 or by consent S$30,000: https://judiciary.gov.sg/news-and-resources/news/news-details/media-release-small-claims-tribunals-to-accept-higher-value-claims-from-1-november-2019',
  },
  {
    id: 'R60',
    when: { languages: ['foreign'], outcome: ['case'] },
    effect: { flags: ['translation_required'] },
    source: 'UNCITRAL Technical Notes on ODR (2016), languages; ICA-Net: the bodies translate and convey',
  },
  {
    id: 'R61',
    when: { tongue: ['foreign'], outcome: ['case'] },
    effect: { flags: ['consumer_translation'] },
    source: `${CCJ}: in Japanese; UNCITRAL Technical Notes on ODR (2016), languages`,
  },
  {
    id: 'A1',
    when: { competence: ['assumed'], outcome: ['case'], hub: ['demo'] },
    effect: { flags: ['assumption'] },
    source: `${OWN}; the basis that each member's definition states`,
  },
  {
    id: 'A2',
    when: { competence: ['assumed'], outcome: ['case'], hub: ['real'] },
    effect: { flags: ['assumption'] },
    source: `${OWN}; the basis that each member's definition states`,
  },
])

/** Calendar days that the shop has before the consumer goes on (ISO 32122, APEC model rules, BBB: ten to fourteen). */
export const PRECONTACT_DAYS = 10
/** From this band on, some 5000 US dollars, a court or tribunal is named beside the agencies. */
export const HIGH_VALUE_BAND = 4

export const RULESET: Ruleset = { version: FIRST, rules: [...GATES, ...BASE, ...MODIFIERS] }
