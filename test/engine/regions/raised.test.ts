import { expect, it } from 'vitest'
import { policy } from '../world.ts'
import { Regions } from './regions-world.ts'

it('what has risen because nobody took it is as bad in the region that guards it', async () => {
  const regions = new Regions('ap-southeast-1', 'ap-northeast-1')
  for (const { config } of regions.all) config.policies.default = policy({ raiseAfterMs: { warning: 600_000 } })
  const b = regions.region('ap-northeast-1')
  await regions.until('02:15')
  await regions.alert('trigger', { severity: 'warning' })
  await regions.until('02:27')

  expect(b.incident()).toMatchObject({
    severity: 'error',
    raised: { from: 'warning' },
    escalation: { phase: 'guarded' },
  })
})
