/**
 * Finds the shop in what she pasted, and leaves everything else here: her order's path, what the link tracks, the words
 * around it. The hub's own reader of links knows many more forms; it is too large for a cheap telephone.
 */

/** Platforms on which a shop is a path, by the ends of their hosts. */
const PLATFORM_HOSTS =
  /(^|\.)(shopee\.[a-z.]+|lazada\.[a-z.]+|facebook\.com|fb\.com|fb\.me|m\.me|tiktok\.com|instagram\.com|line\.me|lin\.ee)$/
/** The one parameter that names a shop: `facebook.com/profile.php?id=…`. */
const SHOP_PARAMETER = 'id'
/** Longest path of a shop on a platform; addresses of goods are longer and name the shop in front. */
const MAX_PATH = 300

/** A web address in a text: its host may be in any script, its path ends where ASCII does. */
const ADDRESS = /https?:\/\/[^\s/<>"'“”「」、。]+(?:\/[!-~]*)?/i
/** A host without a scheme, at the start or behind a space. */
const BARE_HOST = /(?:^|\s)((?:[\p{L}\p{N}\p{M}_-]+\.)+[\p{L}\p{M}]{2,}(?::\d{1,5})?(?:\/[!-~]*)?)/u
/** Where a sentence in a script without spaces goes on right behind an ASCII host: `https://shop.exampleを見て`. */
const SENTENCE_BEHIND = /^((?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,})[^!-~]/i
/** The key of a shop on a platform, as the hub shows it. */
const KEY = /^(line|facebook|shopee|lazada|tiktok|instagram):[a-z0-9:._@-]{2,100}$/

/**
 * The shop's own address, or its link on a platform; undefined where there is none.
 *
 * @example findShopLink('見て https://shop.example/orders/77?user=hanako') // 'https://shop.example'
 * @example findShopLink('https://shopee.co.th/somjai.silk?smtt=0.0') // 'https://shopee.co.th/somjai.silk'
 */
export function findShopLink(pasted: string): string | undefined {
  const text = pasted.normalize('NFKC').trim()
  if (KEY.test(text)) return text
  const found = ADDRESS.exec(text)?.[0] ?? BARE_HOST.exec(text)?.[1]
  if (!found) return undefined
  const written = SENTENCE_BEHIND.exec(found)?.[1] ?? found
  try {
    const url = new URL(/^https?:/i.test(written) ? written : `https://${written}`)
    if (!url.hostname.includes('.') || /^[\d.]+$/.test(url.hostname)) return undefined
    if (!PLATFORM_HOSTS.test(url.hostname)) return url.origin
    const id = url.pathname.endsWith('/profile.php') ? url.searchParams.get(SHOP_PARAMETER) : null
    return `${url.origin}${url.pathname.slice(0, MAX_PATH)}${id ? `?${SHOP_PARAMETER}=${encodeURIComponent(id)}` : ''}`
  } catch {
    return undefined
  }
}

/** Whether a link found here leads to a platform, where the address alone names no shop. */
export function isPlatformLink(link: string): boolean {
  return KEY.test(link) || PLATFORM_HOSTS.test(new URL(link).hostname)
}
