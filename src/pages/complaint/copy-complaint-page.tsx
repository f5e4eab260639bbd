/** A copy's page for complaints: it takes none, so it names the hub's form, and the bodies that need no hub (DESIGN 6). */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { ComplaintDesk } from '../../hub/complaint-desks.js'
import { ComplaintsAtHub } from '../frame/copy-notice.js'
import { Layout } from '../frame/layout.js'
import type { Setting } from '../frame/setting.js'
import { TEXTS } from '../languages/texts.js'
import { CLIENT_STYLE_PATH } from './client-style.js'
import { complaintAddress, Desks } from './complaint-page.js'

/** @param search `?…` with the shop that it was opened for, which the hub's form takes too; or empty */
export function CopyComplaintPage({
  setting,
  desks,
  search,
}: {
  setting: Setting
  desks: readonly ComplaintDesk[]
  search: string
}): JSX.Element {
  const { reader } = setting
  const { page } = TEXTS[reader.lang].complaint
  const { instead } = reader.t.copy
  return (
    <Layout
      frame={{
        ...setting,
        title: page.title,
        description: instead,
        search,
        index: search === '',
        styles: [CLIENT_STYLE_PATH],
      }}
    >
      <h1>{page.title}</h1>
      <p class="lead">
        <ComplaintsAtHub form={complaintAddress(setting, search)} reader={reader} />
      </p>
      <p>{instead}</p>
      <Desks desks={desks} texts={page} reader={reader} />
    </Layout>
  )
}
