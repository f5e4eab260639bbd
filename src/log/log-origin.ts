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
