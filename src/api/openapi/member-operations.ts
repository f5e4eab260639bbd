/** The operations about members, and the alliance's own entity statement. Data. */
import { ALLIANCE_ENTITY_TYPE, ENTITY_STATEMENT_TYP } from '../../trust/entity-statement.js'
import { TYPES } from '../http.js'
import { jwt, type Operation, ref } from './operation.js'

const slug = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,30}$' }

export const MEMBER_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/members',
    id: 'listMembers',
    area: 'Members',
    summary: 'Every member, with its marks and the freshness of its register',
    answers: {
      200: {
        description: 'The members.',
        tagged: true,
        content: { [TYPES.json]: { schema: ref('MemberList') } },
      },
    },
  },
  {
    method: 'get',
    path: '/v1/members/{id}',
    id: 'getMember',
    area: 'Members',
    summary: 'One member whole',
    description:
      'Its definition as logged, its public keys, and the operator’s statement that admitted it, with earlier ones as far as other keys signed in cases then.',
    parameters: [
      {
        name: 'id',
        in: 'path',
        description: 'Id of the member.',
        schema: ref('MemberId'),
        example: 'th-dbd',
      },
    ],
    answers: {
      200: {
        description: 'The member.',
        tagged: true,
        content: { [TYPES.json]: { schema: ref('MemberPage') } },
      },
    },
    refusals: ['member-unknown'],
  },
  {
    method: 'get',
    path: '/v1/principles',
    id: 'listPrinciples',
    area: 'Members',
    summary: 'The five common principles, and every mark’s criteria mapped onto them',
    description: 'What is not mapped is not covered: gaps show as absence.',
    answers: {
      200: {
        description: 'Principles and criteria.',
        tagged: true,
        content: { [TYPES.json]: { schema: ref('PrincipleList') } },
      },
    },
  },
  {
    method: 'get',
    path: '/marks/{member}/{mark}/{level}',
    id: 'getMark',
    area: 'Members',
    summary: 'What a trust mark type means',
    description:
      'The address is the `trust_mark_type` of every record of this level. Whoever accepts `text/html` gets a page for people instead.',
    parameters: [
      {
        name: 'member',
        in: 'path',
        description: 'Id of the member.',
        schema: ref('MemberId'),
        example: 'th-dbd',
      },
      { name: 'mark', in: 'path', description: 'Id of the mark.', schema: slug, example: 'registered' },
      { name: 'level', in: 'path', description: 'Id of the level.', schema: slug, example: 'registered' },
      {
        name: 'format',
        in: 'query',
        description: '`json` gives the data to browsers too.',
        schema: { type: 'string', enum: ['json'] },
      },
    ],
    answers: {
      200: {
        description: 'Mark, level, requirements and sources.',
        tagged: true,
        content: { [TYPES.json]: { schema: ref('MarkPage') } },
      },
    },
    refusals: ['not-found'],
  },
  {
    method: 'get',
    path: '/alliance/.well-known/openid-federation',
    id: 'getAllianceConfiguration',
    area: 'Federation',
    summary: 'Entity configuration of the trust anchor',
    description: `Self-signed. Its metadata of type \`${ALLIANCE_ENTITY_TYPE}\` carries the operator’s keys and the log’s verifier key; \`trust_mark_issuers\` is the mutual recognition.`,
    answers: {
      200: {
        description: 'The entity configuration.',
        tagged: true,
        content: {
          [`application/${ENTITY_STATEMENT_TYP}`]: {
            schema: jwt(`application/${ENTITY_STATEMENT_TYP}`, ENTITY_STATEMENT_TYP, {
              type: 'object',
              properties: {
                iss: { type: 'string' },
                sub: { type: 'string' },
                iat: ref('NumericDate'),
                exp: ref('NumericDate'),
                jwks: { type: 'object' },
                metadata: { type: 'object' },
              },
              required: ['iss', 'sub', 'iat', 'exp', 'jwks', 'metadata'],
            }),
          },
        },
      },
    },
  },
]
