/** The log's origin line and the name of its keys (C2SP tlog-checkpoint, "Note text"). */

/**
 * The alliance's name without a scheme, as the specification advises.
 * @param origin the hub's, such as `https://hub.example`
 * @param generation from 1; a log that was restored without what came after its backup starts the next one, for it may
 *   never sign two histories under one name
 */
export function formatLogOrigin(origin: string, generation = 1): string {
  const name = `${origin.replace(/^https?:\/\//, '')}/log`
  return generation === 1 ? name : `${name}-${generation}`
}

/** 2 to 9999, written one way: a log is started anew by hand, after a disaster, and a name has one reading. */
const LATER_GENERATION = /^(.+\/log)-([2-9]|[1-9][0-9]{1,3})$/

/**
 * Reads a log's name back.
 * @returns the name of the hub's first log, and which start of it this is; undefined for what is no log of a hub
 */
export function parseLogOrigin(name: string): { first: string; generation: number } | undefined {
  if (name.endsWith('/log') && name.length > '/log'.length) return { first: name, generation: 1 }
  const [, first, generation] = LATER_GENERATION.exec(name) ?? []
  return first ? { first, generation: Number(generation) } : undefined
}
