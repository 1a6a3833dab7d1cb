import { expect, it } from 'vitest'
import { twoRegions } from './regions-world.ts'

it('what has risen because nobody took it is as bad in the region that guards it', async () => {
  const { regions, b } = await twoRegions()
  regions.setPolicy({ raiseAfterMs: { warning: 600_000 } })
  await regions.alert('trigger', { severity: 'warning' })
  await regions.until('02:27')

  expect(b.incident()).toMatchObject({
    severity: 'error',
    raised: { from: 'warning' },
    escalation: { phase: 'guarded' },
  })
})
