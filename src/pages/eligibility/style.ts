/** Rules of the style sheet for the questionnaire on which mark a shop can get; all stand below its own class. */
export const ELIGIBILITY_STYLE = `.which>section,.which>form{margin-bottom:1.5rem}
.which .question{border:0;margin:0 0 1.25rem;padding:0;min-width:0}
.which .question select{margin:0}
.which legend{font-weight:700;padding:0}
.ask h3{border-top:1px solid var(--line);padding-top:1rem}
.ask .after{margin:.75rem 0 0}
.boxes label{display:flex;gap:.75rem;align-items:flex-start;min-height:44px;padding:.5rem 0;font-weight:400}
.boxes input{flex:none;width:1.5rem;height:1.5rem;min-height:0;margin:.125rem 0 0;accent-color:var(--brand)}
.tone-go{--tone:#00545c}
@media (prefers-color-scheme:dark){.tone-go{--tone:#7fd6de}}
.which .short ul,.which .countries{display:block;list-style:none;margin:0 0 1rem;padding:0}
.which .short li{border-top:1px solid var(--hair);margin:0}
.which .short li:last-child{border-bottom:1px solid var(--hair)}
.which .short a{display:flex;gap:.75rem;min-height:44px;padding:.375rem 0;white-space:normal;color:var(--ink)}
.which .short .sign,.which .level h4 .sign{width:1.75rem;height:1.75rem;color:var(--tone)}
.which .short .word,.which .level h4 .word{color:var(--tone)}
.which .countries a,.which .open{display:inline-block;padding:.625rem 1rem .625rem 0;min-height:44px}
.which .ref{display:inline-block;min-height:44px;padding:.625rem .25rem;margin:-.625rem -.25rem;font-size:1rem;white-space:nowrap}
.which .dates{display:block}
.member-result>h2{border-bottom:3px solid var(--brand);padding-bottom:.25rem}
.which .duties,.which .history,.source-list{margin-bottom:1.5rem}
.which .duties .lead strong{display:block}
.which .because{font-weight:700;margin-bottom:.25rem}
.which .rules>li{margin-bottom:.5rem}
.which .fits{display:inline-block;border:1px solid;border-radius:3px;padding:0 .375rem}
.which .history{border-left:6px solid var(--line);background:var(--quiet);padding:.75rem 1rem}
.mark-result{border-top:1px solid var(--line);padding-top:1rem}
.mark-result>.facts{margin:0}.mark-result>details{border-top:0}
.mark-result h3,.which .level h4{display:flex;gap:.75rem;align-items:center;font-size:1.1875rem}
.mark-result h3 .word{display:block;font-weight:400;font-size:1rem}
.which .level{border:2px solid var(--hair);border-left:6px solid var(--tone);border-radius:4px;padding:1rem;margin:1rem 0}
.which .level h4{margin-bottom:.5rem}
.which .level h4 .word{display:block}
.which h5{font-size:1.0625rem;margin:0 0 .25rem}
.which .checks{list-style:none;padding:0}
.which .checks>li{border-top:1px solid var(--hair);padding:.5rem 0;margin:0}
.which .check{display:block;font-weight:700;color:var(--tone)}
.which .level .facts{margin:0}
.which .level .facts>div:last-child{border-bottom:0}
.source-list li{overflow-wrap:anywhere;margin-bottom:.5rem}
.which :target{scroll-margin-top:1rem}
@media (min-width:40rem){.boxes{columns:2}.boxes legend,.boxes .hint{column-span:all}.boxes label{break-inside:avoid}.which .checks>li{display:grid;grid-template-columns:9rem 1fr;column-gap:1rem}.mark-result .facts>div{display:grid;grid-template-columns:11rem 1fr;column-gap:1rem}.which .level .facts>div{grid-template-columns:9rem 1fr}}
@media print{.ask{display:none}.which .level,.source-list li{break-inside:avoid}}
`
