import { beforeEach, expect, it } from 'vitest'
import { tencentSmsReceipts } from '../../../shared/channels/tencent-sms/receipts.ts'
import type { EscalationMessage } from '../../../shared/contracts/step.ts'
import { takeTextReceipts } from '../../../shared/engine/answers/take-text-receipts.ts'
import { watch } from '../../../shared/engine/watch/watch.ts'
import { texting, told } from '../texting.ts'
import { type PathWorld, phones } from '../world.ts'

/** A text went to Lin at 02:13, and no receipt of it comes. */
let world: PathWorld
beforeEach(async () => {
  world = await texting(({ answers }) => answers.push({ status: 'sent', receipt: 's-1' }))
})

/** Watch runs each minute until then, and what it has sent is taken. */
async function watchUntil(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await world.until(world.now + 60_000)
    await watch({ config: world.config, backlog: world.backlog, deadLetters: [] }, world.io())
    await world.settle()
  }
}

const refused = { failure: { class: 'not-delivered', vendor: 'texts', code: 'UNDELIV' } } as const
const post = (sid: string) => {
  const report = { user_receive_time: '', nationcode: '86', mobile: '1', report_status: 'SUCCESS', sid }
  return takeTextReceipts(JSON.stringify([report]), { ...tencentSmsReceipts, vendor: 'texts' }, world.io())
}

it('a text whose receipt is late is asked about, and one that did not arrive lets the next channel take over', async () => {
  world.ends = [refused]
  await watchUntil(1)
  expect(world.asked).toEqual([])
  await watchUntil(2)
  expect(world.asked).toEqual([`s-1 of 18:13 to ${phones.lin}`])
  const lines = await told(world)
  expect(lines).toContainEqual(expect.stringMatching(/^page to lin sms: not-arrived/))
  expect(lines).toContain('page to lin email: sent')
})

it('one that has arrived is told once, be its receipt posted later', async () => {
  world.ends = [{}]
  await watchUntil(3)
  await post('s-1')
  expect((await told(world)).filter((line) => line.includes('arrived'))).toEqual(['page to lin sms: arrived'])
})

it('one whose receipt has come is not asked about', async () => {
  await post('s-1')
  await watchUntil(4)
  expect(world.asked).toEqual([])
})

it('while nobody knows it is asked about three times, at longer and longer intervals', async () => {
  await watchUntil(3)
  expect(world.asked).toHaveLength(1)
  await watchUntil(10)
  expect(world.asked).toHaveLength(2)
  await watchUntil(62)
  expect(world.asked).toHaveLength(3)
  const item = [...world.incidents.rows.values()].find(({ pk }) => pk === 'text#texts#s-1')
  expect(item?.dueAt).toBeUndefined()
})

it('a message about a text that nobody sent changes nothing', async () => {
  const message: EscalationMessage = { v: 1, kind: 'text', vendor: 'texts', id: 'other' }
  await world.page(message)
  expect(world.asked).toEqual([])
})
