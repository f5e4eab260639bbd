/** JSON inside a page, which no policy counts as a script: for our own scripts and for search engines (HTML, data blocks). */
import { raw } from 'hono/html'
import type { JSX } from 'hono/jsx/jsx-runtime'

/** @param type media type, such as `application/json` or `application/ld+json` */
export function DataScript({ type, id, data }: { type: string; id?: string; data: object }): JSX.Element {
  // Inside a script element only "<" could end it, or open a comment.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return (
    <script type={type} {...(id !== undefined && { id })}>
      {raw(json)}
    </script>
  )
}
