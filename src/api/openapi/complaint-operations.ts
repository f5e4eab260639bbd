/** The operation of asking where a complaint goes. Data. */
import { TYPES } from '../http.js'
import { type Operation, ref } from './operation.js'

/** Cut short: a real one has some 3,000 characters. */
const QUOTE_JWS =
  'eyJhbGciOiJFUzI1NiIsImtpZCI6IuKApiIsInR5cCI6InRydXN0bWFyay1xdW90ZStqd3QifQ.eyJpc3MiOiLigKYifQ.4776MA2zQ6XSih6jq1n6NPQNkGtt'

export const ROUTE_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/route-quotes',
    id: 'quoteRoute',
    area: 'Complaints',
    summary: 'Where does a complaint go, and why?',
    description:
      'Asked with facts that name nobody, by versioned rules (docs/routing.md). The answer says which agency leads, which one reaches the shop, who is only told that there is a case, where else to turn, and every rule that had a part in it. The signed quote in it is what a complaint is filed with, within half an hour, if the outcome is `case`. `purchaseUrl` is looked up and not kept. With a forged mark the answer is a report of misuse, and the claim for money is the route in `linked`, with a quote of its own.',
    body: {
      description: 'The question. Unknown members are refused.',
      content: {
        [TYPES.json]: {
          schema: ref('RouteQuestion'),
          examples: {
            shop: {
              summary: 'A consumer in Japan, a shop in Thailand',
              value: {
                kind: 'complaint',
                relation: 'B2C',
                consumerCountry: 'JP',
                purchaseUrl: 'https://somjai-silk.example',
                claimType: 'non_delivery',
                amountBand: 1,
                currency: 'THB',
                lang: 'ja',
                contactedMerchant: true,
                otherProceedings: false,
                minor: false,
              },
            },
          },
        },
      },
    },
    answers: {
      200: {
        description: 'The route with its signed quote.',
        content: {
          [TYPES.json]: {
            schema: ref('RouteQuote'),
            examples: {
              domestic: {
                summary: 'Both sides in one country: no case here',
                value: {
                  outcome: 'referral',
                  lead: null,
                  partner: null,
                  cc: [],
                  referrals: [
                    {
                      id: 'jp-188',
                      name: { en: 'Consumer Hotline 188 (Japan)' },
                      url: 'https://www.caa.go.jp/policies/policy/local_cooperation/local_consumer_administration/hotline/',
                      phone: '188',
                      languages: ['ja'],
                      note: { en: 'Connects you to the consumer centre nearest to you.' },
                      source:
                        'https://www.caa.go.jp/policies/policy/local_cooperation/local_consumer_administration/hotline/',
                    },
                  ],
                  gates: ['G4'],
                  reasons: [
                    {
                      rule: 'G4',
                      text: 'You and the shop are in the same country (Japan), so this is no cross-border case. The consumer hotline there helps you.',
                    },
                  ],
                  flags: [],
                  rulesetVersion: '2026-11-22',
                  recipients: [],
                  quote: QUOTE_JWS,
                  expires: '2026-11-22T03:30:00.000Z',
                },
              },
            },
          },
        },
      },
    },
    refusals: [
      'bad-request',
      'bad-query',
      'record-unknown',
      'unsupported-media-type',
      'body-too-large',
      'body-incomplete',
      'not-utf8',
      'bad-json',
      'duplicate-json-key',
      'too-many-requests',
    ],
  },
]
