/** Column headers of facts in an officer's language, where the text of a requirement says what the cell answers. */
import type { MemberDefinition } from '../../alliance/definition.js'
import { type Language, pickText } from '../../alliance/text.js'

/** A spreadsheet's header that no longer fits a screen helps nobody; the fact's own name is then shorter. */
const MAX_HEADER = 120

/** Where a requirement's sentence turns to details: a bracket, a colon, or its examples. */
const DETAILS = /\s*(?:[(（:：]|,? ?(?:for example|เช่น|ví dụ|例えば))[\s\S]*$/u

interface Requirement {
  schema: unknown
  text: string
}

/**
 * Headers by fact. A text serves only where the cell answers it as it stands: a statement that must be true, with yes
 * or no; a proof to be named; or a number that the text explains behind the fact's name. A threshold ("at least 1
 * year"), a statement that must be false, and a sentence about several facts would mislead, so the name stays.
 * @param taken headers of the other columns
 */
export function nameFacts(
  definition: MemberDefinition,
  lang: Language,
  facts: readonly string[],
  taken: readonly string[],
): Map<string, string> {
  const requirements = definition.marks.flatMap(({ levels }) =>
    levels.flatMap((level) =>
      level.requirements.flatMap(({ schema, text }): Requirement[] => {
        const picked = pickText(text, lang)
        // An English sentence is no better than the name for somebody who asked for another language.
        return picked.lang === lang ? [{ schema, text: picked.text }] : []
      }),
    ),
  )
  const headers = new Map<string, string>()
  for (const fact of facts) {
    const header = requirements
      .filter(({ text }) => facts.filter((name) => mentions(text, name)).join() === fact)
      .map((requirement) => headerFrom(requirement, fact, lang))
      .find((text) => text !== undefined && !taken.includes(text) && ![...headers.values()].includes(text))
    if (header !== undefined) headers.set(fact, header)
  }
  return headers
}

function mentions(text: string, fact: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9])${fact}(?![A-Za-z0-9])`).test(text)
}

function headerFrom({ schema, text }: Requirement, fact: string, lang: Language): string | undefined {
  const said = (schema as { properties?: Record<string, { type?: unknown; const?: unknown }> }).properties?.[
    fact
  ]
  const header = readHeader(text, fact, lang, said)
    ?.trim()
    .replace(/[.。]$/u, '')
  return header && header.length <= MAX_HEADER && !mentions(header, fact) ? header : undefined
}

function readHeader(
  text: string,
  fact: string,
  lang: Language,
  said: { type?: unknown; const?: unknown } | undefined,
): string | undefined {
  if (said?.type === 'boolean') return said.const === true ? text.replace(DETAILS, '') : undefined
  if (said?.type === 'string') return text.replace(DETAILS, '')
  // In English the name is the beginning of its own explanation: "yearsRegistered: full years since".
  if (lang === 'en') return undefined
  return new RegExp(`[(（]${fact}\\s*[:：]([^)）]+)[)）]`, 'u').exec(text)?.[1]
}
