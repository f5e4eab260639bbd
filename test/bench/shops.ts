/** What the benchmark publishes: one member, and any number of distinct shops with signed records of everyday size. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MemberDefinition } from '../../src/alliance/definition.js'
import { packageRoot } from '../../src/node.js'
import { generateKey } from '../../src/trust/keys.js'
import { createSigner } from '../../src/trust/signer.js'
import { createMember, recordClaims, signRecord, type TestMember } from '../hub-fixture.js'

/** The origin that all benchmark data belongs to, whatever port a process listens on. */
export const ORIGIN = 'http://127.0.0.1:8787'
/** Statements in one request: the most it may carry. */
export const BATCH = 1000

export interface Publisher {
  member: TestMember
  operatorPublic: Awaited<ReturnType<typeof generateKey>>['publicJwk']
  /** JWT seconds: `iat` of every record. */
  at: number
}

export async function createPublisher(): Promise<Publisher> {
  const operator = await generateKey('operator')
  const at = Math.floor(Date.now() / 1000) - 1
  const definition = JSON.parse(
    readFileSync(join(packageRoot(), 'members/th-dbd/member.json'), 'utf8'),
  ) as MemberDefinition
  const member = await createMember('th-dbd', ORIGIN, await createSigner(operator.privateJwk), at, {
    definition,
  })
  return { member, operatorPublic: operator.publicJwk, at }
}

/** Records of the shops `start` to `start + count`, signed ES256. */
export async function signShops({ member, at }: Publisher, start: number, count: number): Promise<string[]> {
  const signed: string[] = []
  for (let from = start; from < start + count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, start + count - from) }, (_, i) => from + i)
    signed.push(
      ...(await Promise.all(numbers.map((number) => signRecord(member, shopClaims(member, at, number))))),
    )
  }
  return signed
}

function shopClaims(member: TestMember, iat: number, number: number): ReturnType<typeof recordClaims> {
  return recordClaims(member, iat, {
    certificate: `E-${number.toString(36)}`,
    url: shopUrl(number),
    origin: ORIGIN,
    holder: {
      name: {
        th: `บริษัท ร้านค้าทดสอบ ${number.toString(36)} จำกัด`,
        en: `Benchmark Shop ${number.toString(36)} Co., Ltd.`,
      },
      identifiers: [{ scheme: 'th-juristic', value: juristicNumber(number) }],
      contact: [{ kind: 'email', value: `contact@shop-${number.toString(36)}.example` }],
    },
  })
}

export function shopUrl(number: number): string {
  return `https://shop-${number.toString(36)}.example`
}

/** The path that looks a shop up by the address a browser shows. */
export function lookupPath(number: number): string {
  return `/v1/verify?url=${encodeURIComponent(`${shopUrl(number)}/`)}`
}

/** The path of the page to which the shop's seal leads. */
export function pagePath(number: number): string {
  return `/r/${encodeURIComponent(`th-dbd:E-${number.toString(36)}`)}`
}

/** A well-formed Thai juristic number: 0, eleven digits, and the check digit. */
function juristicNumber(number: number): string {
  const digits = `0${String(10_000_000_000 + number)}`
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (13 - i), 0)
  return `${digits}${(11 - (sum % 11)) % 10}`
}
