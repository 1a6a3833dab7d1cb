import { expect, it, vi } from 'vitest'
import { contactFlow } from '../../shared/channels/connect/contact-flow.ts'
import type { PhoneKey } from '../../shared/contracts/phone-keys.ts'
import { escalationMessage } from '../../shared/contracts/step.ts'
import { contactFlowEvent } from '../../shared/engine/take-key.ts'
import { smsText } from '../../shared/messages/sms.ts'
import { sayList, sayPage } from '../../shared/messages/voice.ts'
import { words } from '../../shared/messages/words.ts'
import { at, messageOf, opened } from '../messages/notices.ts'
import { PhoneLineStory } from '../phoneline/story.ts'

// A key more is the last row, and nothing else; and what takes an incident is 5 in place of 1.
vi.mock(import('../../shared/contracts/phone-keys.ts'), async (original) => {
  const rows: readonly PhoneKey[] = (await original()).phoneKeys
  const menu = { zh: '我不懂', en: 'say no' }
  const more: PhoneKey = { key: '7', event: 'pass', outcome: 'passed', menu, offered: ['one', 'list'] }
  return { phoneKeys: [...rows.map((row) => (row.key === '1' ? { ...row, key: '5' } : row)), more] as never }
})

const seven = '7' as '9'
const five = '5' as '1'

it('is offered by the menus that its row names', () => {
  expect(sayPage([opened], 'en', at('02:14'))).toMatch(
    /Press 5 to take it, 2 to repeat, 9 to pass it on, 7 to say no\.$/,
  )
  expect(sayPage([opened, opened], 'zh', at('02:14'))).toMatch(/全部认领请按5，逐个收听请按3。$/)
  expect(sayList([opened, opened], 'zh', at('02:14'))).toMatch(/请按9，我不懂请按7。$/)
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

it.each([
  { key: '7', taken: true },
  { key: '5', taken: true },
  { key: '1', taken: false },
])('is taken by the function and by the queue: $key, $taken', ({ key, taken }) => {
  const Attributes = { phoneHash: 'h', seq: '1', language: 'zh' }
  const Details = { ContactData: { ContactId: 'c', Attributes }, Parameters: { action: 'key', key } }
  expect(contactFlowEvent.safeParse({ Name: 'ContactFlowEvent', Details }).success).toBe(taken)
  const kept = { v: 1, kind: 'key', phoneHash: 'hash-of-lin', seq: 1, contactId: 'c', key }
  expect(escalationMessage.safeParse(kept).success).toBe(taken)
})

it('does in the call what its row says', () => {
  const story = new PhoneLineStory()
  story.request('pay#1#web')
  story.dialled()
  story.answered()
  expect(story.key(seven)).toEqual(['pay#1#web step 1: passed'])
  expect(story.key(five)).toContain('acknowledge pay#1#web')
})

it('is what messages name who tell of a key', () => {
  expect([words.zh.via.phone, words.en.via.phone]).toEqual(['电话按 5', 'pressed 5 on the phone'])
  expect(smsText(messageOf(opened, { language: 'en' }))).toContain('press 5 in the call')
})
