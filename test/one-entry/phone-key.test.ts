import { expect, it, vi } from 'vitest'
import { contactFlow } from '../../shared/channels/connect/contact-flow.ts'
import { connectKeys as keys } from '../../shared/channels/connect/keys.ts'
import { callInputOf } from '../../shared/channels/voice/calls.ts'
import type { PhoneKey } from '../../shared/contracts/phone-keys.ts'
import { answerCall } from '../../shared/engine/answers/take-key.ts'
import { sayList, sayPage } from '../../shared/messages/voice.ts'
import { PathWorld, policy } from '../engine/world.ts'
import { at, opened } from '../messages/notices.ts'

// A key more is the last row, and nothing else; and what takes an incident is 5 in place of 1.
vi.mock(import('../../shared/channels/connect/keys.ts'), async (original) => {
  const rows = (await original()).connectKeys
  const menu = { zh: '我不懂', en: 'say no' }
  const more: PhoneKey = { key: '7', event: 'pass', outcome: 'passed', menu, offered: ['one', 'list'] }
  return { connectKeys: [...rows.map((row) => (row.key === '1' ? { ...row, key: '5' } : row)), more] }
})

it('is offered by the menus that its row names', () => {
  expect(sayPage([opened], 'en', at('02:14'), keys)).toMatch(
    /Press 5 to take it, 2 to repeat, 9 to pass it on, 7 to say no\.$/,
  )
  expect(sayPage([opened, opened], 'zh', at('02:14'), keys)).toMatch(/全部认领请按5，逐个收听请按3。$/)
  expect(sayList([opened, opened], 'zh', at('02:14'), keys)).toMatch(/请按9，我不懂请按7。$/)
})

it('leads each menu of the flow to the function, with the key', () => {
  const { Actions } = contactFlow('arn')
  const menus = Actions.filter(({ Type }) => Type === 'GetParticipantInput')
  const asked = menus.map(({ Transitions }) => {
    const taken = Transitions.Conditions?.find(({ Condition }) => Condition.Operands[0] === '7')
    return Actions.find(({ Identifier }) => Identifier === taken?.NextAction)?.Parameters.LambdaInvocationAttributes
  })
  expect(menus.length).toBeGreaterThan(10)
  expect(asked).toEqual(menus.map(() => ({ action: 'key', key: '7' })))
})

const pressed = (key: string, phoneHash = 'h') => {
  const Attributes = { phoneHash, seq: '1', language: 'zh' }
  const Details = { ContactData: { ContactId: 'contact-1', Attributes }, Parameters: { action: 'key', key } }
  return callInputOf({ Name: 'ContactFlowEvent', Details })
}

it.each([
  { key: '7', taken: true },
  { key: '5', taken: true },
  { key: '1', taken: false },
])('is taken by the function: $key, $taken', ({ key, taken }) => {
  expect(pressed(key) !== undefined).toBe(taken)
})

it.each([
  { key: '7', say: '好的，将继续通知其他人，再见。', status: 'open' },
  { key: '5', say: '已认领1001号，再见。', status: 'acknowledged' },
])('does in the call what its row says: $key', async ({ key, say, status }) => {
  const world = new PathWorld({
    policies: { default: policy({ layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: 300_000 }] }) },
  })
  await world.alert('trigger')
  await world.settle()
  const input = pressed(key, world.phoneLine().phoneHash)
  if (input === undefined) throw new Error('not taken')
  expect(await answerCall(input, world.io(), new AbortController().signal)).toEqual({ result: 'ok', say })
  expect(world.incident().status).toBe(status)
  if (status === 'acknowledged') expect(world.incident().acknowledged).toMatchObject({ via: 'phone', key: '5' })
})
