import { expect, it } from 'vitest'
import { surviving } from '../../shared/clouds/surviving.ts'

it('an error that nobody catches ends nothing, and is logged', async () => {
  const lines: string[] = []
  let isLost = () => {}
  const lost = new Promise<void>((resolve) => {
    isLost = resolve
  })
  const before = process.listeners('unhandledRejection')
  const work = surviving(
    ({ reason }) => {
      lines.push(String(reason).split('\n')[0] ?? '')
      if (lines.length === 2) isLost()
    },
    async () => {
      setImmediate(() => {
        throw new Error('in a listener')
      })
      Promise.reject(new Error('in a promise'))
      await lost
      return 'the others'
    },
  )
  expect(await work).toBe('the others')
  expect(lines.sort()).toEqual(['Error: in a listener', 'Error: in a promise'])
  expect(process.listeners('unhandledRejection')).toEqual(before)
  expect(process.hasUncaughtExceptionCaptureCallback()).toBe(false)
})
