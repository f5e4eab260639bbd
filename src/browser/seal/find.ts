/** Finds seals on a page: pictures that this hub draws, wherever they stand, and links to its records (docs/seal.md). */

/** A record's id as the hub writes it; anything else is no seal, and is asked for nowhere. */
const ID = /^[a-z]{2}-[a-z0-9]{2,20}:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
/** The page of a record in any language, and what stands below it, such as its poster. */
const PAGE = /^(?:\/[A-Za-z-]{2,10})?\/r\/([^/]+)(?:\/|$)/
const PICTURE = /^\/seal\/([^/]+)\.svg$/

export interface Seal {
  /** The record that the picture shows; where the hub drew none, the one that the link leads to. */
  id: string
  /** What is told of: a picture, or a link without one. */
  image: HTMLImageElement | undefined
  link: HTMLAnchorElement | undefined
  /** Address of the picture, if the hub drew it. */
  drawn: string | undefined
  /** The link leads to another record than the picture shows: whoever taps it would be told of another mark. */
  crossed: boolean
}

/**
 * The record whose page an address is.
 * @param hub origin of the hub
 */
export function readPage(address: string, hub: string): string | undefined {
  return readId(address, hub, PAGE)
}

/**
 * The record whose seal an address draws.
 * @param hub origin of the hub
 */
export function readPicture(address: string, hub: string): string | undefined {
  return readId(address, hub, PICTURE)
}

function readId(address: string, hub: string, path: RegExp): string | undefined {
  try {
    const url = new URL(address)
    if (url.origin !== hub) return undefined
    const id = decodeURIComponent(path.exec(url.pathname)?.[1] ?? '')
    return ID.test(id) ? id : undefined
  } catch {
    return undefined
  }
}

/** What a picture shows now: of several sources browsers pick one. */
export function sourceOf(image: HTMLImageElement): string {
  return image.currentSrc || image.src
}

/** All seals of a page. */
export function findSeals(page: Document, hub: string): Seal[] {
  // A form or picture of the page may be named after a method of its document, and then stands in its place.
  const all = <E extends Element>(selector: string): E[] =>
    Array.from(Document.prototype.querySelectorAll.call(page, selector) as NodeListOf<E>)
  const drawn = all<HTMLImageElement>('img').flatMap((image) => readImage(image, hub) ?? [])
  const links = all<HTMLAnchorElement>('a[href*="/r/"]').flatMap((link) => readLink(link, hub) ?? [])
  return [...drawn, ...links]
}

/** A picture of the hub's, with the link around it. */
function readImage(image: HTMLImageElement, hub: string): Seal | undefined {
  const source = sourceOf(image)
  const id = readPicture(source, hub)
  if (id === undefined) return undefined
  const link = image.closest('a') ?? undefined
  const leadsTo = link && readPage(link.href, hub)
  return { id, image, link, drawn: source, crossed: leadsTo !== undefined && leadsTo !== id }
}

/** A link without such a picture: with a copy that the page serves itself, or with words. */
function readLink(link: HTMLAnchorElement, hub: string): Seal | undefined {
  // Where the link leads is what the visitor would see, so that counts, whatever the attribute says.
  const id = readPage(link.href, hub)
  const images = Array.from(link.querySelectorAll('img'))
  if (id === undefined || images.some((image) => readPicture(sourceOf(image), hub))) return undefined
  // A link in a text, on a page that writes about a shop, is no seal.
  if (images.length === 0 && link.dataset.trustmark === undefined) return undefined
  return { id, image: images[0], link, drawn: undefined, crossed: false }
}
