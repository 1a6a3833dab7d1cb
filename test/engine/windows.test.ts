import { expect, it } from 'vitest'
import { applyWindows } from '../../shared/engine/pauses/apply-windows.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

/** Maintenance of `web` from 02:14 to 04:00. */
const world = () =>
  new PathWorld({
    maintenance: {
      web: {
        match: [[{ name: 'key', is: '=', value: 'web' }]],
        when: { from: '2026-11-22 02:14', to: '2026-11-22 04:00' },
        timezone: 'Asia/Shanghai',
      },
    },
  })
const pages = (of: PathWorld) => of.calls.filter((call) => !call.includes('stop')).length

it('what is being paged when its maintenance begins is called off within a minute, and pages at its end if it still burns', async () => {
  const path = world()
  path.now = at('02:13')
  await path.alert('trigger')
  await path.settle()
  expect(path.phoneLine().call).toMatchObject({ phase: 'ringing' })

  await applyWindows(path.config, path.io())
  await path.settle()
  expect(path.incident().escalation.phase).toBe('layer')

  path.now = at('02:14')
  await applyWindows(path.config, path.io())
  await path.settle()
  const { phase, pause } = path.incident().escalation
  expect({ phase, cause: pause?.cause }).toEqual({
    phase: 'paused',
    cause: { code: 'maintenance', args: { window: 'web' } },
  })
  expect(path.calls.at(-1)).toContain('stop')
  expect(pages(path)).toBe(1)
})

it('is told once: who looks each minute finds nothing more to do', async () => {
  const path = world()
  path.now = at('02:13')
  await path.alert('trigger')
  await path.settle()
  path.now = at('02:14')
  await applyWindows(path.config, path.io())
  await path.settle()
  const { step } = path.incident()

  path.now = at('02:15')
  await applyWindows(path.config, path.io())
  await path.settle()
  expect(path.incident().step).toBe(step)
  expect(path.texts.filter((text) => text === 'ops paused')).toHaveLength(1)
})

it('of others nobody is called off, and without windows no list is read', async () => {
  const path = world()
  path.now = at('02:13')
  await path.alert('trigger', { dedupKey: 'db' })
  await path.settle()
  path.now = at('02:14')
  await applyWindows(path.config, path.io())
  await path.settle()
  expect(path.incident('pay', 'db').escalation.phase).toBe('layer')

  const io = path.io()
  io.incidents.listed = () => expect.fail('A list was read')
  await applyWindows({ projects: path.config.projects }, io)
})
