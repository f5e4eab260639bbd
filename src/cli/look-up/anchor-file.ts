/** The alliance's keys in a file: pinned at first use, or got by another way and named with `--anchor`. */
import { existsSync } from 'node:fs'
import * as z from 'zod'
import { ConfigError } from '../../node.js'
import { canonicalJson } from '../../trust/digest.js'
import { publicJwk } from '../../trust/keys.js'
import type { Anchor } from '../../verify.js'
import { readJson, writeJson } from '../workspace.js'

const anchorFile = z.object({
  alliance: z.string(),
  origin: z.string(),
  federation: z.array(publicJwk).min(1),
  operator: z.array(publicJwk).min(1),
  log: z.object({ origin: z.string(), vkey: z.string() }),
  demo: z.boolean(),
})

/** @throws ConfigError for keys of another hub: they would refuse every answer of this one */
export function readAnchorFile(file: string, origin: string): Anchor {
  const anchor = readJson(file, anchorFile)
  if (anchor.origin === origin) return anchor
  throw new ConfigError(
    `${file} holds the keys of ${anchor.origin}, not of ${origin}. Name that hub with --hub, or another anchor.`,
  )
}

/** Pins keys once. @throws ConfigError when other keys are pinned there: replacing them must be a decision */
export function pinAnchor(file: string, anchor: Anchor): void {
  if (
    existsSync(file) &&
    canonicalJson(readJson(file, z.json())) !== canonicalJson(JSON.parse(JSON.stringify(anchor)))
  ) {
    throw new ConfigError(
      `${file} holds other keys. Either this hub is false, or the alliance changed its keys: ask it by telephone, and remove the file yourself before you pin the new ones.`,
    )
  }
  writeJson(file, anchor)
}
