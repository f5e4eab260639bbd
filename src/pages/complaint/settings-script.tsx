/** What a page hands to its script, and the script itself by its hash (docs/self-hosted-intake.md). */
import { raw } from 'hono/html'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { type BrowserBundle, CLIENT_FOLDER } from './bundles.js'

/** JSON inside the page: the script reads it by its id and fetches nothing. */
export function SettingsScript({ id, settings }: { id: string; settings: object }): JSX.Element {
  // Inside a script element only "<" could end it, or open a comment.
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c')
  return (
    <script type="application/json" id={id}>
      {raw(json)}
    </script>
  )
}

export function BundleScript({ bundle }: { bundle: BrowserBundle }): JSX.Element {
  return (
    <script
      type="module"
      src={`${CLIENT_FOLDER}${bundle.file}`}
      integrity={bundle.integrity}
      crossorigin="anonymous"
    ></script>
  )
}
