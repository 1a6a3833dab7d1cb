import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { pageOf } from '../../cli/preview/page.ts'
import { sampleMessage, type sampleNames } from '../../cli/preview/samples.ts'
import { bubblesOf, shownTypes } from '../../cli/preview/show.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { at } from '../messages/notices.ts'
import { page } from './paging.ts'
import { startTestStack } from './stack.ts'
import { terminal } from './terminal.ts'

const show = (name: (typeof sampleNames)[number], types = shownTypes) =>
  bubblesOf(types, sampleMessage(name, 'en', 'Asia/Shanghai', at('02:14')), Date.now)

it('every channel and voice route shows what its vendor takes', async () => {
  const bubbles = await show('opened')
  expect(bubbles.map(({ type }) => type)).toEqual(shownTypes)
  for (const { type, messages, why } of bubbles) {
    expect([type, why]).toEqual([type, undefined])
    // Of this vendor one fixed sentence is approved.
    expect(messages[0]?.text, type).toContain(type === 'tencent-vms' ? 'An alert for you' : 'Checkout')
  }
})

it.each(['feishu', 'teams', 'telegram'])('the button of a card of %s is shown below it', async (type) => {
  const [bubble] = await show('opened', [type])
  expect(bubble?.messages[0]?.text).toMatch(/\n\n.*\[Acknowledge\]\(https:/)
})

it.each([
  ['wecom-app', '[ Take it ] [ Pass on ] [ Silence 1h ]'],
  ['feishu-app', '[ Take it ] [ Pass on ] [ Silence 1h ]'],
  ['slack', '[ Take it ] [ Pass on ] [ Silence 1h ]'],
])('the buttons of an application of %s are shown below its card', async (type, buttons) => {
  const [bubble] = await show('opened', [type])
  expect(bubble?.messages[0]?.text.split('\n').at(-1)).toBe(buttons)
})

it.each([
  [
    'connect',
    'On-call alert ten twenty-four. Pay: Checkout is down',
    'Press 1 to take it, 2 to repeat, 9 to pass it on.',
  ],
  ['aliyun-ivr', 'Alert 1024. In project Pay, the service Checkout is down', 'Press 1 to take it, 9 to pass it on.'],
  ['aliyun-tts', 'In project Pay, the service Checkout is in trouble.', 'This call takes no keys.'],
])('a call by %s shows what is said first, and its keys', async (type, begins, contains) => {
  const [bubble] = await show('opened', [type])
  expect(bubble?.messages[0]?.text.slice(0, begins.length)).toBe(begins)
  expect(bubble?.messages[0]?.text).toContain(contains)
})

it('a call about a storm says how many and the worst; nobody is called about what is over', async () => {
  const [ivr] = await show('storm', ['aliyun-ivr'])
  expect(ivr?.messages[0]?.text).toContain('there are 12 alerts. The worst is Orders 1')
  const [tts] = await show('storm', ['aliyun-tts'])
  expect(tts?.messages[0]?.text).toContain('You have 12 alerts. The worst is Orders 1')
  const [over] = await show('resolved', ['connect'])
  expect(over).toMatchObject({ messages: [], why: expect.stringContaining('does not tell of this') })
})

it('what a channel does not tell of, it says', async () => {
  const [bubble] = await show('acknowledged', ['tencent-sms'])
  expect(bubble).toMatchObject({ type: 'tencent-sms', why: expect.stringContaining('does not tell of this') })
  expect(bubble?.messages).toEqual([])
})

it('a storm is one message', async () => {
  const [bubble] = await show('storm', ['wecom-robot'])
  expect(bubble?.messages).toMatchObject([{ text: expect.stringContaining('Orders 1') }])
})

it('is text on the terminal as the vendor gets it, or a page of bubbles as readers see it', async () => {
  const here = terminal()
  onTestFinished(here.remove)
  const said = await here.run('preview', '--channel', 'wecom-robot', 'smtp', '--language', 'en')
  expect(said).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^── WeCom \(wecom-robot\)\n<font color="warning">/),
  })
  expect((await here.run('preview', '--channel', 'wecom-robot', '--html', 'p.html')).out).toBe('written to p.html')
  const html = await readFile(join(here.folder, 'p.html'), 'utf8')
  expect(html).toContain('<span class="warning">')
  expect(html).not.toContain('<font')
})

it('what others wrote is no markup of the page', () => {
  const text = '> <script>1</script> [runbook](https://a.example/"onclick=1)'
  const bubbles = [
    { type: 'a', title: '<i>', messages: [{ text, format: 'markdown' as const }] },
    { type: 'b', title: 'b', messages: [{ text: '<b>', format: 'text' as const }], why: '<u>' },
  ]
  const html = pageOf(bubbles, '</title>', 'en')
  expect(html).toContain(
    '<blockquote>&lt;script&gt;1&lt;/script&gt; <a href="https://a.example/&quot;onclick=1">runbook</a>',
  )
  expect(html).not.toMatch(/<(script|i|b|u)>|<\/title><\/title>/)
})

it('an incident that is over is told with the time of its end', async () => {
  const stack = await startTestStack('local')
  onTestFinished(() => stack.stop())
  const incident = await page(stack)
  await stack.terminal.io.wait(42_000)
  const event = { type: 'resolve', generation: incident.generation, via: 'cli' } as const
  await dispatchToIncident(incident, { event }, stack.handed)
  await stack.terminal.io.wait(3_600_000)
  const { out } = await stack.terminal.run('preview', '--incident', String(incident.number), '--channel', 'wecom-robot')
  expect(out).toContain('02:13 – 02:13, 42 s in all')
})
