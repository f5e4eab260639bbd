/** The published schemas of complaints: what is sealed, what is signed, and what hub, agencies and consumers exchange. */
import type * as z from 'zod'
import { caseEvent, caseEventClaims, caseEventPost, receiptClaims } from '../../dispute/case-event.js'
import * as forms from '../../dispute/case-forms.js'
import { caseReference } from '../../dispute/case-reference.js'
import {
  caseAccepted,
  caseEventView,
  caseView,
  eventAccepted,
  inboxPage,
  secretariatQueue,
} from '../../dispute/case-view.js'
import {
  attachmentNotice,
  complaintFiling,
  consumerKeys,
  envelopeAad,
  generalJwe,
  messageAad,
  quoteClaims,
  sealedComplaint,
  workDemand,
} from '../../dispute/envelope.js'
import {
  attachmentKey,
  authoredText,
  complaintPayload,
  identityPayload,
  messagePayload,
  money,
} from '../../dispute/payload.js'
import { caseMeta, referral, routeQuestion, routeQuote } from '../../dispute/route-question.js'
import {
  CASE_EVENT_TYP,
  CASE_RECEIPT_TYP,
  COMPLAINT_JWE_TYP,
  MESSAGE_JWE_TYP,
  QUOTE_TYP,
} from '../../dispute/sealed/formats.js'
import type { Published } from './registry.js'

/** Schemas that others refer to. */
export const CASE_PARTS: readonly (readonly [z.ZodType, Published])[] = [
  [
    caseReference,
    {
      id: 'CaseReference',
      description: 'The consumer’s country, then ten letters and digits. Public; it opens nothing.',
    },
  ],
  [
    caseMeta,
    {
      id: 'CaseMeta',
      title: 'Facts of a case in clear',
      description: 'What routing and figures need; it names nobody.',
    },
  ],
  [referral, { id: 'Referral', title: 'A body outside the alliance' }],
  [
    workDemand,
    {
      id: 'WorkDemand',
      title: 'Proof of work',
      description:
        'For each puzzle i from 0, a nonce so that SHA-256 of (SHA-256 of the quote’s compact JWS, i, nonce), both numbers in 32 bits with the highest byte first, begins with `bits` zero bits. The solution is the nonces in decimal with dots between.',
    },
  ],
  [
    generalJwe,
    {
      id: 'GeneralJwe',
      title: 'Sealed text',
      description:
        'A General JWE (RFC 7516 section 7.2.1) of one form: `protected` is exactly `{"enc":"A256GCM","typ":…}`, each recipient has ECDH-ES+A256KW, its key’s RFC 7638 thumbprint as kid and an ephemeral key, and the plaintext is JSON filled up with spaces to a multiple of 512 bytes.',
    },
  ],
  [
    consumerKeys,
    {
      id: 'ConsumerKeys',
      title: 'Keys of the consumer of one case',
      description:
        'Made in her browser. `sealed` holds the private halves under a key derived from her secret; `access` is the SHA-256 of the access key derived from it under another label.',
    },
  ],
  [
    attachmentNotice,
    {
      id: 'AttachmentNotice',
      title: 'Announced file',
      description: 'A compact JWE that is uploaded beside; `bytes` and `sha256` are those of its text.',
    },
  ],
  [
    attachmentKey,
    {
      id: 'AttachmentKey',
      title: 'Key of a file',
      description: 'Stands inside the encrypted payload only.',
    },
  ],
  [authoredText, { id: 'AuthoredText', title: 'Text with its language and origin' }],
  [money, { id: 'Money', title: 'Amount' }],
  [
    caseEvent,
    { id: 'CaseEvent', title: 'What happened', description: 'Coded facts only; words are encrypted.' },
  ],
  [caseEventView, { id: 'CaseEventView', title: 'Event of a case as its parties see it' }],
  [
    caseEventPost,
    {
      id: 'CaseEventPost',
      title: 'Event to append',
      description: 'The signed event, and beside it what it names by hash.',
    },
  ],
  [caseAccepted, { id: 'CaseAccepted', title: 'Complaint received' }],
  [eventAccepted, { id: 'EventAccepted', title: 'Event appended' }],
  [forms.caseEnvelope, { id: 'CaseEnvelope', title: 'Sealed complaint of a case' }],
  [forms.receiptPost, { id: 'ReceiptPost', title: 'Receipt to send' }],
  [forms.storedFile, { id: 'StoredFile', title: 'File that arrived' }],
  [forms.webhookPut, { id: 'WebhookPut', title: 'Webhook to register' }],
  [forms.webhookView, { id: 'WebhookView', title: 'Webhook' }],
  [forms.nothing, { id: 'Nothing', title: 'Nothing to say' }],
  [forms.recoveryPost, { id: 'RecoveryPost', title: 'New keys after a lost secret' }],
  [forms.recoveryCode, { id: 'RecoveryCode', title: 'Code to tell the agency' }],
  [forms.recoveryView, { id: 'RecoveryView', title: 'New keys behind a code' }],
  [secretariatQueue, { id: 'SecretariatQueue', title: 'What waits for the secretariat' }],
  [forms.queueDecision, { id: 'QueueDecision', title: 'Decision on a parked case' }],
  [forms.queueReleased, { id: 'QueueReleased', title: 'Parked case that was released' }],
  [forms.intakeLimit, { id: 'IntakeLimit', title: 'Limit of intake' }],
  [forms.intakeLimits, { id: 'IntakeLimits', title: 'Limits of intake' }],
  [forms.complaintFigures, { id: 'ComplaintFigures', title: 'Complaints that found no agency' }],
]

/** Those that stand as files of their own, by file name. */
export const CASE_DOCUMENTS: readonly (readonly [
  name: string,
  schema: z.ZodType,
  meta: Published & { id: string },
])[] = [
  [
    'route-question',
    routeQuestion,
    {
      id: 'RouteQuestion',
      title: 'Where does a complaint go?',
      description:
        'Clear facts that name nobody. Unknown members are refused, so that no form sends a name by mistake.',
    },
  ],
  [
    'route-quote',
    routeQuote,
    {
      id: 'RouteQuote',
      title: 'Route of a complaint',
      description: 'Where it goes and why, with the signed quote that is needed to file.',
    },
  ],
  [
    'quote',
    quoteClaims,
    {
      id: 'QuoteClaims',
      title: 'Quote',
      description: `The hub’s word on a route: its facts, its recipients’ keys, the case reference and the work it asks for. Payload of a JWS with typ ${QUOTE_TYP}; one quote files one case.`,
    },
  ],
  [
    'complaint-filing',
    complaintFiling,
    {
      id: 'ComplaintFiling',
      title: 'Complaint to file',
      description:
        'The sealed complaint with its quote. Beyond this schema the hub checks that the JWEs go to exactly the quote’s recipients and say so in their AAD, that the work holds, and that the quote is fresh and unused.',
    },
  ],
  [
    'sealed-complaint',
    sealedComplaint,
    {
      id: 'SealedComplaint',
      title: 'Sealed complaint',
      description: `Two JWEs of typ ${COMPLAINT_JWE_TYP}: the story, to every enc key of lead and partner and to the consumer; her identity, to lead and consumer only.`,
    },
  ],
  [
    'envelope-aad',
    envelopeAad,
    {
      id: 'EnvelopeAad',
      title: 'What binds a sealed complaint',
      description:
        'The AAD of complaint and identity is the JCS text (RFC 8785) of this: it can not be moved to another quote, case, revision or reader.',
    },
  ],
  [
    'message-aad',
    messageAad,
    {
      id: 'MessageAad',
      title: 'What binds a message',
      description: `The AAD of a JWE of typ ${MESSAGE_JWE_TYP} is the JCS text (RFC 8785) of this: it belongs to one place in one case’s chain.`,
    },
  ],
  [
    'complaint-payload',
    complaintPayload,
    {
      id: 'ComplaintPayload',
      title: 'Complaint',
      description:
        'What the consumer writes; encrypted, never sent to the hub in clear. It names the purchase, never its maker.',
    },
  ],
  [
    'identity-payload',
    identityPayload,
    {
      id: 'IdentityPayload',
      title: 'Identity of the consumer',
      description: 'Encrypted apart, to the lead and herself only.',
    },
  ],
  [
    'message-payload',
    messagePayload,
    {
      id: 'MessagePayload',
      title: 'Message of a case',
      description: 'Encrypted to whom it is for, beside the event that names its hash.',
    },
  ],
  [
    'case-event',
    caseEventClaims,
    {
      id: 'CaseEventClaims',
      title: 'Event of a case',
      description: `Signed by its actor and chained to the event before. Never in the public log. Payload of a JWS with typ ${CASE_EVENT_TYP}.`,
    },
  ],
  [
    'receipt',
    receiptClaims,
    {
      id: 'ReceiptClaims',
      title: 'Receipt of a case',
      description: `An agency’s word that it holds the ciphertext with this hash; only then is the case delivered. Payload of a JWS with typ ${CASE_RECEIPT_TYP}, by an auth key.`,
    },
  ],
  [
    'case',
    caseView,
    {
      id: 'CaseView',
      title: 'Case',
      description:
        'What the hub shows of a case to one of its parties. Believe its signed events, not the hub’s summary of them.',
    },
  ],
  [
    'inbox',
    inboxPage,
    {
      id: 'InboxPage',
      title: 'Inbox of an agency',
      description: 'What is new, oldest first. Ask again after `next`.',
    },
  ],
]
