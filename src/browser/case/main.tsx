/** Entry of the page on which a consumer follows her case (DESIGN 4.9): reads what the page says, then takes its place. */
import '../kit/old-browsers.js'
import { render } from 'hono/jsx/dom'
import type { Anchor } from '../../verify.js'
import { createHubApi } from '../kit/hub-api.js'
import { fetchPart, readPageJson } from '../kit/page-settings.js'
import { App } from './app.js'
import { type CasePageWords, type CaseSettings, createWords, PLACE_ID, SETTINGS_ID } from './words.js'

async function start(): Promise<void> {
  const place = document.getElementById(PLACE_ID)
  if (!place) return
  const settings = readPageJson(document, SETTINGS_ID) as CaseSettings
  const [words, anchor] = await Promise.all([
    fetchPart<CasePageWords>(settings.words),
    fetchPart<Anchor | undefined>(settings.anchor),
  ])
  const api = createHubApi(settings.hub.replace(/\/$/, ''))
  // Subtle crypto is missing in old browsers, and wherever the page did not come over TLS.
  const able =
    typeof crypto !== 'undefined' && crypto.subtle !== undefined && typeof Intl.DisplayNames === 'function'
  if (!able) {
    place.textContent = words.texts.faults.browser
    return
  }
  place.replaceChildren()
  render(<App words={createWords(words)} api={api} anchor={anchor} />, place)
}

// A page that comes back from the browser's memory would show the case to whoever presses "back".
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

start().catch((error: unknown) => {
  console.error(error)
  document.getElementById(PLACE_ID)?.classList.add('broken')
})
