/** What a page hands to its script, and the script itself by its hash (docs/self-hosted-intake.md). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { DataScript } from '../frame/data-script.js'
import { type BrowserScript, CLIENT_FOLDER } from './bundles.js'

/** JSON inside the page: the script reads it by its id and fetches nothing. */
export function SettingsScript({ id, settings }: { id: string; settings: object }): JSX.Element {
  return <DataScript type="application/json" id={id} data={settings} />
}

export function BundleScript({ bundle }: { bundle: BrowserScript }): JSX.Element {
  return (
    <script
      type="module"
      src={`${CLIENT_FOLDER}${bundle.file}`}
      integrity={bundle.integrity}
      crossorigin="anonymous"
    ></script>
  )
}
