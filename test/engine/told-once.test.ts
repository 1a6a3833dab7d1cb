import { expect, it } from 'vitest'
import { compose } from '../../shared/messages/compose.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

it('what has happened and does not go on is told to the chat once, though its severity reaches nobody, and is closed', async () => {
  const world = new PathWorld()
  const happened = { severity: 'info', once: true, summary: 'the cluster waits for work' }
  for (const time of ['02:13', '02:14', '08:30']) {
    world.now = at(time)
    await world.alert('trigger', happened)
    await world.settle()
  }
  expect(world.messages.map(({ message }) => message.notice.kind)).toEqual(['once'])
  expect(world.calls).toEqual([])
  expect(world.incident()).toMatchObject({ status: 'resolved', resolved: { via: 'once' } })
  const { message } = world.messages[0] ?? expect.unreachable()
  const { title, lines, links } = compose({ ...message, language: 'en' })
  expect(title).toMatch(/^INFO \| .*the cluster waits for work$/)
  expect([lines, links.map(({ text }) => text)]).toMatchObject([
    [{ spans: [{ text: 'Since 02:13' }] }],
    expect.not.arrayContaining(['Acknowledge']),
  ])
})
