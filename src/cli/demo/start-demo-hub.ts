/** Starting a demo hub on this machine, with an operator whose key is made on the spot. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { operatorFile, type RunningHub, refuseCopy, startNodeHub } from '../../node.js'
import { createOperatorWorkspace, nameHub, OPERATOR_FILE } from '../operator/operator-workspace.js'
import { FILES } from '../workspace.js'
import { demoFolders } from './seed.js'

/** Serves the demo at exactly `http://127.0.0.1:<port>`; its records are published by whoever started it. */
export async function startDemoHub(
  { data, port }: { data: string; port: number },
  log: (line: object) => void,
): Promise<RunningHub> {
  refuseCopy(data)
  const { operator } = demoFolders(data)
  const origin = `http://127.0.0.1:${port}`
  if (!existsSync(join(operator, FILES.settings))) await createOperatorWorkspace(operator, origin)
  // The demo may start at another port than last time.
  else nameHub(operator, origin)
  mkdirSync(dirname(operatorFile(data)), { recursive: true, mode: 0o700 })
  writeFileSync(operatorFile(data), readFileSync(join(operator, OPERATOR_FILE)))
  return startNodeHub({ origin, demo: true, port, host: '127.0.0.1', data }, log)
}
