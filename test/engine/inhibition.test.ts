import { expect, it } from 'vitest'
import { applyInhibitions } from '../../shared/engine/pauses/apply-inhibitions.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

/** While `switch` is open, `web` of the same rack pages nobody. */
const world = () =>
  new PathWorld({
    inhibit: {
      rack: {
        source: [[{ name: 'key', is: '=', value: 'switch' }]],
        target: [[{ name: 'key', is: '=', value: 'web' }]],
        equal: ['rack'],
      },
    },
  })
const labels = { rack: 'r1' }
const calls = (of: PathWorld) => of.calls.filter((call) => !call.includes('stop')).length

it('what is inhibited reaches nobody, and pages within a minute of the end of what inhibited it', async () => {
  const path = world()
  await path.alert('trigger', { dedupKey: 'switch', labels })
  await path.settle()
  await path.alert('trigger', { labels })
  await path.settle()
  expect(path.incident().escalation).toMatchObject({
    phase: 'paused',
    pause: { cause: { code: 'inhibited', args: { rule: 'rack', number: path.incident('pay', 'switch').number } } },
  })
  expect(path.texts).toEqual(['ops opened'])

  path.now = at('02:14')
  await path.alert('resolve', { dedupKey: 'switch', labels })
  await path.settle()
  const before = calls(path)
  await applyInhibitions(path.config, path.io())
  await path.settle()

  expect(path.incident().escalation.phase).toBe('layer')
  expect(calls(path)).toBe(before + 1)
})

it('what inhibits may come later: the call is called off', async () => {
  const path = world()
  await path.alert('trigger', { labels })
  await path.settle()
  await path.alert('trigger', { dedupKey: 'switch', labels })
  await applyInhibitions(path.config, path.io())
  await path.settle()

  expect(path.incident().escalation.phase).toBe('paused')
  expect(path.texts).toContain('ops paused')
})

it('is judged once: who looks each minute finds nothing more to do', async () => {
  const path = world()
  await path.alert('trigger', { dedupKey: 'switch', labels })
  await path.alert('trigger', { labels })
  await path.settle()
  await applyInhibitions(path.config, path.io())

  expect(path.queue.filter(({ at: due }) => due <= path.now)).toEqual([])
})

it('is asked again after a quarter of an hour, and nobody hears of that', async () => {
  const path = world()
  await path.alert('trigger', { dedupKey: 'switch', labels })
  await path.alert('trigger', { labels })
  await path.settle()
  const { step } = path.incident()
  await path.until('02:29')

  expect(path.incident().step).toBeGreaterThan(step)
  expect(path.incident().escalation.phase).toBe('paused')
  expect(path.messages.filter(({ message }) => message.notice.number === path.incident().number)).toEqual([])
})

it('what differs in what has to be alike pages', async () => {
  const path = world()
  await path.alert('trigger', { dedupKey: 'switch', labels: { rack: 'r2' } })
  await path.alert('trigger', { labels })
  await path.settle()

  expect(path.incident().escalation.phase).toBe('layer')
})

it('the list is read for targets alone, and once for the steps that one invocation takes', async () => {
  const path = world()
  let reads = 0
  const { listed } = path.incidents
  path.incidents.listed = (which, limit) => {
    reads += 1
    return listed.call(path.incidents, which, limit)
  }
  await path.alert('trigger', { dedupKey: 'switch', labels })
  await path.settle()
  expect(reads).toBe(0)

  await path.alert('trigger', { labels })
  await path.alert('trigger', { project: 'shop', labels })
  const io = path.pageIo()
  await Promise.all(path.queue.splice(0).map(({ message }) => takeEscalation(message, path.gateway(), io)))
  expect(reads).toBe(1)
  expect(path.incident('shop').escalation.phase).toBe('paused')
})

it('a list that could not be read is read anew by whoever asks next', async () => {
  const path = world()
  await path.alert('trigger', { dedupKey: 'switch', labels })
  await path.settle()
  await path.alert('trigger', { labels })
  const { listed } = path.incidents
  path.incidents.listed = () => Promise.reject(new Error('away'))
  const [io, steps] = [path.pageIo(), path.queue.splice(0)]
  const take = () => Promise.all(steps.map(({ message }) => takeEscalation(message, path.gateway(), io)))
  await expect(take()).rejects.toThrow('away')
  path.incidents.listed = listed
  await take()

  expect(path.incident().escalation.phase).toBe('paused')
})
