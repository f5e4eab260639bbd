/** Whether a record covers the page that a visitor sees in the address bar (as `isCovered` of src/record/presence.ts has it). */

/** A covered place as `/seal/{record}.json` lists it. */
export interface Place {
  kind: string
  host?: string
  scope?: string
}

/** As much of `location` as is looked at. */
export interface Address {
  protocol: string
  hostname: string
  port: string
}

/** http and https are one presence, and so are their ports; a dot at the end of a host name means nothing. */
export function covers(places: readonly Place[], { protocol, hostname, port }: Address): boolean {
  if (!/^https?:$/.test(protocol)) return false
  const name = hostname.replace(/\.$/, '')
  const usual = port === '' || port === '80' || port === '443'
  const host = usual ? name : `${name}:${port}`
  return places.some(
    (place) =>
      place.kind === 'web' &&
      place.host !== undefined &&
      (place.host === host || (place.scope === 'domain' && usual && name.endsWith(`.${place.host}`))),
  )
}
