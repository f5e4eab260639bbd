/** Rules of the style sheet for the directory of certified shops. */

/**
 * On a desk the filters stand beside the list, unfolded: `::details-content` opens them without the attribute; where a browser
 * does not know it, they stay folded and their summary is there to be pressed. A name piled up with combining marks is clipped, so
 * that it covers nobody else's.
 */
export const DIRECTORY_STYLE = `.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.browse>*{min-width:0}
.browse>search{margin-bottom:1.5rem}
.intro{max-width:46rem}
.filters .more{border-bottom:0}
.filters button{width:100%}
.filters .more>div{padding-top:.5rem}
.filters .more button{margin-top:.5rem}
#found{scroll-margin-top:1rem}
.set h3{margin-bottom:.25rem}
.set p{margin-bottom:.5rem}
.chips{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0}
.chips li{margin:0;max-width:100%}
.chips a{display:inline-flex;align-items:center;gap:.5rem;min-height:44px;padding:.25rem .75rem;border:2px solid var(--line);border-radius:4px;color:var(--ink);text-decoration:none;position:relative}
.chips a>span{min-width:0}
.chips a:hover{border-color:var(--ink);text-decoration:underline}
.cross{width:1rem;height:1rem;flex:none;fill:none;stroke:currentColor;stroke-width:6;stroke-linecap:round}
.shops{list-style:none;padding:0;margin:0}
.shop{border-top:3px solid var(--hair);padding:1.25rem 0 .75rem;margin:0}
.shop h3{font-size:1.1875rem;margin-bottom:.125rem;overflow-wrap:anywhere}
.shop .place{font-size:1.5rem}
.shop .place small{font-size:1rem;display:inline-block}
.visit{margin:0}
.about{color:var(--soft);font-size:1rem;overflow-wrap:anywhere;margin-bottom:.5rem}
.about>span{display:block}
.shop .warning{padding:.75rem .75rem .25rem;margin-bottom:.75rem}
.limit{font-size:1rem;line-height:1.45}
.shop h3,.shop .place,.about,.awards p,.chips a>span{overflow:clip;overflow-clip-margin:.375rem}
.awards{list-style:none;padding:0;margin:0}
.awards>li{border-left:6px solid var(--tone);background:var(--quiet);padding:.75rem .75rem .125rem;margin-bottom:.75rem;overflow-wrap:anywhere}
.awards p{margin-bottom:.375rem}
.awards .mark{display:flex;gap:.75rem;align-items:center;font-size:1.0625rem;line-height:1.4}
.awards .mark .sign{color:var(--tone)}
.kind{color:var(--tone);font-weight:700}
.covers,.also ul{list-style:none;padding:0;margin-bottom:.375rem}
.covers li{display:flex;gap:.5rem;align-items:flex-start;margin-bottom:.125rem;font-size:1rem}
.covers .sign{width:1.25rem;height:1.25rem;margin-top:.2em;stroke-width:5}
.also{font-size:1rem;color:var(--soft)}
.also p{margin:0}
.steps{border-top:3px solid var(--hair);padding-top:.75rem}
.steps ul{margin:0;gap:.5rem 1.5rem;align-items:center}
.steps li{margin:0}
.steps a{padding:.5rem 0}
.steps [rel=next]{min-height:48px;padding:.5rem 2rem;background:#12355b;color:#fff;border:2px solid #12355b;border-radius:3px;font-weight:700;text-decoration:none}
.steps [rel=next]:hover{background:#0a2340}
@media (prefers-color-scheme:dark){.steps [rel=next]{background:#1d5c9c;border-color:#8ec5ff}}
@media (min-width:40rem){.where{display:flex;flex-wrap:wrap;align-items:center;column-gap:1.25rem}.about{display:grid;grid-template-columns:1fr 1fr;column-gap:1.25rem}.shop{padding:1rem 0 .25rem}.awards>li{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr) max-content;column-gap:1.25rem;align-items:center;padding:.5rem .75rem .25rem}.awards>li>p{font-size:1rem;line-height:1.4}.awards>li>.mark{margin-bottom:.375rem}.awards .by{grid-column:2/-1}.limit{grid-column:1/-1}.awards .covers,.awards .also{grid-column:1/3}.awards .to{grid-column:3;margin:0}.awards .to:lang(th){line-height:1.7}.covers,.also,.also ul{display:flex;flex-wrap:wrap;column-gap:1.25rem}.also ul{margin:0}}
@media (min-width:56rem){.browse{display:grid;grid-template-columns:17rem minmax(0,1fr);gap:2.5rem;align-items:start}.browse>search{margin:0}.filters{padding:1rem}#found{scroll-margin-top:100vh}@supports selector(::details-content){.filters .more::details-content{content-visibility:visible;block-size:auto}.filters .more>summary{display:none}.filters .more{border:0;padding-top:1rem}}}
@media (forced-colors:active){.chips a,.awards>li,.steps [rel=next]{border:2px solid}.awards .mark .sign{color:inherit}}
@media print{.shop .warning .channel{display:none}.browse>search,.set .channel,.cross{display:none}.chips a{border:0;padding:0;min-height:0}.browse{display:block}.shop,.awards>li{break-inside:avoid}.visit,.awards .channel{display:none}}
`
