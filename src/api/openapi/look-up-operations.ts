/** The operations of looking up. Data. */
import { RECORD_TYP } from '../../record/record.js'
import { VERDICT_TYP } from '../../trust/statements.js'
import { TYPES } from '../http.js'
import { DIRECTORY_OPERATION } from './directory-operation.js'
import {
  CHECKPOINT,
  FOUND,
  LOOKALIKE,
  NOT_FOUND,
  problemExample,
  RECORD,
  RECORD_JWS,
  SHA256,
} from './examples.js'
import { jwt, type Operation, type Parameter, ref } from './operation.js'
import { SEAL_OPERATIONS } from './seal-operations.js'

const RECORD_ID: Parameter = {
  name: 'id',
  in: 'path',
  description: 'Id of the record.',
  schema: ref('RecordId'),
  example: RECORD.id,
}

export const LOOK_UP_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/verify',
    id: 'verify',
    area: 'Looking up',
    summary: 'Is the mark on this shop genuine?',
    description:
      'Ask with exactly one of `url`, `record` and `identifier`. A shop without a mark is an answer, not a problem: its verdict is `not-found`, and `similar` names certified shops whose address resembles the one asked for. With `Accept: application/jwt` the same verdict comes signed, to be shown to others and checked without the hub.',
    parameters: [
      {
        name: 'url',
        in: 'query',
        description:
          'A web address, the link of a shop on a platform, or the text that its app shares around the link.',
        schema: { type: 'string' },
        example: 'https://somjai-silk.example/',
      },
      { name: 'record', in: 'query', description: 'Id of a record.', schema: ref('RecordId') },
      {
        name: 'identifier',
        in: 'query',
        description:
          'A company’s number in a public register, bare or as `<scheme>:<number>`. Never a person’s own number.',
        schema: { type: 'string' },
      },
      {
        name: 'for',
        in: 'query',
        description: 'Country of the asker: names the bodies there that can help.',
        schema: ref('CountryCode'),
      },
    ],
    answers: {
      200: {
        description: 'The verdict.',
        tagged: true,
        headers: ['Checkpoint-Size', 'Vary'],
        content: {
          [TYPES.json]: {
            schema: ref('Verdict'),
            examples: {
              found: { summary: 'A mark in force', value: FOUND },
              'not-found': { summary: 'No mark', value: NOT_FOUND },
              lookalike: {
                summary: 'No mark, at an address that resembles a certified one',
                value: LOOKALIKE,
              },
            },
          },
          [TYPES.jwt]: { schema: jwt(TYPES.jwt, VERDICT_TYP, ref('SignedVerdict')) },
        },
      },
    },
    refusals: ['bad-query', 'personal-number', 'not-signed-here'],
  },
  {
    method: 'post',
    path: '/v1/verify',
    id: 'verifyMany',
    area: 'Looking up',
    summary: 'Many look-ups at once, or a trust mark found in the wild',
    description:
      'A query that can’t be looked up answers with its own problem and does not block the others. Answers are those of a single look-up, but no addresses that resemble each other are sought: they have no `similar` and no warning that the address imitates another. Where a shop has no mark, ask for it by itself. Each answer is as of the log size that it states.',
    body: {
      description: 'Up to 1,000 queries, or one trust mark.',
      content: {
        [TYPES.json]: {
          schema: ref('VerifyRequest'),
          examples: {
            queries: {
              summary: 'Many look-ups',
              value: { queries: [{ url: 'https://no-mark.example' }, { identifier: '123' }] },
            },
            found: { summary: `A JWS with typ ${RECORD_TYP}`, value: { trustMark: RECORD_JWS } },
          },
        },
      },
    },
    answers: {
      200: {
        description: 'An answer to each query in their order, or what the trust mark is worth.',
        content: {
          [TYPES.json]: {
            schema: ref('VerifyResponse'),
            examples: {
              queries: {
                summary: 'Many look-ups',
                value: { results: [NOT_FOUND, { problem: problemExample('bad-query') }] },
              },
              found: {
                summary: 'A genuine trust mark',
                value: { trustMark: { genuine: true, current: true, index: RECORD.index }, verdict: FOUND },
              },
            },
          },
        },
      },
    },
    refusals: [
      'bad-request',
      'unsupported-media-type',
      'body-too-large',
      'body-incomplete',
      'not-utf8',
      'bad-json',
      'duplicate-json-key',
    ],
  },
  DIRECTORY_OPERATION,
  {
    method: 'get',
    path: '/v1/records/{id}',
    id: 'getRecord',
    area: 'Looking up',
    summary: 'One record as it stands',
    parameters: [RECORD_ID],
    answers: {
      200: {
        description: 'The record with its own verdict.',
        tagged: true,
        content: {
          [TYPES.json]: {
            schema: ref('RecordAnswer'),
            examples: {
              record: {
                summary: 'A record in force',
                value: { record: RECORD, asOf: FOUND.asOf, demo: true },
              },
            },
          },
        },
      },
    },
    refusals: ['bad-query', 'record-unknown'],
  },
  {
    method: 'get',
    path: '/v1/records/{id}/history',
    id: 'getRecordHistory',
    area: 'Looking up',
    summary: 'Everything that happened to a record',
    parameters: [RECORD_ID],
    answers: {
      200: {
        description: 'Every statement about it, oldest first.',
        tagged: true,
        content: {
          [TYPES.json]: {
            schema: ref('RecordHistory'),
            examples: {
              history: {
                summary: 'A record that was issued once',
                value: {
                  record: RECORD.id,
                  history: [
                    {
                      index: 1,
                      kind: 'record',
                      issuer: 'th-dbd',
                      sha256: SHA256,
                      at: '2026-11-22T03:00:00.000Z',
                      statement: RECORD_JWS,
                    },
                  ],
                  asOf: { size: 2, at: '2026-11-22T03:00:00.000Z', checkpoint: CHECKPOINT },
                  demo: true,
                },
              },
            },
          },
        },
      },
    },
    refusals: ['bad-query', 'record-unknown'],
  },
  {
    method: 'get',
    path: '/v1/records/{id}/proof',
    id: 'getRecordProof',
    area: 'Looking up',
    summary: 'Proof that a record was logged',
    description:
      'A C2SP tlog-proof of the record’s newest statement; its `extra` line holds the log entry. With the signed record it is all that a verifier needs.',
    parameters: [RECORD_ID],
    answers: {
      200: {
        description: 'The tlog-proof.',
        tagged: true,
        headers: ['Content-Disposition'],
        content: { [TYPES.text]: { schema: { type: 'string' } } },
      },
    },
    refusals: ['bad-query', 'record-unknown'],
  },
  ...SEAL_OPERATIONS,
]
