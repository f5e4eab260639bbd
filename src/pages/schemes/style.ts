/** Rules of the style sheet for the pages that compare schemes and describe members and marks. */
export const SCHEMES_STYLE = `.wide .prose,.wide section>p,.wide section>ul,.wide section>dl,.wide>p,.wide .began,.wide .sources{max-width:46rem}
.cite{display:inline-block;padding:.5rem .125rem;margin:-.5rem 0;font-size:1rem;white-space:nowrap}
.sources li>a{padding:.625rem 0}.paths>li>a{padding:.5rem 0}
.jumps{margin-bottom:1rem}.jumps a{white-space:normal}.back{margin:0}
.sign-word{display:flex;gap:.5rem;align-items:center}
.sign-word .sign,.own-sign .sign{width:1.75rem;height:1.75rem;stroke-width:4}
.sign-word>span{min-width:0}.sign-word>[class^=tone]{flex:none;display:flex}
.legend>div{display:flex;flex-wrap:wrap;column-gap:1rem;margin-bottom:.5rem}.legend dt{font-weight:700;min-width:13rem}.legend dd{margin:0;flex:1 1 16rem}
.scroll{overflow-x:auto;border:1px solid var(--hair);margin-bottom:1rem!important}
.grid{border-collapse:separate;border-spacing:0;font-size:1rem;line-height:1.4;width:100%}
.grid th,.grid td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid var(--hair);min-width:7rem}
.grid thead th{background:var(--quiet);vertical-align:bottom}
.grid th:first-child{position:sticky;left:0;z-index:1;background:var(--paper);min-width:8.5rem;border-right:1px solid var(--line)}
.grid thead th:first-child{background:var(--quiet)}
.grid th small{font-weight:400}.grid th a{padding:.375rem 0;display:inline-block}
.grid .sign-word{align-items:flex-start}.grid td .sign{width:1.375rem;height:1.375rem}.grid th .sign-word{align-items:center}
.code-items{list-style:none;padding:0}.code-items>li{border-top:1px solid var(--hair);padding:.75rem 0;scroll-margin-top:1rem}
.code-items dl,.code-items dd>ul{margin:0}.code-items dt{font-weight:700;padding-top:.375rem}.code-items dd{margin:0 0 .25rem 2.25rem}.code-items dd>ul{padding-left:1.25rem}
.item-not-stated dd,.item-area-only dd{color:var(--soft)}
.chapters{border-bottom:1px solid var(--hair);margin-bottom:1.5rem}.chapters details{border-bottom:0}.chapters summary small{font-weight:400}
.began{border-left:6px solid var(--brand);background:var(--quiet);padding:1rem}.began>:last-child{margin:0}
.kind-panel{display:flex;gap:1rem;align-items:center;border:3px solid var(--tone);border-radius:4px;padding:1rem;margin-bottom:1rem}
.kind-panel p{margin:0}.kind-panel .kind-word{font-size:1.3125rem;font-weight:700;line-height:1.3}.kind-panel .sign{width:3rem;height:3rem;color:var(--tone)}
.kind-identity{border-style:double;border-width:6px}.kind-registration{border-style:dashed}.kind-ended{border-style:dotted}
.mark-article{border-top:3px solid var(--brand);padding-top:1rem;margin-bottom:2rem;scroll-margin-top:1rem}.mark-article h3{font-size:1.1875rem}.mark-article h4{margin-bottom:.25rem}
.level-rules{border-left:3px solid var(--line);padding-left:1rem;margin-bottom:1rem}.level-rules p{margin:0}
.past{color:var(--soft)}
.coverages>div{border-bottom:1px solid var(--hair);padding:.5rem 0}.coverages dt{font-weight:700}.coverages dd{margin:0}.coverages dd p{margin:.25rem 0 0 2.25rem}
.facts dd>ul,.sides div>ul{padding-left:1.25rem;margin:0}.facts dd>p{margin:.25rem 0 0}
.own-sign{display:flex;gap:.75rem;align-items:center;border:1px solid var(--line);border-radius:4px;padding:.75rem 1rem;width:fit-content;max-width:100%}
.surplus{list-style:none;padding:0}.surplus>li{border-left:3px solid var(--brand);padding-left:1rem;margin-bottom:1rem}.surplus p{margin-bottom:.375rem}
.sides>div{margin-bottom:1rem;min-width:0}.fact-pair{border-top:1px solid var(--line);padding-top:.75rem}.sides h4{color:var(--soft)}.sides h5{font-size:1.0625rem;margin:.5rem 0 0}
main>.facts{margin-bottom:1.5rem}
@media (min-width:40rem){.kind-panel .kind-word{font-size:1.5rem}.grid th:first-child{min-width:12.5rem}.sides{display:grid;grid-template-columns:1fr 1fr;column-gap:2rem}.facts:not(.record *)>div{display:grid;grid-template-columns:13rem 1fr;column-gap:1rem}.coverages>div{display:grid;grid-template-columns:13rem 1fr;column-gap:1rem}.scrolls{display:none}}
@media print{.jumps,.back{display:none}.scroll{overflow:visible;border:0}.grid{font-size:.6875rem}.grid th,.grid td{min-width:0;padding:.25rem}.grid th:first-child{position:static;min-width:0}.grid .sign{width:1rem;height:1rem}.chapters details::details-content{content-visibility:visible;height:auto}.cite{padding:0;margin:0}}
`
