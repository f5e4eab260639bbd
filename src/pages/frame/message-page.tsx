/** Pages that only say one thing: nothing at this address, or the hub failed (DESIGN 4.13). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { Layout } from './layout.js'
import { localPath } from './reader.js'
import type { Setting } from './setting.js'

export function MessagePage({
  setting,
  about,
}: {
  setting: Setting
  about: 'missing' | 'failed'
}): JSX.Element {
  const { reader } = setting
  const { title, says } = reader.t[about]
  return (
    <Layout frame={{ ...setting, title, description: says, search: '', index: false }}>
      <h1>{title}</h1>
      <p class="lead">{says}</p>
      <p>
        <a href={localPath(reader.lang, '/')}>{reader.t.missing.back}</a>
      </p>
    </Layout>
  )
}
