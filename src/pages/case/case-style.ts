/** The style sheet of the page on which a consumer follows her case, beside those of all pages and of all scripts. */
import { sha256Hex } from '../../trust/digest.js'

export const CASE_STYLE = `.case .panel h2{font-size:1.375rem;margin-bottom:.5rem}
.case>section,.case>.warning{margin-bottom:1.5rem}
.news{position:sticky;bottom:.5rem;z-index:1;margin:0}
.news:not(:empty){background:var(--warn);border:2px solid var(--warn-line);border-radius:4px;padding:.5rem .75rem;font-weight:700}
.case .warning{flex-wrap:wrap}
.lines>div{display:grid;grid-template-columns:minmax(6.5rem,32%) 1fr;column-gap:.75rem;padding:.375rem 0}
.lines dd{overflow-wrap:anywhere}
.written{white-space:pre-wrap}
.todo{border:3px solid var(--brand);border-radius:4px;padding:1rem}
.todo>:last-child{margin-bottom:0}
.coded{padding-left:1.25rem}
.timeline{list-style:none;padding:0}
.timeline>li{border-left:4px solid var(--line);padding:0 0 .75rem .75rem;margin:0}
.timeline>.mine{border-color:var(--brand)}
.timeline h3,.timeline .hint{margin-bottom:.25rem}
.timeline .coded{margin-bottom:.5rem}
.beside{display:grid;gap:.5rem;margin-bottom:.75rem}
.beside figure{margin:0;background:var(--quiet);padding:.625rem .75rem;border-radius:4px;min-width:0}
.beside .made-machine{border:1px dashed var(--line)}
.beside figcaption{font-size:1rem;color:var(--soft)}
.beside blockquote{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.attached .word{margin-bottom:.25rem}
.attached ul{list-style:none;padding:0;margin:0}
.attached li{margin-bottom:.5rem}
.attached img{display:block;max-width:100%;height:auto;border:1px solid var(--hair);margin-bottom:.5rem}
.attached [role=status]:empty{display:none}
.more,.contacts{margin-bottom:1.5rem}
.more details+details,.more .hint+details{border-top:0}
.choose{display:grid;gap:.75rem}
.confirm{background:var(--quiet);padding:.75rem;border-radius:4px}
.digits{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
p.digits{font-size:1.375rem;font-weight:700;margin:0 0 .75rem}
.gate{margin-bottom:1rem}
.agency,.contact{margin-bottom:1rem}
.agency ul,.contact ul{list-style:none;padding:0;margin:0}
.agency a{display:inline-block;padding:.5rem 0;overflow-wrap:anywhere}
.agency .word,.agency .hint,.contact h3,.contact .hint{margin-bottom:.25rem}
@media (min-width:40rem){.beside{grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}.choose{grid-template-columns:1fr 1fr}.todo{padding:1.5rem}}
@media print{.case .todo,.case .buttons,.case form,.case .consent,.case .confirm,.news,.contacts{display:none}.timeline>li{break-inside:avoid}}
`

/** Path of the style sheet without its version. */
export const CASE_STYLE_FILE = '/case.css'
/** Hex characters that name a version. */
const VERSION_HEX = 12

/** Changes with its content, so it may be kept for good. */
export const CASE_STYLE_PATH = `${CASE_STYLE_FILE}?v=${sha256Hex(CASE_STYLE).slice(0, VERSION_HEX)}`
