import { expect, it } from 'vitest'
import { checkKey } from '../../shared/evaluation/record.ts'
import { pointsShape } from '../../shared/store/history-shapes.ts'
import { held } from '../../shared/store/shape.ts'

it('a run of a hundred checks with their phases is two units of a write', () => {
  const points = Array.from({ length: 100 }, (_, index) => {
    const phases = [index % 4, 1 + (index % 5), 10 + ((index * 7) % 8), 60 + ((index * 31) % 80), index % 5]
    const latencyMs = phases.reduce((sum, ms) => sum + ms, 0)
    return { key: checkKey(`pay/check-${index}`), outcome: 'up' as const, latencyMs, ...(index % 10 > 0 && { phases }) }
  })
  const { state } = held(points, pointsShape)
  // Beside it stand keys, version and date of the item.
  expect(state.length).toBeLessThan(2_048 - 150)
  expect(pointsShape.packing.unpack(state)).toEqual(points)
})
