/** The operations of publishing. Data. */
import { TYPES } from '../http.js'
import { EXAMPLE_ORIGIN, problemExample, RECORD_JWS, SHA256 } from './examples.js'
import { type Operation, ref } from './operation.js'

const RESULTS = {
  decided: {
    summary: 'A push of three lines',
    value: {
      results: [
        { line: 1, outcome: 'accepted', index: 1, sha256: SHA256 },
        { line: 2, outcome: 'duplicate', index: 1, sha256: SHA256 },
        { line: 3, outcome: 'rejected', problem: problemExample('bad-signature') },
      ],
    },
  },
}

export const PUBLISH_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/statements',
    id: 'publish',
    area: 'Publishing',
    summary: 'Publish signed statements',
    description:
      'Each statement is verified, put into the log and answered by itself: a bad line never blocks its neighbours. Sending again is safe. Once `accepted` is answered, the statement is committed.',
    parameters: [
      {
        name: 'Prefer',
        in: 'header',
        description:
          'How long to wait for a place in the log (RFC 7240): `wait=<seconds>`, 10 at most, or `respond-async` for not at all. Absent: 10 seconds.',
        schema: { type: 'string' },
        example: 'respond-async',
      },
    ],
    body: {
      description:
        'Up to 1,000 compact JWS or 4 MiB, as JSON or one per line. Lines are counted from 1; empty ones are passed over.',
      content: {
        [TYPES.json]: {
          schema: ref('PublishRequest'),
          examples: { one: { summary: 'One statement', value: { statements: [RECORD_JWS] } } },
        },
        [TYPES.ndjson]: {
          schema: { type: 'string' },
          examples: { one: { summary: 'One statement', value: `${RECORD_JWS}\n` } },
        },
      },
    },
    answers: {
      200: {
        description: 'Every line is decided.',
        content: { [TYPES.json]: { schema: ref('PublishResponse'), examples: RESULTS } },
      },
      202: {
        description: 'Some lines still wait, though they are kept: their results name the address to ask.',
        headers: ['Retry-After', 'Preference-Applied'],
        content: {
          [TYPES.json]: {
            schema: ref('PublishResponse'),
            examples: {
              waiting: {
                summary: 'A line that waits',
                value: {
                  results: [
                    {
                      line: 1,
                      outcome: 'pending',
                      sha256: SHA256,
                      statement: `${EXAMPLE_ORIGIN}/v1/statements/${SHA256}`,
                    },
                  ],
                },
              },
            },
          },
        },
      },
    },
    refusals: [
      'bad-request',
      'too-many-statements',
      'body-too-large',
      'body-incomplete',
      'unsupported-media-type',
      'not-utf8',
      'bad-json',
      'duplicate-json-key',
    ],
  },
  {
    method: 'get',
    path: '/v1/statements/{sha256}',
    id: 'getStatement',
    area: 'Publishing',
    summary: 'What became of a statement',
    parameters: [
      {
        name: 'sha256',
        in: 'path',
        description: 'SHA-256 of its exact bytes.',
        schema: ref('Sha256'),
        example: SHA256,
      },
    ],
    answers: {
      200: {
        description: 'It was decided.',
        content: {
          [TYPES.json]: {
            schema: ref('StatementOutcome'),
            examples: {
              accepted: { summary: 'In the log', value: { sha256: SHA256, outcome: 'accepted', index: 1 } },
              rejected: {
                summary: 'Refused',
                value: { sha256: SHA256, outcome: 'rejected', problem: problemExample('record-revoked') },
              },
            },
          },
        },
      },
      202: {
        description: 'It waits, and will be decided.',
        headers: ['Retry-After'],
        content: {
          [TYPES.json]: {
            schema: ref('StatementOutcome'),
            examples: { waiting: { summary: 'It waits', value: { sha256: SHA256, outcome: 'pending' } } },
          },
        },
      },
    },
    refusals: ['bad-query', 'not-found'],
  },
  {
    method: 'get',
    path: '/v1/statements/{sha256}/proof',
    id: 'getStatementProof',
    area: 'Publishing',
    summary: 'Proof that a statement was logged',
    description:
      'A C2SP tlog-proof of any logged statement, such as a member’s admission with its keys; its `extra` line holds the log entry. With the statement it is all that a verifier needs.',
    parameters: [
      {
        name: 'sha256',
        in: 'path',
        description: 'SHA-256 of its exact bytes.',
        schema: ref('Sha256'),
        example: SHA256,
      },
    ],
    answers: {
      200: {
        description: 'The tlog-proof.',
        tagged: true,
        headers: ['Content-Disposition'],
        content: { [TYPES.text]: { schema: { type: 'string' } } },
      },
    },
    refusals: ['bad-query', 'not-found'],
  },
]
