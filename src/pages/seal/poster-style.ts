/** The style sheet of posters: sizes in millimetres, and nothing but the poster on paper. */
import { sha256Hex } from '../../trust/digest.js'

/** Parcel labels are 105 × 74 mm, eight to a sheet, as sold for printers. */
const POSTER_STYLE = `.poster-sizes{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:0 1.25rem}
.poster-sizes a{display:inline-flex;align-items:center;min-height:44px}
.poster-sizes a[aria-current]{color:var(--ink);font-weight:700;text-decoration:none;box-shadow:inset 0 -3px var(--brand)}
.poster{background:#fff;color:#000;border:1px solid #000;display:flex;flex-direction:column;align-items:center;text-align:center;padding:1.25rem;margin:0 auto 1rem;max-width:26rem;overflow-wrap:anywhere;break-inside:avoid;forced-color-adjust:none}
.poster h2,.poster .poster-heading{font-size:1.5rem;font-weight:700;line-height:1.3;margin:0 0 .5rem}
.poster h2:lang(th),.poster .poster-heading:lang(th){line-height:1.5}
.poster p{margin:0 0 .5rem;text-wrap:balance}
.poster:lang(ja){word-break:auto-phrase}
.poster .poster-name{font-size:1.25rem;font-weight:700;line-height:1.4}
.poster .poster-places{list-style:none;margin:0 0 .25rem;padding:0;font-size:1.125rem;font-weight:700}
.poster svg{display:block;width:100%;max-width:18rem;height:auto}
.poster .poster-small{font-size:1rem;margin:0}
.poster .poster-demo{align-self:stretch;grid-column:1/-1;margin:0 0 .75rem;padding:.125rem .5rem;text-align:center;font-weight:700;background:#ffdf80;color:#201700;border:2px solid #201700;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.poster-parcel-sheet{display:grid;grid-template-columns:1fr;gap:.5rem}
.parcel{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;column-gap:.75rem;align-items:center;text-align:start;padding:.75rem}
.parcel .poster-heading{font-size:1.125rem}
.parcel .poster-name,.parcel .poster-places{font-size:1rem}
.parcel+.parcel{display:none}
@media print{
body>header,body>footer,main>:not(.posters),.skip,.demo{display:none!important}
body,main{background:#fff;color:#000;margin:0;padding:0;max-width:none}
main>.posters{margin:0}
.poster{border:0;margin:0;max-width:none}
.poster-a4{width:210mm;height:296mm;padding:22mm 20mm;justify-content:center}
.poster-a4 .poster-heading{font-size:28pt}.poster-a4 .poster-name{font-size:24pt}.poster-a4 .poster-places{font-size:20pt}.poster-a4 p{font-size:16pt}.poster-a4 .poster-small{font-size:12pt}
.poster-a4 .poster-demo{font-size:20pt;margin-bottom:8mm}
.poster-a4 svg{width:120mm;max-width:none}
.poster-a6{width:105mm;height:147mm;padding:7mm;justify-content:center}
.poster-a6 .poster-heading{font-size:13pt}.poster-a6 .poster-name{font-size:12pt}.poster-a6 .poster-places{font-size:11pt}.poster-a6 p,.poster-a6 .poster-small{font-size:8.500pt}
.poster-a6 .poster-demo{font-size:10pt;margin-bottom:2mm}
.poster-a6 svg{width:58mm;max-width:none}
.poster-parcel-sheet{grid-template-columns:105mm 105mm;gap:0;width:210mm}
.parcel,.parcel+.parcel{display:grid;grid-template-columns:38mm 1fr;width:105mm;height:74mm;padding:6mm;overflow:hidden}
.parcel .poster-heading{font-size:10.500pt;margin-bottom:1mm}.parcel .poster-name{font-size:9pt}.parcel .poster-places{font-size:9pt}.parcel p,.parcel .poster-small{font-size:7.500pt;margin-bottom:1mm}
.parcel .poster-demo{font-size:8pt;line-height:1.3;margin:0;padding:0 1mm}
.parcel svg{width:38mm;max-width:none}
}
`

export const POSTER_SIZES = ['a4', 'a6', 'parcel'] as const
export type PosterSize = (typeof POSTER_SIZES)[number]

/** In millimetres, since CSS has no word for A6. Pages with a name of their own would serve all sizes in one sheet, but not every browser that prints knows them. */
const PAPER: Readonly<Record<PosterSize, string>> = {
  a4: '210mm 297mm',
  a6: '105mm 148mm',
  parcel: '210mm 297mm',
}

/** The rules for a poster on its paper. */
export function posterStyle(size: PosterSize): string {
  return `@page{size:${PAPER[size]};margin:0}\n${POSTER_STYLE}`
}

/** The size that somebody asked for; any other word is the largest. */
export function readPosterSize(text: string | undefined): PosterSize {
  return POSTER_SIZES.find((size) => size === text) ?? 'a4'
}

export const POSTER_STYLE_FILE = '/seal/poster.css'
/** Hex characters that name a version. */
const VERSION_HEX = 12

/** Changes with its content, so it may be kept for good. */
export function posterStylePath(size: PosterSize): string {
  return `${POSTER_STYLE_FILE}?size=${size}&v=${sha256Hex(posterStyle(size)).slice(0, VERSION_HEX)}`
}
