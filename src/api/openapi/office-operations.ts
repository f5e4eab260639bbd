/** The operations of agencies and of the secretariat around their cases. Data. */
import { TYPES } from '../http.js'
import { BODY_REFUSALS, CASE, KEY_REFUSALS, REFERENCE } from './case-operations.js'
import { type Operation, ref } from './operation.js'

const WEBHOOK = 'https://agency.example/trustmark-news'

export const OFFICE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/inbox',
    id: 'listInbox',
    area: 'Complaints',
    summary: 'What is new for an agency',
    description:
      'Everything that happened in the member’s cases, oldest first; what it did itself is left out.',
    bearer: true,
    parameters: [
      {
        name: 'after',
        in: 'query',
        description: 'The `next` of the page before; exclusive. 0, or left out, is the start.',
        schema: { type: 'integer', minimum: 0 },
        example: 0,
      },
      {
        name: 'limit',
        in: 'query',
        description: 'Most lines of the page.',
        schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
      },
      {
        name: 'wait',
        in: 'query',
        description:
          'Seconds to wait for something new when there is nothing; the hub may answer sooner, at the latest after 55 s.',
        schema: { type: 'integer', minimum: 0, maximum: 3600, default: 0 },
      },
      {
        name: 'parked',
        in: 'query',
        description: '1 lists cases, too, that are kept back as suspected spam.',
        schema: { type: 'integer', enum: [0, 1], default: 0 },
      },
    ],
    answers: {
      200: {
        description: 'A page; empty when nothing is new.',
        content: {
          [TYPES.json]: {
            schema: ref('InboxPage'),
            examples: { empty: { summary: 'Nothing new', value: { items: [], next: 17 } } },
          },
        },
      },
    },
    refusals: [...KEY_REFUSALS, 'not-a-party', 'bad-query'],
  },
  {
    method: 'get',
    path: '/v1/cases/{ref}/recovery',
    id: 'getRecovery',
    area: 'Complaints',
    summary: 'The new keys of a consumer who lost her secret',
    description:
      'For the agency that leads. It makes sure of who she is before it wraps the case anew for these keys.',
    bearer: true,
    parameters: [
      CASE,
      {
        name: 'code',
        in: 'query',
        description: 'The eight digits that the consumer tells.',
        schema: { type: 'string', pattern: '^\\d{8}$' },
        example: '40718829',
      },
    ],
    answers: {
      200: {
        description: 'Her new keys.',
        content: { [TYPES.json]: { schema: ref('RecoveryView') } },
      },
    },
    refusals: [
      ...KEY_REFUSALS,
      'case-unknown',
      'payload-erased',
      'not-a-party',
      'not-found',
      'too-many-requests',
    ],
  },
  {
    method: 'get',
    path: '/v1/webhook',
    id: 'getWebhook',
    area: 'Complaints',
    summary: 'The agency’s webhook',
    bearer: true,
    answers: {
      200: {
        description: 'Its address, without the secret.',
        content: {
          [TYPES.json]: {
            schema: ref('WebhookView'),
            examples: { one: { summary: 'Registered', value: { url: WEBHOOK } } },
          },
        },
      },
    },
    refusals: [...KEY_REFUSALS, 'not-a-party', 'not-found'],
  },
  {
    method: 'put',
    path: '/v1/webhook',
    id: 'putWebhook',
    area: 'Complaints',
    summary: 'Register a webhook',
    description:
      'Called, per Standard Webhooks 1.0, with `{"type": "case.news", "timestamp": …, "data": {"case": "JP-7Q4K9-MXW2C"}}` and nothing else: what happened is fetched with a key. The address must be https, with a public name. A failure is tried again after 5 and 30 minutes, 2, 6 and 24 hours, then daily; 410 removes the webhook.',
    bearer: true,
    body: {
      description: 'The address.',
      content: {
        [TYPES.json]: {
          schema: ref('WebhookPut'),
          examples: { one: { summary: 'An address', value: { url: WEBHOOK } } },
        },
      },
    },
    answers: {
      200: {
        description: 'The secret, shown this once. Registering again makes a new one.',
        content: {
          [TYPES.json]: {
            schema: ref('WebhookView'),
            examples: {
              one: {
                summary: 'With its secret',
                value: { url: WEBHOOK, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0P5YzVYqJk0=' },
              },
            },
          },
        },
      },
    },
    refusals: [...KEY_REFUSALS, 'not-a-party', ...BODY_REFUSALS, 'bad-webhook'],
  },
  {
    method: 'delete',
    path: '/v1/webhook',
    id: 'removeWebhook',
    area: 'Complaints',
    summary: 'Remove the webhook',
    bearer: true,
    answers: {
      200: {
        description: 'There is none any more.',
        content: { [TYPES.json]: { schema: ref('Nothing') } },
      },
    },
    refusals: [...KEY_REFUSALS, 'not-a-party'],
  },
  {
    method: 'get',
    path: '/v1/queue',
    id: 'getQueue',
    area: 'Complaints',
    summary: 'What waits for the secretariat',
    description:
      'For the operator: parked cases, cases for which no agency matched, agencies that could not be reached, and members that can be given no case as they are. Metadata only.',
    bearer: true,
    answers: {
      200: {
        description: 'Oldest first.',
        content: {
          [TYPES.json]: {
            schema: ref('SecretariatQueue'),
            examples: {
              unreached: {
                summary: 'An agency that signed no receipt',
                value: {
                  cases: [],
                  undelivered: [
                    {
                      case: REFERENCE,
                      member: 'jp-ccj',
                      role: 'lead',
                      attempts: 8,
                      since: '2026-11-22T03:00:00.000Z',
                      failure: 'answered 500',
                    },
                  ],
                  members: ['th-ocpb takes complaints by its definition, and has no enc key: it gets none'],
                },
              },
            },
          },
        },
      },
    },
    refusals: [...KEY_REFUSALS, 'not-a-party'],
  },
  {
    method: 'post',
    path: '/v1/queue/{ref}',
    id: 'decideQueue',
    area: 'Complaints',
    summary: 'Release a parked case',
    description:
      'For the operator. The case is delivered, and its clock starts, as if it had just been filed.',
    bearer: true,
    parameters: [CASE],
    body: {
      description: 'The decision.',
      content: {
        [TYPES.json]: {
          schema: ref('QueueDecision'),
          examples: { release: { summary: 'No spam', value: { decision: 'release' } } },
        },
      },
    },
    answers: {
      200: {
        description: 'It goes on.',
        content: {
          [TYPES.json]: {
            schema: ref('QueueReleased'),
            examples: { released: { summary: 'Released', value: { case: REFERENCE, parked: false } } },
          },
        },
      },
    },
    refusals: [...KEY_REFUSALS, 'not-a-party', ...BODY_REFUSALS, 'case-unknown'],
  },
  {
    method: 'put',
    path: '/v1/intake-limits',
    id: 'putIntakeLimit',
    area: 'Complaints',
    summary: 'Set a limit of intake for a while',
    description:
      'For the operator: how many filings an hour may have in common before further ones are parked, until a moment within 31 days. A training of thirty people in one network needs a higher one.',
    bearer: true,
    body: {
      description: 'The limit.',
      content: {
        [TYPES.json]: {
          schema: ref('IntakeLimit'),
          examples: {
            training: {
              summary: 'For a training',
              value: { bucket: 'network', limit: 100, until: '2026-11-23T12:00:00.000Z' },
            },
          },
        },
      },
    },
    answers: {
      200: {
        description: 'Every limit that the operator has set and that lasts.',
        content: {
          [TYPES.json]: {
            schema: ref('IntakeLimits'),
            examples: {
              one: {
                summary: 'One limit',
                value: { limits: [{ bucket: 'network', limit: 100, until: '2026-11-23T12:00:00.000Z' }] },
              },
            },
          },
        },
      },
    },
    refusals: [...KEY_REFUSALS, 'not-a-party', ...BODY_REFUSALS, 'bad-request'],
  },
  {
    method: 'get',
    path: '/v1/complaint-figures',
    id: 'getComplaintFigures',
    area: 'Complaints',
    summary: 'How many complaints found no agency',
    description: 'Open to anyone: what the hub could not place, and what it keeps back.',
    answers: {
      200: {
        description: 'Counts.',
        content: {
          [TYPES.json]: {
            schema: ref('ComplaintFigures'),
            examples: {
              some: {
                summary: 'Three were ever unmatched',
                value: { unmatchedOpen: 1, unmatchedEver: 3, parked: 0 },
              },
            },
          },
        },
      },
    },
  },
]
