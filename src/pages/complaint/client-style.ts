/** The style sheet of pages that run a script, beside the one of all pages: forms, files, numbers to keep, progress. */
import { sha256Hex } from '../../trust/digest.js'

/** Everything that a finger must hit is 44 px high at least. Colours come from the style sheet of all pages. */
export const CLIENT_STYLE = `#complaint-form,#case{margin-bottom:1.5rem}
.not-working,.with-form .loading{display:none}
.broken .loading{display:none}
.broken .not-working{display:block}
@media (scripting:none){.loading{display:none}}
.stage{scroll-margin-top:1rem}
.stage h2{font-size:1.5rem}
.stage h2.sub{font-size:1.3125rem}
.stage h2:focus{outline:0;box-shadow:none}
.above{display:block;font-size:1rem;font-weight:400;color:var(--soft)}
.field{margin:0 0 1.25rem;padding:0;border:0;min-width:0}
.field>.hint,.field>.fault{margin:0 0 .375rem}
.field>label+.choices,.field>input,.field>select,.field>textarea{margin-bottom:0}
legend{font-weight:700;padding:0;margin-bottom:.375rem}
textarea{font:inherit;width:100%;padding:.5rem .75rem;border:2px solid var(--ink);border-radius:3px;background:var(--paper);color:var(--ink)}
input[type=file]{padding:.5rem}
.optional{font-weight:400;color:var(--soft)}
.choice{display:flex;gap:.75rem;align-items:center;min-height:44px;padding:.375rem 0;font-weight:400;cursor:pointer}
.choices .choice{border-bottom:1px solid var(--hair)}
.choice input{flex:none;width:1.5rem;height:1.5rem;min-height:0;margin:0;accent-color:var(--brand)}
.choice small{display:block}
.fault{color:var(--stop);font-weight:700}
.faulty{border-left:6px solid var(--stop);padding-left:.75rem}
.faulty input:not([type=radio]):not([type=checkbox]),.faulty select,.faulty textarea{border-color:var(--stop)}
.faults,.trouble{border:3px solid var(--stop);border-radius:4px;padding:.75rem 1rem;margin-bottom:1.25rem}
.faults h3{margin-bottom:.25rem}
.faults a{display:block;padding:.625rem 0}
.faults ul{margin:0;padding:0;list-style:none}
.trouble p:last-child,.found p:last-child{margin-bottom:0}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin:0 0 1rem}
.buttons>*{flex:1 1 100%}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:48px;padding:.5rem .75rem;border:2px solid #12355b;border-radius:3px;background:#12355b;color:#fff;font-weight:700;font-size:1.125rem;text-decoration:none;text-align:center}
.button:hover{background:#0a2340}
button.plain,.button.plain{background:var(--paper);color:var(--link);border-color:var(--link)}
button.plain:hover,.button.plain:hover{background:var(--quiet)}
button[aria-disabled=true]{opacity:.7;cursor:progress}
.keep{border-top:1px solid var(--hair);padding-top:.75rem}
.found{background:var(--quiet);border-left:6px solid var(--brand);padding:.75rem 1rem;margin-bottom:1.25rem}
.found .facts{margin:0;border:0}
.files{list-style:none;padding:0;margin:.5rem 0 0}
.files li{display:flex;gap:.5rem;align-items:center;justify-content:space-between;border-bottom:1px solid var(--hair);padding:.25rem 0;overflow-wrap:anywhere}
.files button{flex:none;width:48px;padding:0}
.file-news{background:var(--warn);border:2px solid var(--warn-line);border-radius:4px;padding:.5rem .75rem;margin-top:.5rem}
.file-news p{margin:0}
.letter{border:2px solid var(--line);border-radius:4px;padding:.75rem 1rem;margin-bottom:.75rem}
.body{white-space:pre-line;overflow-wrap:anywhere}
.agencies{list-style:none;padding:0}
.agencies>li{border-left:6px solid var(--brand);background:var(--quiet);padding:.75rem 1rem;margin-bottom:.75rem}
.agencies p{margin:.25rem 0 0}
.where h4{margin-bottom:.25rem}
.where,.stage section{margin-bottom:1.25rem}
.stage details{margin-bottom:1.25rem}
.referrals article{margin-bottom:1.25rem}
.progress{margin:1.5rem 0}
progress{width:100%;height:1.5rem;accent-color:var(--brand)}
.numbers{border:3px solid var(--ink);border-radius:4px;padding:1rem;margin-bottom:1.25rem}
.numbers dl{margin:0 0 1rem}
.numbers dd{margin:0 0 .75rem;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-weight:700}
.reference{font-size:1.5rem}
.secret{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:1.75rem}
.keep-safe figure{margin:0}
.keep-safe img{display:block;width:100%;max-width:24rem;height:auto;border:1px solid var(--line);margin:.5rem 0}
.keep-safe [role=status]:empty{display:none}
.only-print{display:none}
.offscreen{position:fixed;left:-100vw;top:0}
.past-start .intro{display:none}
.bodies summary h2{display:inline;font-size:1.125rem}
.bodies article{border-bottom:1px solid var(--hair);padding:.75rem 0}
.bodies article:last-child{border-bottom:0}
.bodies h4{margin-bottom:.25rem}
.bodies .facts,.bodies p{margin-bottom:.25rem}
@media (min-width:40rem){.buttons>*{flex:0 0 auto}.button{padding:.5rem 2rem}.secret{font-size:2rem}}
@media (prefers-color-scheme:dark){.button:not(.plain){background:#1d5c9c;border-color:#8ec5ff}.fault{color:#ff9d9d}.faulty,.faults,.trouble,.faulty input:not([type=radio]):not([type=checkbox]),.faulty select,.faulty textarea{border-color:#ff9d9d}}
@media print{.buttons,.keep,.keep-safe,.bodies,.field{display:none}.only-print{display:block}.numbers{break-inside:avoid}}
`

/** Path of the style sheet without its version. */
export const CLIENT_STYLE_FILE = '/client.css'
/** Hex characters that name a version. */
const VERSION_HEX = 12

/** Changes with its content, so it may be kept for good. */
export const CLIENT_STYLE_PATH = `${CLIENT_STYLE_FILE}?v=${sha256Hex(CLIENT_STYLE).slice(0, VERSION_HEX)}`
