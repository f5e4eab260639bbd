/** The list of scripts that the Worker carries, which `scripts/build.mjs` writes; so that types are checked before it was run. */
declare module '*/dist/browser-list.json' {
  const scripts: import('./pages/complaint/bundles.js').BrowserScripts
  export default scripts
}
