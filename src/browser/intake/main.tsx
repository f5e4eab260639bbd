/** Starts the complaint form in the page that holds its settings (issue 3, story 2). */
import '../kit/old-browsers.js'
import { render } from 'hono/jsx/dom'
import { App } from './app.js'
import { Intake } from './intake.js'
import { FORM_ID, readSettings } from './settings.js'

async function start(form: HTMLElement): Promise<void> {
  // Without WebCrypto nothing can be encrypted; the page says so by itself (an http address, or a very old browser).
  if (!globalThis.crypto?.subtle || !('arrayBuffer' in Blob.prototype)) throw new Error('no WebCrypto')
  const intake = new Intake(await readSettings(document))
  form.replaceChildren()
  render(<App intake={intake} />, form)
  intake.start(new URL(location.href))
  document.documentElement.classList.add('with-form')
  document.getElementById('bodies')?.removeAttribute('open')
}

const form = document.getElementById(FORM_ID)
if (form)
  start(form).catch((error: unknown) => {
    console.error(error)
    form.classList.add('broken')
  })
