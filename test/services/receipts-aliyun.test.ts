import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { wire } from '../../services/receipts/aliyun.ts'
import { startMnsSimulator } from '../simulators/mns.ts'
import { startVendorServer } from '../simulators/server.ts'

const QUEUE = 'Alicom-Queue-1234567890-VoiceReport'
const role = { accessKeyId: 'STS.role', accessKeySecret: 'secret', securityToken: 'token' }

async function world(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'receipts-'))
  await writeFile(join(folder, 'receipts.json'), JSON.stringify([{ queue: QUEUE, to: '${VOICE_URL}' }]))
  const mns = await startMnsSimulator({ ...role, queues: [QUEUE], now: Date.now })
  const acknowledge = await startVendorServer({
    answer: () => ({ status: 200, body: { code: 0 } }),
    refuse: () => ({ status: 503, body: {} }),
  })
  onTestFinished(() => Promise.all([mns.close(), acknowledge.close(), rm(folder, { recursive: true })]).then(() => {}))
  const own = {
    FC_FUNC_CODE_PATH: folder,
    FENGHUO_CONFIG: 'receipts.json',
    FENGHUO_ALIYUN_MNS_URL: mns.url,
    FENGHUO_ALIYUN_DYBASE_URL: mns.url,
    ...env,
  }
  return { mns, acknowledge, own }
}

test('the function reads its queues with the key of its role', async () => {
  const { mns, acknowledge, own } = await world()
  mns.put(QUEUE, { call_id: 'c1', status_code: '200003' })
  const run = wire({ ...own, VOICE_URL: `${acknowledge.url}/receipts/aliyun-voice/t` })
  // Time for one look.
  await run(Buffer.from('{}'), { function: { timeout: 6.5 }, credentials: role })
  expect(mns.left(QUEUE)).toBe(0)
  expect(acknowledge.requests).toHaveLength(1)
})

test('it says what it lacks: an address, a role', async () => {
  const { own } = await world()
  expect(() => wire(own)).toThrow('VOICE_URL is not set')
  await expect(wire({ ...own, VOICE_URL: 'https://example.com' })('', { function: { timeout: 60 } })).rejects.toThrow(
    'role',
  )
})
