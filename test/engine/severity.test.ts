import { expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { compose } from '../../shared/messages/compose.ts'
import { PathWorld, policy } from './world.ts'

/** What the newest message of a kind says, line by line. */
function lines(world: PathWorld, kind: string): string[] {
  const { message } = world.messages.findLast((one) => one.message.notice.kind === kind) ?? expect.fail(kind)
  return compose(message).lines.map(({ spans }) => spans.map(({ text }) => text).join(''))
}

it('a fall in severity while a page goes unanswered: the next layer is called as if nothing had fallen', async () => {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.until('02:14')
  await world.alert('trigger', { severity: 'warning' })
  await world.until('02:15')

  expect(world.calls.filter((call) => !call.includes('stop'))).toEqual([
    'connect +8613800000001 line:person-+8613800000001:1',
    'connect +8613800000002 line:person-+8613800000002:1',
  ])
  expect(world.texts).toEqual(['ops opened', 'ops escalated'])
  expect(lines(world, 'escalated')).toContain('曾为严重，认领或恢复前仍按严重升级')
})

it('a rise beyond what somebody took rings, and the group reads who had it', async () => {
  const world = new PathWorld()
  await world.alert('trigger', { severity: 'warning' })
  await world.until('02:14')
  const of = { project: 'pay', groupKey: 'web' }
  const by = { contact: 'wang', name: '王磊' }
  await dispatchToIncident(of, { event: { type: 'acknowledge', generation: 1, via: 'link', by } }, world.pageIo())
  expect(world.calls).toEqual([])

  await world.until('02:20')
  await world.alert('trigger', { severity: 'critical' })
  await world.until('02:20:05')

  expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1'])
  expect(world.texts).toEqual(['ops opened', 'ops acknowledged', 'ops escalated'])
  expect(lines(world, 'escalated')).toEqual([
    '起于 02:13，已 7 分钟',
    '王磊于 02:14 按警告认领，此后加重',
    '正在呼叫 林悦，02:25 前无人认领转 王磊',
  ])
})

it('what nobody takes rises by its policy, and rings: `watch` sends the step of that time', async () => {
  const world = new PathWorld({
    policies: { default: policy({ raiseAfterMs: { warning: 1_200_000, error: 600_000 } }) },
  })
  await world.alert('trigger', { severity: 'warning' })
  await world.until('02:14')
  expect(world.texts).toEqual(['ops opened'])

  for (const time of ['02:32', '02:33', '02:34', '02:42', '02:43']) {
    await world.until(time)
    await watch({ config: world.config, backlog: async () => 0, deadLetters: [] }, world.io())
  }
  await world.until('02:43:30')
  expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1'])
  expect(world.texts.filter((text) => text.startsWith('ops'))).toEqual([
    'ops opened',
    ...Array(3).fill('ops escalated'),
  ])
  expect(world.incident()).toMatchObject({ severity: 'critical', raised: { from: 'error', afterMs: 600_000 } })
  expect(lines(world, 'escalated')).toContain('10 分钟无人认领，由错误升为严重')
})
