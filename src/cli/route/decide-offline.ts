/** A route without a hub: the rules of this package over member files, as if every member in them were admitted that the demo admits. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MemberDefinition, memberDefinition } from '../../alliance/definition.js'
import type { RouteQuestion } from '../../dispute/route-question.js'
import { route } from '../../dispute/routing/route.js'
import type { RecordFact, Route, RouteDirectory } from '../../dispute/routing/route-facts.js'
import { routeMember } from '../../hub/cases/route-directory.js'
import { ConfigError, packageRoot } from '../../node.js'
import { memberOf } from '../../record/record.js'
import { DESCRIBED_MEMBERS } from '../demo/describe-members.js'

/**
 * Decides as a demo would. Nothing is looked up: a record counts as in force for its member's country, and a mark that no
 * record goes with as one that can't be checked.
 * @param folder of `<id>/member.json` files; those of the package when absent
 * @throws ConfigError
 */
export function decideOffline(
  question: RouteQuestion,
  folder = join(packageRoot(), 'members'),
): { found: Route; directory: RouteDirectory } {
  const directory = readDirectory(folder)
  const record = question.record === undefined ? undefined : imagineRecord(question.record, directory)
  const shown = question.markShown ?? record?.member ?? null
  const { purchaseUrl: _, record: __, marketplace, ...asked } = question
  const found = route(
    {
      ...asked,
      merchantCountry: question.merchantCountry ?? null,
      records: record ? [record] : [],
      markShown: shown,
      markVerdict: shown === null ? 'none' : shown === record?.member ? 'genuine' : 'unverifiable',
      marketplace: marketplace === undefined ? null : { records: [] },
    },
    directory,
  )
  return { found, directory }
}

function readDirectory(folder: string): RouteDirectory {
  const files = existsSync(folder)
    ? readdirSync(folder)
        .map((id) => join(folder, id, 'member.json'))
        .filter((file) => existsSync(file))
    : []
  if (files.length === 0)
    throw new ConfigError(`${folder} holds no <member>/member.json. Name a folder such as members.`)
  const described = new Set<string>(DESCRIBED_MEMBERS)
  return {
    demo: true,
    members: files.map((file) => {
      const definition = readDefinition(file)
      const { id } = definition
      return described.has(id)
        ? routeMember({ id, definition, participation: 'described' }, false)
        : routeMember({ id, definition, participation: 'admitted' }, true)
    }),
  }
}

function readDefinition(file: string): MemberDefinition {
  try {
    return memberDefinition.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new ConfigError(
      `${file} is no member definition: ${error instanceof Error ? error.message : error}`,
    )
  }
}

function imagineRecord(id: string, { members }: RouteDirectory): RecordFact {
  const member = members.find((one) => one.id === memberOf(id))
  if (!member) throw new ConfigError(`--record: no member file says who ${memberOf(id)} is.`)
  return { id, member: member.id, country: member.country, state: 'in_force', bound: true, auditedAt: 0 }
}
