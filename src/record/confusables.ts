/**
 * Characters of other alphabets that look like an ASCII letter or digit in a host name (UTS 39 section 4).
 *
 * Own table, by code point, for in an editor nobody could tell its entries from what they imitate. It holds what a URL
 * leaves unchanged; small and capital letters count as one, and so do letters with a stroke or hook through them.
 */

/** By what is seen: the code points, in hexadecimal, that look like it. */
const LOOKS: Record<string, string> = {
  2: '1bb 14bf a6ef',
  3: '118ca 16f3b 1d206',
  4: '13ce',
  6: '431 13ee 118d5',
  7: '118c6 1d212',
  8: '223 9ea a6a b03 1031a',
  9: '9ed a67 b68 d6d 118cc 118d6',
  a: '251 3b1 430 13aa 15c5 2376 237a a4ee 102a0 16f40',
  b: '180 183 253 463 48d 13cf 13f4 15af 15f7 a4d0 10282 102a1 10301',
  c: 'a2 23c 441 4ab 13df 1d04 2ca5 a4da 102a2 10302 1043d 1051c 118e9 118f2 1f74c',
  d: '111 18c 256 257 501 13a0 13e7 146f 15de 15ea 20ab a4d2 a4d3',
  e: '247 435 4bd 4bf 13ac 212e 22ff 2d39 a4f0 ab32 10286',
  f: '192 584 15b4 1d6e 1e9d a4dd a799 ab35 10287 102a5 10525 118c2 1d213',
  g: '18d 1e5 260 261 581 13c0 13f3 1d83 a4d6',
  h: '127 266 45b 4bb 570 13bb 13c2 13f2 157c a4e7 a695 102cf',
  i: '131 268 269 26a 3b9 456 4cf 13a5 1d7b 1d7c 2373 2378 a647 118c3',
  j: '249 3f3 458 13ab 148d a4d9',
  k: '199 13e6 16d5 20ad a4d7 10518',
  l: '142 19a 1c0 26b 26d 6f1 13de 14aa 16c1 2223 23fd 2d4f a4e1 a4f2 1028a 10309 10320 10526 16f16 16f28 1d22a',
  m: '13b7 15f0 16d6 a4df 102b0 10311',
  n: '19e 273 3b7 578 57c 1d70 a4e0 1018e 10513',
  o: 'f8 275 3b8 3bf 3c3 43e 473 4e9 585 6f5 966 9e6 a66 ae6 b20 b66 be6 c02 c66 c82 ce6 d02 d20 d66 d82 e50 ed0 101d 1040 10ff 12d0 13be 13eb 1d0f 1d11 2296 229d 236c 2c9f 2d31 2d41 2d54 3007 a4f3 a74b ab3d ab3e 10292 102ab 1042c 104ea 10516 114d0 118c8 118d7 118e0 1d21a 1f714',
  p: '1a5 3c1 440 13e2 146d 1d7d 2374 2ca3 a4d1 10295',
  q: '2a0 51b 563 566 2d55',
  r: '24d 27c 27d 433 493 13a1 13d2 1587 1d26 1d72 2c85 a4e3 ab47 ab48 16f35 1d216',
  s: '1bd 282 455 13d5 13da 1d74 a4e2 a731 10296 10448 118c1 16f3a',
  t: '167 1ad 13a2 1d75 22a4 2361 27d9 a4d4 10297 102b1 10315 16f0a 1f768',
  u: '28b 3c5 57d 1200 13cc 144c 1d1c 1d7e 222a 22c3 a4f4 a79f ab4e ab52 104f6 118d8 16f42',
  v: '3bd 475 6f7 13d9 142f 1d20 2228 22c1 2d38 a4e6 a6df 10197 1051d 11706 118c0 16f08 1d20d',
  w: '26f 461 51d 561 13b3 13d4 1d21 20a9 a4ea a761 114c5 1170a 1170e 1170f 118e6 118ef',
  x: 'd7 445 1541 157d 166d 166e 16b7 2573 292b 292c 2a2f 2a30 2d5d a4eb 10196 10290 102b4 10317 10322 10527 118ec',
  y: 'a5 1b4 24f 263 28f 3b3 443 4af 4b1 10e7 13a9 13bd 1d8c 1eff a4ec ab5a 102b2 118dc 16f43',
  z: '1b6 225 290 13c3 1d22 1d76 a4dc 102f5 118c4 118e5',
  aa: 'a733',
  ae: 'e6 4d5',
  ao: 'a735',
  ar: '1f707',
  au: 'a737',
  av: 'a739 a73b',
  ay: 'a73d',
  dz: '2a3',
  ll: '2016 2225 1c1 10199',
  lls: '10198',
  ls: '2aa',
  lt: '20b6',
  lz: '2ab',
  mb: '1f76b',
  oe: '153',
  oo: '221e a74f a699',
  qe: '1f700',
  rn: '118e3 11700 20a5 271 1d6f',
  sss: '1f75c',
  tf: 'a777',
  ts: '2a6',
  ue: '1d6b',
  uo: 'ab63',
  vb: '1f76c',
}

/**
 * Letters of Thai and Japanese that look like another of their own: Thai by UTS 39; kana beside the ideographs and the
 * other kana that have the same shape. To the left what is written, to the right what stands for all that look like it.
 */
const WITHIN: Record<string, string> = {
  ฃ: 'ข',
  ด: 'ค',
  ต: 'ค',
  ม: 'ฆ',
  ซ: 'ช',
  ฏ: 'ฎ',
  ท: 'ฑ',
  ฦ: 'ภ',
  ๅ: 'า',
  ヘ: 'へ',
  リ: 'り',
  ニ: '二',
  ハ: '八',
  カ: '力',
  ト: '卜',
  ロ: '口',
  囗: '口',
  タ: '夕',
  エ: '工',
  ノ: '丿',
  一: 'ー',
  士: '土',
}

/** By character: what it looks like, one or several characters. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(LOOKS).flatMap(([look, codes]) =>
    codes.split(' ').map((code): [string, string] => [String.fromCodePoint(Number.parseInt(code, 16)), look]),
  ),
  ...Object.entries(WITHIN),
])
