/** The one style sheet of all pages, kept as text so that it runs wherever the hub does; addressed by its content. */
import { sha256Hex } from '../../trust/digest.js'
import { DIRECTORY_STYLE } from '../directory/style.js'
import { ELIGIBILITY_STYLE } from '../eligibility/style.js'
import { LEARN_STYLE } from '../learn/style.js'
import { RECORD_STYLE } from '../record/style.js'
import { SCHEMES_STYLE } from '../schemes/style.js'
import { SEAL_STYLE } from '../seal/style.js'

/**
 * Colours hold WCAG AA contrast in both schemes. Fonts are the reader's own: a cheap telephone must not load any.
 * Thai and Vietnamese stack marks above and below letters, so lines stand wider than Latin alone would need.
 */
const BASE = `:root{color-scheme:light dark;--ink:#11181f;--paper:#fff;--quiet:#f2f4f6;--line:#8a96a1;--hair:#d3d9de;--soft:#4b5761;--link:#0b4f8a;--brand:#12355b;--focus:#ffbf00;--quality:#0a6640;--identity:#1f4f9e;--registration:#5a4a72;--stop:#a01722;--wait:#7d4700;--none:#3f4b55;--warn:#fff3d6;--warn-line:#b36b00}
@media (prefers-color-scheme:dark){:root{--ink:#e9eef2;--paper:#11171c;--quiet:#1b242b;--line:#7d8b97;--hair:#36434d;--soft:#b3bfc9;--link:#8ec5ff;--brand:#8ec5ff;--warn:#33270c;--warn-line:#e0a030}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Thai","Leelawadee UI",Thonburi,sans-serif;overflow-wrap:break-word}
body:lang(th){line-height:1.7}
body:lang(vi){line-height:1.6}
body:lang(ja){line-height:1.7}
body:lang(ja),[lang=ja]{font-family:system-ui,-apple-system,"Hiragino Sans","Yu Gothic UI",Meiryo,"Noto Sans JP","Noto Sans CJK JP",sans-serif}
h1,h2,h3,h4,p,ul,ol,dl,pre{margin:0 0 .75rem}
h1{font-size:1.75rem;line-height:1.25}
h2{font-size:1.3125rem;line-height:1.3}
h3{font-size:1.0625rem;line-height:1.4}
h4{font-size:1.0625rem;margin:0}
h1:lang(th),h2:lang(th){line-height:1.45}
h1:lang(vi),h2:lang(vi){line-height:1.35}
h1:lang(ja){font-size:1.375rem}
h1:lang(ja),h2:lang(ja){line-height:1.4}
h1,h2,h3{text-wrap:balance}
:is(h1,h2,h3):lang(ja){word-break:auto-phrase}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.15em}
a:hover{text-decoration-thickness:3px}
:focus-visible{outline:3px solid var(--focus);outline-offset:0;box-shadow:0 0 0 6px #11181f;border-radius:2px}
small,.hint{font-size:1rem;color:var(--soft)}
.parts,.whole{text-decoration:inherit}.whole{display:inline-block;max-width:100%}
main,.bar,.demo,.offer,.pages,footer{max-width:62rem;margin:0 auto;padding-left:1rem;padding-right:1rem}
main>*,footer>*{max-width:46rem}main.wide>*{max-width:none}
main{padding-top:1.25rem;padding-bottom:1rem;display:block}
main>search{display:block}main>search,main>section,main>article,main>details,main>form{margin-bottom:1.5rem}
.skip{position:absolute;left:1rem;top:-6rem;background:var(--paper);padding:.75rem 1rem;z-index:1}
.skip:focus{top:.25rem}
.demo{margin:0 auto;max-width:none;background:#ffdf80;color:#201700;padding-top:.375rem;padding-bottom:.375rem;font-size:1rem;line-height:1.4;text-align:center}
.demo a{color:inherit}
.bar{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;column-gap:1rem}
body>header{border-bottom:3px solid var(--brand)}
.brand{display:inline-flex;align-items:center;gap:.5rem;min-height:44px;font-weight:700;font-size:1.1875rem;color:var(--brand);text-decoration:none}
.brand .sign{width:1.75rem;height:1.75rem}
nav ul{display:flex;flex-wrap:wrap;list-style:none;margin:0 -.5rem;padding:0}
nav a{display:inline-flex;align-items:center;min-height:44px;min-width:44px;padding:0 .5rem;font-size:1rem;white-space:nowrap}
nav a[aria-current]{color:var(--ink);font-weight:700;text-decoration:none;box-shadow:inset 0 -3px var(--brand)}
.menu{display:inline-flex;align-items:center;min-height:44px;font-weight:700}
.languages{flex-basis:100%}
.pages{display:none;scroll-margin-top:100vh}.pages:target{display:block}.pages:target ul{display:block}.pages li{margin:0}
.offer{margin-bottom:.25rem}
.offer a{display:inline-flex;align-items:center;min-height:44px;font-weight:700}
.lead{font-size:1.125rem}
.sign{width:2.5rem;height:2.5rem;flex:none;fill:none;stroke:currentColor;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.address{overflow-wrap:anywhere}
.word{font-weight:700}
label{display:block;font-weight:700}
.search{background:var(--quiet);border-left:6px solid var(--brand);padding:1rem}
.search .hint,.country .hint{margin:0 0 .375rem}
input,select,button{font:inherit;width:100%;min-height:48px;border-radius:3px;padding:.5rem .75rem}
select{display:block}
input,select{border:2px solid var(--ink);background:var(--paper);color:var(--ink);margin-bottom:1rem}
button{background:#12355b;color:#fff;border:2px solid #12355b;font-weight:700;font-size:1.125rem;cursor:pointer}
button:hover{background:#0a2340}
@media (prefers-color-scheme:dark){button{background:#1d5c9c;border-color:#8ec5ff}}
.panel{color:#fff;padding:1rem;border-radius:4px}
.panel.tone-quality{background:var(--quality)}
.panel.tone-identity{background:var(--identity)}
.panel.tone-registration{background:var(--registration)}
.panel.tone-stop{background:var(--stop)}
.panel.tone-wait{background:var(--wait)}
.panel.tone-none{background:var(--none)}
.panel p:last-child{margin-bottom:0}
.asked{font-size:1rem}
.asked .address{font-weight:700}
.headline{display:flex;gap:.75rem;align-items:center;margin-bottom:.75rem}
.headline h1{margin:0;min-width:0;overflow-wrap:anywhere}
.panel .sign{width:3.25rem;height:3.25rem}
.mark{font-size:1.125rem}
.now{border-top:1px solid #fff;padding-top:.75rem;font-weight:700}
.warning{display:flex;gap:.75rem;background:var(--warn);border:3px solid var(--warn-line);border-radius:4px;padding:1rem}
main>.warning{margin-bottom:1rem}
.severe{border-color:var(--tone);--tone:var(--stop);background:var(--quiet)}
.severe .sign,.severe h2{color:var(--tone)}
.panel .warning{color:var(--ink);padding:.75rem;margin-bottom:.75rem}
.panel .warning .sign{width:2.5rem;height:2.5rem}
.warning h2{font-size:1.125rem;margin-bottom:.25rem}
.warning h2 .word{display:block;font-size:1rem}
.warning p{margin-bottom:.25rem}
.covered{border:3px solid var(--ink);border-radius:4px;padding:1rem}
.covered h2{font-size:1.0625rem;margin:0}
.covered>:last-child,.places>:last-child,.places>:last-child>:last-child{margin-bottom:0}
.place{font-size:1.625rem;font-weight:700;line-height:1.3;margin:0;overflow-wrap:anywhere}
.place small{font-weight:400;font-size:1rem}
.places{list-style:none;padding:0}
.places .place{font-size:1.125rem}
.covered a{display:inline-block;padding:.625rem 0}
.record summary>.sign,.tone-quality>.sign,.tone-identity>.sign,.tone-registration>.sign,.tone-none>.sign{color:var(--tone)}
.tone-quality{--tone:var(--quality)}
.tone-identity{--tone:var(--identity)}
.tone-registration{--tone:var(--registration)}
.tone-stop{--tone:var(--stop)}
.tone-wait{--tone:var(--wait)}
.tone-none{--tone:var(--none)}
@media (prefers-color-scheme:dark){.tone-quality{--tone:#6fd3a3}.tone-identity{--tone:#9cc3ff}.tone-registration{--tone:#cdb9ec}.tone-stop,.severe{--tone:#ff9d9d}.tone-wait{--tone:#f2bd73}.tone-none{--tone:#c3ced7}}
.facts{border-top:1px solid var(--hair)}
.facts>div{border-bottom:1px solid var(--hair);padding:.5rem 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.channel{display:inline-block;padding:.5rem 0;min-height:44px;min-width:44px}
.complaints h2,.file{margin:0}
.principles{list-style:none;padding:0}
.principles li{border-bottom:1px solid var(--hair);margin:0}
.principles li:first-child{border-top:1px solid var(--hair)}
.principles details{border:0}
.principles .sign{width:1.75rem;height:1.75rem;stroke-width:4}
.principles .word{font-weight:400}
.principles .hint{margin:0 0 .5rem 2.5rem}
.fold{display:flex;gap:.75rem;align-items:center;min-height:44px;padding:.5rem 0;margin:0;color:var(--ink);font-weight:400;list-style:none}
.fold::-webkit-details-marker{display:none}
summary.fold::after{content:"";flex:none;width:.5rem;height:.5rem;border:solid var(--link);border-width:0 2px 2px 0;transform:rotate(45deg);margin:0 .25rem 0 auto}
[open]>summary.fold::after{transform:rotate(-135deg)}
.principles li:last-child .fold{padding-left:2.5rem}
.cover-full circle,.cover-partial .half{fill:currentColor}
.cover-full .cut{stroke:var(--paper);stroke-width:5}
.cover-none circle{stroke-dasharray:6 6}
.complaints{background:var(--quiet);border-left:6px solid var(--brand);padding:1rem}
.complaints article{margin-bottom:1.25rem}
.complaints .word,.members .word{margin:0;color:var(--soft)}
.complaints .facts,.complaints h3{margin-bottom:.25rem}
.complaints .hint{margin-bottom:.25rem}
.complaints .facts>div{display:flex;flex-wrap:wrap;column-gap:1rem;align-items:center;min-height:44px;padding:0}
.answer{display:flex;gap:.5rem}
.answer select{flex:1;min-width:0;margin:0}
.answer button{width:auto}
.ways,.kinds,.members,.marks{list-style:none;padding:0}
.kinds li,.marks li{display:flex;gap:.75rem;margin-bottom:.75rem}
.members>li{border-top:1px solid var(--hair);padding:.75rem 0}
.members h3,.members .hint{margin-bottom:.5rem}
.marks .sign{width:1.75rem;height:1.75rem}
.meanings{padding-left:1.5rem}
.meanings h3,.meanings p{margin-bottom:.25rem}
li{margin-bottom:.25rem}
details{border-top:1px solid var(--hair);border-bottom:1px solid var(--hair)}
main>details:has(+details){margin:0;border-bottom:0}
.record details{border-top:0}
summary{min-height:44px;padding:.625rem 0;font-weight:700;color:var(--link);cursor:pointer}
summary.fold{color:var(--ink);font-weight:400;padding:.5rem 0}
pre{background:var(--quiet);border:1px solid var(--hair);padding:.75rem;max-height:14rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.875rem}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.evidence h3{overflow-wrap:anywhere}
.evidence a{display:inline-block;padding:.5rem 0}
.examples dd{margin:0 0 .75rem}
.examples code{display:inline-block;background:var(--quiet);border:1px solid var(--hair);padding:.25rem .5rem}
footer{border-top:1px solid var(--line);padding-top:1rem;padding-bottom:1rem;font-size:1rem;color:var(--soft)}
footer p{margin-bottom:.5rem}
@media (min-width:48rem){.menu,.pages .close{display:none}.languages{flex-basis:auto}.pages{display:block}.pages:target ul{display:flex}}
@media (min-width:40rem){h1{font-size:2.25rem}h1:lang(ja){font-size:2rem}main{padding-top:2rem}.panel,.covered,.search,.complaints{padding:1.5rem}.panel .sign{width:4rem;height:4rem}.place{font-size:2rem}.record .facts>div{display:grid;grid-template-columns:13rem 1fr;column-gap:1rem}.record .channel{padding-top:0}button{width:auto;padding:.5rem 2rem}select{max-width:24rem}}
@media (forced-colors:active){.panel{border:3px solid}.cover-full .cut{stroke:Canvas}}
@media print{.search,.skip{display:none}nav,.menu{display:none!important}.panel{border:3px solid #000;color:#000;background:none!important}}
`

/** What all pages share, then what each area adds. */
export const STYLE = [
  BASE,
  RECORD_STYLE,
  SEAL_STYLE,
  DIRECTORY_STYLE,
  SCHEMES_STYLE,
  ELIGIBILITY_STYLE,
  LEARN_STYLE,
].join('')

/** Path of the style sheet without its version. */
export const STYLE_FILE = '/style.css'

/** Hex characters that name a version: enough to tell two style sheets apart. */
const VERSION_HEX = 12

/** Address of the style sheet; changes with its content, so it may be kept for good. */
export const STYLE_PATH = `${STYLE_FILE}?v=${sha256Hex(STYLE).slice(0, VERSION_HEX)}`
