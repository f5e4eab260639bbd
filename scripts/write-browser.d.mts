export function writeBrowser(): Promise<void>
export function ensureBrowser(): Promise<void>
