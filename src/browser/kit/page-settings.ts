/** Reads what a page hands to its script: JSON inside the page, parts of which may lie elsewhere (docs/self-hosted-intake.md). */

/** The JSON of the page's element with this id. @throws SyntaxError when there is none */
export function readPageJson(page: Document, id: string): unknown {
  return JSON.parse(page.getElementById(id)?.textContent ?? '')
}

/** A part as it stands, or fetched from the address that stands for it. @throws Error when it can't be had */
export async function fetchPart<T>(value: T | string): Promise<T> {
  if (typeof value !== 'string') return value
  const response = await fetch(value, { credentials: 'omit' })
  if (!response.ok) throw new Error(`${value}: ${response.status}`)
  return (await response.json()) as T
}
