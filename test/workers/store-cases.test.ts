import { applyD1Migrations, env, reset } from 'cloudflare:test'
import { createCaseStore } from '../../src/store/case-store.js'
import { openD1 } from '../../src/store/d1.js'
import { caseStoreContract } from '../store-contract-cases.js'

caseStoreContract('D1', async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const database = openD1(env.DB)
  return { store: createCaseStore(database), database }
})
