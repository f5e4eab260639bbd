/** Brackets and colons between the parts of a line: languages write them differently (DESIGN 4.13). */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { phrase } from '../frame/phrase.js'
import type { Reader } from '../frame/reader.js'

/** In brackets, with what the language sets before them. */
export function Aside({ reader, children }: { reader: Reader; children: Child }): JSX.Element {
  return <>{phrase(reader.texts.schemes.aside, { text: <>{children}</> })}</>
}

/** A name and what is said of it. */
export function Named({
  name,
  reader,
  children,
}: {
  name: Child
  reader: Reader
  children: Child
}): JSX.Element {
  return <>{phrase(reader.texts.schemes.named, { name: <>{name}</>, text: <>{children}</> })}</>
}
