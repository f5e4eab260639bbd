/** The operations about the API itself and the hub's state. Data. */
import { REFUSALS } from '../../refusal.js'
import { TYPES } from '../http.js'
import { SCHEMA_TYPE } from './json-schema.js'
import { type Operation, ref } from './operation.js'
import { DOCUMENT_IDS } from './registry.js'

export const ABOUT_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApi',
    area: 'About',
    summary: 'This description',
    answers: {
      200: {
        description: 'An OpenAPI 3.1 document.',
        tagged: true,
        content: { [TYPES.json]: { schema: { type: 'object', required: ['openapi', 'info', 'paths'] } } },
      },
    },
  },
  {
    method: 'get',
    path: '/schemas',
    id: 'listSchemas',
    area: 'About',
    summary: 'The published schemas',
    answers: {
      200: {
        description: 'Their names and addresses.',
        tagged: true,
        content: { [TYPES.json]: { schema: ref('SchemaList') } },
      },
    },
  },
  {
    method: 'get',
    path: '/schemas/{name}',
    id: 'getSchema',
    area: 'About',
    summary: 'A published schema',
    parameters: [
      {
        name: 'name',
        in: 'path',
        description: 'Its file name.',
        schema: { enum: [...DOCUMENT_IDS.keys()].map((name) => `${name}.json`) },
        example: 'record.json',
      },
    ],
    answers: {
      200: {
        description: 'A JSON Schema (2020-12), self-contained.',
        tagged: true,
        content: { [SCHEMA_TYPE]: { schema: { type: 'object', required: ['$schema', '$id', 'title'] } } },
      },
    },
    refusals: ['not-found'],
  },
  {
    method: 'get',
    path: '/problems',
    id: 'listProblems',
    area: 'About',
    summary: 'Every problem the hub answers with',
    answers: {
      200: {
        description: 'Codes with status and title.',
        tagged: true,
        content: { [TYPES.json]: { schema: ref('ProblemTypes') } },
      },
    },
  },
  {
    method: 'get',
    path: '/problems/{code}',
    id: 'getProblem',
    area: 'About',
    summary: 'What a problem means',
    parameters: [
      {
        name: 'code',
        in: 'path',
        description: 'Its stable code.',
        schema: { enum: Object.keys(REFUSALS) },
        example: 'bad-query',
      },
    ],
    answers: {
      200: {
        description: 'Status and title.',
        tagged: true,
        content: { [TYPES.json]: { schema: ref('ProblemType') } },
      },
    },
    refusals: ['not-found'],
  },
  {
    method: 'get',
    path: '/healthz',
    id: 'getHealth',
    area: 'About',
    summary: 'Does the process run?',
    answers: { 200: { description: 'It does.', content: { [TYPES.json]: { schema: ref('Health') } } } },
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'getReady',
    area: 'About',
    summary: 'Can look-ups be answered?',
    answers: {
      200: {
        description: 'They can; on a demo, with its records published.',
        content: { [TYPES.json]: { schema: ref('Readiness') } },
      },
    },
    refusals: ['not-ready'],
  },
]
