/** The operations of the log. Data. */
import { MAX_PAGE } from '../get-changes.js'
import { TYPES } from '../http.js'
import { MAX_WAIT } from '../long-poll.js'
import { CHECKPOINT, RECORD_JWS, SHA256 } from './examples.js'
import { lines, type Operation, type Parameter, ref } from './operation.js'

const LEAF_HASH = '2oKevH/pXHCAYEDXTKA/T90Hep/MzGvfLv+53Z8sTP4='
const BYTES = { type: 'string', format: 'binary' }

const STATE: Parameter = {
  name: 'state',
  in: 'query',
  description:
    '`current`: only entries that make up the state as it is now, without what was replaced since.',
  schema: { const: 'current' },
}

export const LOG_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/changes',
    id: 'listChanges',
    area: 'Log',
    summary: 'The log as a feed',
    description:
      'One line per entry, gap-free and never beyond the last checkpoint. `member`, `kind` and `country` may be repeated or hold several values between commas; an entry must pass each that is given. Lines without a country, such as erasures and what was erased, pass every `country`. A filtered page may be empty although more follows: go on at its `Link: rel="next"`. A page without one ends at the head: ask again with its `Next-After`.',
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
      {
        name: 'member',
        in: 'query',
        description: 'Only entries signed by these members; `alliance` for the operator’s.',
        schema: { type: 'string' },
        example: 'th-dbd,vn-idea',
      },
      {
        name: 'kind',
        in: 'query',
        description: 'Only these kinds. Whoever keeps records follows `record,status,erasure`.',
        schema: { type: 'string' },
        example: 'record,status,erasure',
      },
      {
        name: 'country',
        in: 'query',
        description: 'Only about holders, or members, of these countries.',
        schema: { type: 'string' },
        example: 'TH',
      },
      STATE,
      {
        name: 'wait',
        in: 'query',
        description:
          'Seconds to wait at the head until something comes. Cut to what the hub allows; the answer is not kept by caches.',
        schema: { type: 'integer', minimum: 0, maximum: MAX_WAIT },
      },
    ],
    answers: {
      200: {
        description: 'Lines of JSON.',
        tagged: true,
        headers: ['Checkpoint-Size', 'Next-After', 'Link'],
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
    path: '/v1/snapshot',
    id: 'getSnapshot',
    area: 'Log',
    summary: 'The whole log, for a copy that starts from nothing',
    description:
      'Names the parts that together hold every entry up to one checkpoint. Fetch and check them, then go on with `/v1/changes?after=<size-1>`.',
    parameters: [STATE],
    answers: {
      200: {
        description: 'The manifest.',
        tagged: true,
        headers: ['Checkpoint-Size'],
        content: {
          [TYPES.json]: {
            schema: ref('Snapshot'),
            examples: {
              small: {
                summary: 'A log of two entries, from which nothing was erased',
                value: {
                  size: 2,
                  at: '2026-11-22T03:00:00.000Z',
                  checkpoint: CHECKPOINT,
                  edition: '0',
                  parts: [{ url: '/v1/snapshot/0/0-2.ndjson.gz', from: 0, to: 2 }],
                },
              },
            },
          },
        },
      },
    },
    refusals: ['bad-query', 'not-ready'],
  },
  {
    method: 'get',
    path: '/v1/snapshot/{edition}/{part}',
    id: 'getSnapshotPart',
    area: 'Log',
    summary: 'A part of the snapshot',
    description:
      'Lines of the feed, gzipped, made from the log as it is now: what is erased is in no part. One that breaks off was not whole: fetch it again. The entity tag is that of the whole log; with `state=current` there is none.',
    parameters: [
      {
        name: 'edition',
        in: 'path',
        description: 'As the manifest names it.',
        schema: { type: 'string' },
        example: '0',
      },
      {
        name: 'part',
        in: 'path',
        description: '`<from>-<to>.ndjson.gz`, as the manifest names it.',
        schema: { type: 'string', pattern: String.raw`^\d+-\d+\.ndjson\.gz$` },
        example: '0-2.ndjson.gz',
      },
      STATE,
    ],
    answers: {
      200: {
        description: 'Gzipped lines of JSON.',
        tagged: true,
        content: { [TYPES.gzip]: { schema: BYTES } },
      },
    },
    refusals: ['bad-query', 'not-found', 'snapshot-gone'],
  },
  {
    method: 'get',
    path: '/log/tile/{level}/{index}',
    id: 'getTile',
    area: 'Log',
    summary: 'A tile of the tree, or a bundle of its entries',
    description:
      'As C2SP tlog-tiles names them: 256 hashes of a level, or 256 entries; fewer with the suffix `.p/<W>`. An address has one spelling, and what it holds never changes.',
    parameters: [
      {
        name: 'level',
        in: 'path',
        description: '0 for the leaves’ hashes, and upwards; `entries` for the entries themselves.',
        schema: { type: 'string', pattern: '^(entries|[0-9]{1,2})$' },
        example: 'entries',
      },
      {
        name: 'index',
        in: 'path',
        description: 'In groups of three digits, all but the last behind an `x`. Slashes are not escaped.',
        schema: { type: 'string', pattern: String.raw`^(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?$` },
        example: 'x001/234.p/5',
      },
    ],
    answers: {
      200: {
        description: 'Hashes of 32 bytes, or entries each behind its length in two bytes.',
        tagged: true,
        content: { [TYPES.bytes]: { schema: BYTES } },
      },
    },
    refusals: ['bad-query', 'not-found'],
  },
  {
    method: 'get',
    path: '/log/proof/inclusion',
    id: 'proveInclusion',
    area: 'Log',
    summary: 'That an entry is in the tree of a checkpoint',
    parameters: [
      {
        name: 'index',
        in: 'query',
        required: true,
        description: 'Log index of the entry.',
        schema: ref('LogIndex'),
      },
      {
        name: 'size',
        in: 'query',
        description: 'Size of the checkpoint; absent: the newest.',
        schema: { type: 'integer', minimum: 1 },
      },
    ],
    answers: {
      200: {
        description: 'The proof.',
        tagged: true,
        content: {
          [TYPES.json]: {
            schema: ref('InclusionProof'),
            examples: {
              second: { summary: 'The second of two', value: { index: 1, size: 2, hashes: [LEAF_HASH] } },
            },
          },
        },
      },
    },
    refusals: ['bad-query', 'bad-cursor'],
  },
  {
    method: 'get',
    path: '/log/proof/consistency',
    id: 'proveConsistency',
    area: 'Log',
    summary: 'That a checkpoint continues an earlier one',
    parameters: [
      {
        name: 'from',
        in: 'query',
        required: true,
        description: 'Size of the earlier checkpoint.',
        schema: { type: 'integer', minimum: 0 },
      },
      {
        name: 'to',
        in: 'query',
        description: 'Size of the later one; absent: the newest.',
        schema: { type: 'integer', minimum: 0 },
      },
    ],
    answers: {
      200: {
        description: 'The proof.',
        tagged: true,
        content: {
          [TYPES.json]: {
            schema: ref('ConsistencyProof'),
            examples: {
              grown: { summary: 'From one entry to two', value: { from: 1, to: 2, hashes: [LEAF_HASH] } },
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
    description:
      'A signed-note verifier line (C2SP signed-note): pin it once. While a key is being replaced there are two, first those that signed the newest checkpoint: only keys that the operator answers for, and none that was retired.',
    answers: {
      200: {
        description: 'A line for each key in use.',
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
