/** Rules of the style sheet for the page about one record, where a seal leads. */
export const RECORD_STYLE = `.certificate{margin-bottom:1.5rem}
.certificate>*{margin-bottom:0}
.certificate>*+*{border-top-left-radius:0;border-top-right-radius:0}
.certificate>:not(:last-child){border-bottom-left-radius:0;border-bottom-right-radius:0}
.certificate>.covered{border-top:0}
.certificate>.came-from{display:block;border-radius:4px;margin-bottom:1rem}
.certificate>.came-from+*{border-top-left-radius:4px;border-top-right-radius:4px}
.certificate.quiet>.covered{border-top:3px solid}
.certificate>.covered>.place{font-size:clamp(1.75rem,7.5vw,2.75rem);line-height:1.2}
.panel.quiet{background:var(--paper);color:var(--ink);border:3px solid;border-top:1px solid var(--hair)}
.certificate .place+p{margin-top:.5rem}
.same{display:flex;gap:.75rem;align-items:center}
.came-from h2{font-size:1.25rem;margin:0}
.came-from>:last-child{margin-bottom:0}
.came-from,.came-from h2{overflow-wrap:anywhere;min-width:0}
.warning{flex-wrap:wrap}.warning>div{flex:1 1 10rem}
.warning>div,.facts dd,.facts dt{min-width:0;overflow-wrap:anywhere}
.channel{max-width:100%;overflow-wrap:anywhere}
.report .channel,.file .channel{display:block}
`
