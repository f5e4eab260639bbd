export function bundleSoak(): Promise<{ main: string; hub: string }>
export function bundleWorker(): Promise<string>
