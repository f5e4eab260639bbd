import { applyD1Migrations, env, reset } from 'cloudflare:test'
import { openD1 } from '../../src/store/d1.js'
import { createHubStore } from '../../src/store/hub-store.js'
import { storeContract } from '../store-contract.js'

storeContract('D1', async () => {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  const database = openD1(env.DB)
  return { store: createHubStore(database), database }
})
