/** Rules of the style sheet for the page that teaches how to judge a shop abroad; on paper it takes two sheets of A4. */
export const LEARN_STYLE = `.learn>section{margin-bottom:1.75rem}
.learn h2{scroll-margin-top:1rem}
.lesson-contents ul{display:block;margin:0 0 1.5rem;padding:.5rem 1rem;background:var(--quiet);border-left:6px solid var(--brand)}
.lesson-contents a{display:flex;padding:0;white-space:normal}
.learn .advice,.learn .five{padding-left:1.5rem}
.learn .advice>li,.learn .five>li{margin-bottom:.625rem}
.learn ul.advice{list-style:none;padding:0}
.learn .way{display:inline-block;min-height:44px;padding:.625rem 0;margin:-.625rem 0;font-weight:700}
.glossary>div{border-top:1px solid var(--hair);padding:.5rem 0}
.glossary dt{font-weight:700}
.glossary dd{margin:0}
.learn .basis h2{font-size:1.0625rem}
@media (min-width:40rem){.lesson-contents ul{columns:2}.glossary>div{display:grid;grid-template-columns:11rem 1fr;column-gap:1rem}}
@page learn{size:A4;margin:12mm 14mm}
@media print{body:has(.learn){page:learn;font-size:10.5pt;line-height:1.4}body:has(.learn):lang(th){line-height:1.5}.lesson-contents{display:none}.learn h1{font-size:16pt!important;margin-bottom:2pt}.learn h2{font-size:11.5pt;margin:0 0 3pt;break-after:avoid}.learn .lead,.learn .hint{font-size:10.5pt}.learn p,.learn ul,.learn ol,.learn dl{margin-bottom:4pt}.learn>section{margin-bottom:7pt}.learn .advice>li,.learn .five>li,.learn .kinds li{margin-bottom:2pt;break-inside:avoid}.learn .kinds .sign{width:18pt;height:18pt}.glossary>div{display:grid;grid-template-columns:9rem 1fr;padding:1pt 0;break-inside:avoid}.learn .basis h2{font-size:9pt}.learn .basis .hint{font-size:8.5pt}.learn .way{display:inline;padding:0;margin:0}.learn .way::after{content:" (" attr(data-address) ")";font-weight:400;overflow-wrap:anywhere}body:has(.learn) .pages,body:has(.learn)>footer{display:none}body:has(.learn) main{padding:0}body:has(.learn) main,body:has(.learn) main>*{max-width:none}}
`
