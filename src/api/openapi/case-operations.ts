/** The operations of filing a complaint and of acting in a case. Data. */
import type { RefusalCode } from '../../refusal.js'
import { TYPES } from '../http.js'
import { SHA256 } from './examples.js'
import { type Operation, type Parameter, ref } from './operation.js'

export const REFERENCE = 'JP-7Q4K9-MXW2C'
const FILE_ID = 'dGhpcyBpcyBhIGZpbGUhIQ'
/** Cut short: real ones have some 600 characters. */
const RECEIPT_JWS =
  'eyJhbGciOiJFUzI1NiIsImtpZCI6IuKApiIsInR5cCI6InRydXN0bWFyay1jYXNlLXJlY2VpcHQrand0In0.eyJpc3MiOiLigKYifQ.4776MA2zQ6XSih6jq1n6NPQNkGtt'

/** What a body may be refused for before anything in it is looked at. */
export const BODY_REFUSALS: readonly RefusalCode[] = [
  'bad-claims',
  'unsupported-media-type',
  'body-too-large',
  'body-incomplete',
  'not-utf8',
  'bad-json',
  'duplicate-json-key',
]
/** Whoever shows no key, or one that opens nothing here. */
export const KEY_REFUSALS: readonly RefusalCode[] = ['not-authorised', 'assertion-used']
const CASE_REFUSALS: readonly RefusalCode[] = [
  ...KEY_REFUSALS,
  'case-unknown',
  'payload-erased',
  'not-a-party',
  'too-many-requests',
]
/** What a signed event or receipt may be refused for. */
const SIGNED_REFUSALS: readonly RefusalCode[] = [
  'unsigned',
  'statement-too-large',
  'bad-encoding',
  'unknown-type',
  'alg-not-allowed',
  'header-not-allowed',
  'unknown-issuer',
  'issuer-not-admitted',
  'unknown-key',
  'wrong-key-role',
  'key-compromised',
  'bad-signature',
  'wrong-audience',
  'issued-in-future',
  'case-moved-on',
  'event-not-allowed',
]

export const CASE: Parameter = {
  name: 'ref',
  in: 'path',
  description: 'The case reference.',
  schema: ref('CaseReference'),
  example: REFERENCE,
}
const FILE: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The file’s id, as announced.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{22}$' },
  example: FILE_ID,
}
/** OpenAPI 3.1 describes raw bytes by their media type alone. */
const BYTES = { schema: {} }

export const CASE_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/complaints',
    id: 'fileComplaint',
    area: 'Complaints',
    summary: 'File a sealed complaint',
    description:
      'The quote and the work done on it are the ticket; there is no account. Everything personal is encrypted before it is sent, to the quote’s recipients. Sending the same filing again is safe, also after the quote has expired. Beyond thresholds an hour a case is parked: it is kept, somebody looks at it, and its consumer sees so.',
    body: {
      description: 'At most 1 MiB.',
      content: { [TYPES.json]: { schema: ref('ComplaintFiling') } },
    },
    answers: {
      201: {
        description: 'The case is kept. `missing` names announced files that have not arrived.',
        headers: ['Location'],
        content: {
          [TYPES.json]: {
            schema: ref('CaseAccepted'),
            examples: {
              filed: {
                summary: 'Received, with a file to come',
                value: {
                  case: REFERENCE,
                  receivedAt: '2026-11-22T03:00:00.000Z',
                  envelopeSha256: SHA256,
                  parked: false,
                  missing: [FILE_ID],
                },
              },
            },
          },
        },
      },
    },
    refusals: [
      ...BODY_REFUSALS,
      'bad-quote',
      'quote-expired',
      'quote-used',
      'nothing-to-file',
      'work-insufficient',
      'bad-envelope',
      'no-mail',
    ],
  },
  {
    method: 'get',
    path: '/v1/cases/{ref}',
    id: 'getCase',
    area: 'Complaints',
    summary: 'A case as its parties see it',
    description:
      'For consumer, lead, partner, whoever is kept informed, and the secretariat; each sees what its part allows. Nobody else can tell the case from one that does not exist. Wrong keys are slowed down by network; the right one always opens.',
    bearer: true,
    parameters: [CASE],
    answers: {
      200: {
        description:
          'State, whose turn it is and until when, events with their signatures, what the asker may do.',
        content: { [TYPES.json]: { schema: ref('CaseView') } },
      },
    },
    refusals: CASE_REFUSALS,
  },
  {
    method: 'get',
    path: '/v1/cases/{ref}/envelope',
    id: 'getCaseEnvelope',
    area: 'Complaints',
    summary: 'The sealed complaint',
    description: 'For consumer and lead, and for the partner from the day on which the lead shares the case.',
    bearer: true,
    parameters: [CASE],
    answers: {
      200: {
        description: 'The complaint with its hash: what a receipt is signed over.',
        content: { [TYPES.json]: { schema: ref('CaseEnvelope') } },
      },
    },
    refusals: CASE_REFUSALS,
  },
  {
    method: 'post',
    path: '/v1/cases/{ref}/events',
    id: 'appendCaseEvent',
    area: 'Complaints',
    summary: 'Act in a case',
    description:
      'Each event is signed by its actor, names the event before it by hash, and is refused unless the state of the case allows it. Of two that follow the same event one is refused with `case-moved-on`.',
    bearer: true,
    parameters: [CASE],
    body: {
      description: 'The signed event with what it names by hash; at most 1 MiB.',
      content: { [TYPES.json]: { schema: ref('CaseEventPost') } },
    },
    answers: {
      200: {
        description: 'The event stands.',
        content: {
          [TYPES.json]: {
            schema: ref('EventAccepted'),
            examples: {
              accepted: {
                summary: 'The lead accepted the case',
                value: { case: REFERENCE, seq: 2, sha256: SHA256, state: 'accepted', missing: [] },
              },
            },
          },
        },
      },
    },
    refusals: [
      ...CASE_REFUSALS,
      ...BODY_REFUSALS,
      ...SIGNED_REFUSALS,
      'jti-reused',
      'bad-envelope',
      'bad-quote',
      'quote-expired',
    ],
  },
  {
    method: 'post',
    path: '/v1/cases/{ref}/receipts',
    id: 'receiptCase',
    area: 'Complaints',
    summary: 'Confirm that the complaint arrived',
    description:
      'The agency’s signed word that it holds the ciphertext with this hash. Only then does the case count as delivered. Sending it again is safe.',
    bearer: true,
    parameters: [CASE],
    body: {
      description: 'The receipt, a JWS with typ `trustmark-case-receipt+jwt`.',
      content: {
        [TYPES.json]: {
          schema: ref('ReceiptPost'),
          examples: { one: { summary: 'A receipt', value: { receipt: RECEIPT_JWS } } },
        },
      },
    },
    answers: {
      200: {
        description: 'The hub’s event `delivered` that stands for it.',
        content: {
          [TYPES.json]: {
            schema: ref('EventAccepted'),
            examples: {
              delivered: {
                summary: 'Delivered to the lead',
                value: { case: REFERENCE, seq: 1, sha256: SHA256, state: 'in_triage', missing: [] },
              },
            },
          },
        },
      },
    },
    refusals: [...CASE_REFUSALS, ...BODY_REFUSALS, ...SIGNED_REFUSALS, 'receipt-differs'],
  },
  {
    method: 'put',
    path: '/v1/cases/{ref}/attachments/{id}',
    id: 'putCaseAttachment',
    area: 'Complaints',
    summary: 'Bring an announced file',
    description: 'From the party that announced it, exactly as announced. Sending it again is safe.',
    bearer: true,
    parameters: [CASE, FILE],
    body: {
      description: 'The sealed file: a compact JWE.',
      content: { [TYPES.bytes]: BYTES, 'application/jose': BYTES },
    },
    answers: {
      200: {
        description: 'The file is kept.',
        content: {
          [TYPES.json]: {
            schema: ref('StoredFile'),
            examples: {
              stored: {
                summary: 'Kept',
                value: { id: FILE_ID, bytes: 182_044, sha256: SHA256, stored: true },
              },
            },
          },
        },
      },
    },
    refusals: [
      ...CASE_REFUSALS,
      'attachment-unknown',
      'attachment-differs',
      'unsupported-media-type',
      'body-too-large',
      'body-incomplete',
    ],
  },
  {
    method: 'get',
    path: '/v1/cases/{ref}/attachments/{id}',
    id: 'getCaseAttachment',
    area: 'Complaints',
    summary: 'A sealed file',
    description: 'For whoever may read the complaint. Its key lies in the complaint, or in a message.',
    bearer: true,
    parameters: [CASE, FILE],
    answers: {
      200: {
        description: 'The bytes as they were brought.',
        headers: ['Content-Disposition'],
        content: { [TYPES.bytes]: BYTES },
      },
    },
    refusals: [...CASE_REFUSALS, 'attachment-unknown'],
  },
  {
    method: 'post',
    path: '/v1/cases/{ref}/route-quotes',
    id: 'requoteCase',
    area: 'Complaints',
    summary: 'Where else can this case go?',
    description:
      'For its consumer, once the agency that leads is out of reach or very late, or another was named. She encrypts her own copy to the agencies of the fresh quote and sends `rerouted`.',
    bearer: true,
    parameters: [CASE],
    answers: {
      200: {
        description: 'A fresh quote for the same facts.',
        content: { [TYPES.json]: { schema: ref('RouteQuote') } },
      },
    },
    refusals: [...CASE_REFUSALS, 'event-not-allowed', 'record-unknown'],
  },
  {
    method: 'post',
    path: '/v1/cases/{ref}/recovery',
    id: 'requestRecovery',
    area: 'Complaints',
    summary: 'A lost secret: ask with new keys',
    description:
      'Open to anyone who knows the reference, for whoever lost the secret has no key; answered alike whether there is such a case or not. The hub keeps the new keys under a code of eight digits for 7 days, which the consumer tells the agency that leads; only that agency can give the case to them, once it knows who she is. Limited by network and by reference.',
    parameters: [CASE],
    body: { description: 'The new keys.', content: { [TYPES.json]: { schema: ref('RecoveryPost') } } },
    answers: {
      200: {
        description: 'The code to tell the agency.',
        content: {
          [TYPES.json]: {
            schema: ref('RecoveryCode'),
            examples: { code: { summary: 'A code', value: { case: REFERENCE, code: '40718829' } } },
          },
        },
      },
    },
    refusals: [...BODY_REFUSALS, 'case-unknown', 'too-many-requests'],
  },
]
