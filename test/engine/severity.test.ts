import { expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { compose } from '../../shared/messages/compose.ts'
import { PathWorld } from './world.ts'

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
