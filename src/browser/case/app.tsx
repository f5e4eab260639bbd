/** The page's three places: the gate, the open case, and the way back for a lost secret. Nothing of them is stored. */
import { useState } from 'hono/jsx/dom'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Anchor } from '../../verify.js'
import type { HubApi } from '../kit/hub-api.js'
import { CaseScreen } from './case-screen.js'
import { Gate } from './gate.js'
import { LostSecret } from './lost-secret.js'
import type { OpenCase, Reading } from './open-case.js'
import type { Words } from './words.js'

type Place = { at: 'gate'; ref: string } | { at: 'case'; open: OpenCase } | { at: 'lost'; ref: string }

export function App({
  words,
  api,
  anchor,
}: {
  words: Words
  api: HubApi
  anchor: Anchor | undefined
}): JSX.Element {
  const [place, setPlace] = useState<Place>({ at: 'gate', ref: '' })
  const reading: Reading = { api, anchor, agencies: words.agencies, now: () => Date.now() }
  if (place.at === 'case')
    return (
      <CaseScreen
        first={place.open}
        reading={reading}
        words={words}
        onClose={() => setPlace({ at: 'gate', ref: '' })}
      />
    )
  if (place.at === 'lost')
    return (
      <LostSecret typed={place.ref} api={api} words={words} onDone={(ref) => setPlace({ at: 'gate', ref })} />
    )
  return (
    <Gate
      typed={place.ref}
      reading={reading}
      words={words}
      onOpen={(open) => setPlace({ at: 'case', open })}
      onLost={(ref) => setPlace({ at: 'lost', ref })}
    />
  )
}
