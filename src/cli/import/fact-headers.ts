/** Column headers of facts in an officer's language, where a requirement says what the cell answers. */
import type { MemberDefinition, Requirement } from '../../alliance/definition.js'
import { factsOf } from '../../alliance/fact-domain.js'
import { type Language, type LocalText, pickText } from '../../alliance/text.js'

/** A spreadsheet's header that no longer fits a screen helps nobody; the fact's own name is then shorter. */
const MAX_HEADER = 120

/** Where a requirement's sentence turns to details: a bracket, a colon, or its examples. */
const DETAILS = /\s*(?:[(（:：]|,? ?(?:for example|เช่น|ví dụ|例えば))[\s\S]*$/u

/**
 * Headers by fact: what the requirement itself says that the fact is; else its text, where the cell answers it as it
 * stands: a statement that must be true, with yes or no, or a proof to be named. A threshold ("at least 1 year"), a
 * statement that must be false, and a sentence about several facts would mislead, so the name stays.
 * @param taken headers of the other columns
 */
export function nameFacts(
  definition: MemberDefinition,
  lang: Language,
  facts: readonly string[],
  taken: readonly string[],
): Map<string, string> {
  const requirements = definition.marks.flatMap(({ levels }) => levels.flatMap((level) => level.requirements))
  const headers = new Map<string, string>()
  for (const fact of facts) {
    const header = requirements
      .map((requirement) => headerFrom(requirement, fact, lang))
      .find((text) => text !== undefined && !taken.includes(text) && ![...headers.values()].includes(text))
    if (header !== undefined) headers.set(fact, header)
  }
  return headers
}

function headerFrom(requirement: Requirement, fact: string, lang: Language): string | undefined {
  const header = readHeader(requirement, fact, lang)
    ?.trim()
    .replace(/[.。]$/u, '')
  return header && header.length <= MAX_HEADER ? header : undefined
}

function readHeader(requirement: Requirement, fact: string, lang: Language): string | undefined {
  const { facts = {}, schema, text } = requirement
  const explained = Object.hasOwn(facts, fact) ? facts[fact] : undefined
  if (explained) return ownText(explained, lang)
  if (
    factsOf(requirement)
      .map(({ name }) => name)
      .join() !== fact
  )
    return undefined
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown; const?: unknown }> }
  const said = properties[fact]
  const serves = said?.type === 'string' || (said?.type === 'boolean' && said.const === true)
  return serves ? ownText(text, lang)?.replace(DETAILS, '') : undefined
}

/** An English sentence is no better than the fact's name for somebody who asked for another language. */
function ownText(text: LocalText, lang: Language): string | undefined {
  const picked = pickText(text, lang)
  return picked.lang === lang ? picked.text : undefined
}
