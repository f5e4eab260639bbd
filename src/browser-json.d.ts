/** What `node scripts/build.mjs` writes for the Worker to carry; so that types are checked before it was run, too. */
declare module '*/dist/browser.json' {
  const bundles: import('./pages/complaint/bundles.js').BrowserBundles
  export default bundles
}
