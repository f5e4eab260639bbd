/** The operations of the log. Data. */
import { MAX_PAGE } from '../get-changes.js'
import { TYPES } from '../http.js'
import { CHECKPOINT, RECORD_JWS, SHA256 } from './examples.js'
import { lines, type Operation, ref } from './operation.js'

export const LOG_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/changes',
    id: 'listChanges',
    area: 'Log',
    summary: 'The log as a feed',
    description:
      'One line per entry, gap-free and never beyond the last checkpoint. A page without `Link: rel="next"` ends at the head: ask again with the last index seen.',
    parameters: [
      {
        name: 'after',
        in: 'query',
        description: 'Index after which to begin; absent: from the start.',
        schema: ref('LogIndex'),
      },
      {
        name: 'limit',
        in: 'query',
        description: 'Most lines of the page.',
        schema: { type: 'integer', minimum: 1, maximum: MAX_PAGE },
      },
    ],
    answers: {
      200: {
        description: 'Lines of JSON.',
        tagged: true,
        headers: ['Checkpoint-Size', 'Link'],
        content: {
          [TYPES.ndjson]: {
            schema: lines(ref('Change')),
            examples: {
              line: {
                summary: 'One entry',
                value: `${JSON.stringify({ index: 1, kind: 'record', issuer: 'th-dbd', at: 1795316400000, sha256: SHA256, statement: RECORD_JWS })}\n`,
              },
            },
          },
        },
      },
    },
    refusals: ['bad-query', 'bad-cursor'],
  },
  {
    method: 'get',
    path: '/log/vkey',
    id: 'getLogKey',
    area: 'Log',
    summary: 'The log’s verifier key',
    description: 'A signed-note verifier line (C2SP signed-note): pin it once.',
    answers: {
      200: {
        description: 'One line.',
        tagged: true,
        content: { [TYPES.text]: { schema: { type: 'string' } } },
      },
    },
  },
  {
    method: 'get',
    path: '/log/checkpoint',
    id: 'getCheckpoint',
    area: 'Log',
    summary: 'The newest checkpoint',
    description: 'A signed note over size and root of the log (C2SP tlog-checkpoint).',
    answers: {
      200: {
        description: 'The signed note.',
        tagged: true,
        content: {
          [TYPES.text]: {
            schema: { type: 'string' },
            examples: { note: { summary: 'A log of two entries', value: CHECKPOINT } },
          },
        },
      },
    },
  },
]
