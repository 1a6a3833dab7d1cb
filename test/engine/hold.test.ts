import { expect, it } from 'vitest'
import type { CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import { applyWindows } from '../../shared/engine/pauses/apply-windows.ts'
import { compose } from '../../shared/messages/compose.ts'
import { at } from '../messages/notices.ts'
import { noticesIn, PathWorld } from './world.ts'
import { policy } from './world-config.ts'

/** Warnings ring nobody until 02:25, and ring lin from then on. */
const holding = (changes: Parameters<typeof policy>[0] = {}) => {
  const channels: CompiledPolicy['channels'] = {
    critical: ['phone', 'chat'],
    error: ['sms', 'chat'],
    warning: ['phone', 'chat'],
    info: [],
  }
  const held = policy({ hold: { warning: ['02:10-02:25'] }, channels, ...changes })
  return new PathWorld({ policies: { default: held } })
}
const warning = (path: PathWorld, dedupKey: string) =>
  path.alert('trigger', { dedupKey, summary: `${dedupKey} is slow`, severity: 'warning' })
const posted = (path: PathWorld) =>
  path.messages
    .filter(({ to }) => to.phone === undefined && to.email === undefined)
    .map(({ message }) => compose(message))
const pages = (path: PathWorld) => path.calls.filter((call) => !call.includes('stop')).length

it('one message tells at the end what was held, who has it and what is over; what goes on rings as its severity says', async () => {
  const path = holding()
  path.now = at('02:13')
  for (const key of ['web', 'db', 'mq', 'dns']) await warning(path, key)
  await path.until('02:20')
  await path.alert('resolve', { dedupKey: 'mq' })
  await path.until('02:24:59')
  expect({ texts: path.texts, calls: path.calls }).toEqual({ texts: [], calls: [] })

  await path.until('02:25:04')
  expect(path.incident().escalation.phase).toBe('layer')
  expect(pages(path)).toBe(1)
  await path.until('02:25:40')
  const [message, ...more] = posted(path)
  expect(more).toEqual([])
  expect(message?.title).toBe('暂缓通知的 4 张告警单，其中 1 张已恢复')
  const lines = message?.lines.map(({ spans }) => spans.map(({ text }) => text).join('')) ?? []
  expect(lines).toHaveLength(4)
  expect(lines.filter((line) => line.includes('已恢复'))).toEqual([expect.stringContaining('mq is slow')])
  expect(path.incident().notified).toEqual([{ chat: 'ops' }])

  await path.alert('resolve')
  await path.until('02:27')
  expect(path.texts).toContain('ops resolved')
  await path.until('02:50')
  expect(path.texts.filter((text) => text.includes('held'))).toHaveLength(1)
})

it('what somebody has taken in the night is in it, and rings nobody', async () => {
  const path = holding()
  path.now = at('02:13')
  for (const key of ['web', 'db']) await warning(path, key)
  await path.settle()
  await path.alert('acknowledge' as 'trigger')
  await path.until('02:26')
  const [message] = posted(path)
  const [[line]] = [message?.lines.filter(({ spans }) => spans.some(({ text }) => text.includes('认领'))) ?? []]
  expect(line?.spans.map(({ text }) => text).join('')).toContain('web is slow')
  expect(path.incident().escalation.phase).toBe('over')
  expect(
    noticesIn(path.messages[0] as never)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['held', 'held-taken'])
})

it('a digest that cannot be sent keeps nobody asleep, and the next layer tells the group anew', async () => {
  const path = holding()
  path.answers = [{ status: 'failed', failure: { class: 'bad-credentials' } as never }]
  path.now = at('02:13')
  for (const key of ['web', 'db']) await warning(path, key)
  await path.until('02:25:40')
  expect(pages(path)).toBe(1)
  await path.until('02:30:30')
  expect(path.texts.filter((text) => text === 'ops opened').length).toBeGreaterThan(0)
})

it('what gets worse than what is held is told and rings at once', async () => {
  const path = holding()
  path.now = at('02:13')
  for (const key of ['web', 'db']) await warning(path, key)
  await path.until('02:20')
  await path.alert('trigger', { severity: 'critical' })
  await path.settle()
  expect({ texts: path.texts, pages: pages(path) }).toEqual({ texts: ['ops opened'], pages: 1 })
})

it('what has happened and does not go on waits for the same message', async () => {
  const path = holding()
  path.now = at('02:13')
  await path.alert('trigger', { severity: 'warning', once: true })
  await warning(path, 'db')
  await path.until('02:24')
  expect(path.texts).toEqual([])
  await path.until('02:26')
  expect(
    noticesIn(path.messages[0] as never)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['held', 'once'])
})

it('what was being called about when it began is called off, and is in the message of its end', async () => {
  const path = holding()
  path.now = at('02:09')
  await warning(path, 'web')
  await path.settle()
  expect(path.texts).toEqual(['ops opened'])
  path.now = at('02:10')
  await applyWindows(path.config, path.io())
  await path.settle()
  expect(path.calls.at(-1)).toContain('stop')
  await path.until('02:26')
  expect(path.texts).toEqual(['ops opened', 'ops paused', 'ops held'])
})
