import { expect, it } from 'vitest'
import { engineOf } from '../../cli/engine.ts'
import type { Target } from '../../cli/target.ts'

const target: Target = {
  name: 'the local stack',
  region: 'ap-southeast-1',
  env: {
    AWS_REGION: 'ap-southeast-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    CHECKS_TABLE: 'checks',
  },
  tables: { incidents: 'incidents', checks: 'checks', contacts: 'contacts', regions: 'regions' },
  queueUrl: async () => 'http://127.0.0.1:1/escalation',
}

it.each([
  { language: 'zh' as const, said: '警告：已完成，但尚未传出；watch 会在一分钟内补上：Error: slow' },
  { language: 'en' as const, said: 'warning: done, but not yet passed on; watch will within a minute: Error: slow' },
])('says of what was decided and is not carried out yet who will: $language', async ({ language, said }) => {
  const told: string[] = []
  const engine = await engineOf(target, { now: () => 0, language, err: (line) => void told.push(line) })
  engine.log({ level: 'info', event: 'step' })
  engine.log({ level: 'error', event: 'delivery', error: 'Error: slow' })
  expect(told).toEqual([said])
})
