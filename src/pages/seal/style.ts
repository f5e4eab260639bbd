/** Rules of the style sheet for the section that gives a shop its seal. */
export const SEAL_STYLE = `.show-seal h3{margin-top:1rem}
.seal-previews{display:flex;flex-wrap:wrap;gap:.75rem;margin-bottom:1rem}
.seal-previews figure{margin:0;padding:.5rem;border:1px solid var(--line);border-radius:4px;max-width:100%}
.seal-previews img{display:block;max-width:100%;height:auto;margin:0 auto}
.seal-previews figcaption{max-width:140px;font-size:1rem;margin-top:.375rem}
.on-light{background:#fff;color:#11181f}
.on-dark{background:#11171c;color:#e9eef2}
.snippet{display:block;width:100%;margin:.25rem 0 .75rem;padding:.625rem .75rem;border:2px solid var(--ink);border-radius:3px;background:var(--quiet);color:var(--ink);font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;resize:vertical;overflow-wrap:anywhere}
@media print{.show-seal{display:none}}
`
