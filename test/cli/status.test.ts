import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localSecret } from '../../local/files.ts'
import { changeSubscriber, sealAddress } from '../../shared/store/subscribers.ts'
import { page } from './paging.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
  stack.terminal.write(
    'fenghuo.yml',
    `${fenghuoYml}
status:
  pay: { title: Example, components: { checkout: { title: Checkout, checks: [pay/web] }, all: { title: All, checks: [pay] } } }
  shop: { title: Shop, components: { home: { title: Home, checks: [pay/web] } } }
`,
  )
})
afterAll(() => stack.stop())

const run = (...command: string[]) => stack.terminal.run(...command)

it('tells outsiders of an incident on each page that it is about, and puts that into the timeline', async () => {
  const { number } = await page(stack, { component: 'pay/web' })
  const { code, out } = await run('status', 'post', `${number}`, 'We are looking into it', '--as', 'ubuntu2')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  const posted = await run('status', 'post', `#${number}`, 'We are looking into it')
  expect(posted.out).toMatch(/\/status\/pay tells it: investigating \(\w{10}\)\n\/status\/shop tells it/)
  expect((await run('status', 'ls')).out).toMatch(/pay +\w{10} +investigating +.*Checkout, All: /)
  expect((await run('incidents', `${number}`)).out).toContain('/status/pay (investigating)')

  const only = ['--page', 'pay', '--state', 'resolved', '--components', 'checkout', '--zh', '好了', '--en', 'Well']
  expect((await run('status', 'post', `${number}`, ...only)).out).toMatch(/^\/status\/pay tells it: resolved/)
  expect((await run('status', 'ls', '--json')).out).not.toContain('"page": "pay"')
  const [{ id: shop, ...told }] = JSON.parse((await run('status', 'ls', '--json')).out)
  expect(told).toMatchObject({ page: 'shop', state: 'investigating', heading: { en: 'Home: outage' } })
  expect((await run('status', 'end', 'shop', shop, 'All well')).out).toBe(`${shop} is over on /status/shop.`)
  expect((await run('status', 'ls')).out).toBe('Nothing goes on, and nothing is planned.')
})

it('lists who has subscribed, no address whole, and takes one away once', async () => {
  const secret = localSecret(join(stack.terminal.folder, '.fenghuo'))
  const io = { ...stack.handed, now: Date.now }
  const ann = { address: sealAddress('ann@example.com', secret), state: 'active', language: 'en', base: '' } as const
  await changeSubscriber('pay', 'ann', () => ({ ...ann, name: 'ann', since: 0, told: [], failures: 0 }), io)
  const { out } = await run('status', 'subscribers')
  expect(out).toMatch(/pay +ann +mail +a\*\*\*@example\.com +confirmed, since .* none yet/)
  expect(JSON.parse((await run('status', 'subscribers', 'shop', '--json')).out)).toEqual([])
  expect((await run('status', 'drop', 'pay', 'ann')).out).toBe('ann is told nothing of /status/pay any more.')
  expect(await run('status', 'drop', 'pay', 'ann')).toMatchObject({
    code: 2,
    err: expect.stringContaining('nobody named ann'),
  })
  expect((await run('status', 'subscribers', 'pay')).out).toBe('Nobody has subscribed yet.')
})

it('announces work that is planned', async () => {
  const when = ['--from', 'Sat 22:00', '--until', 'Sat 23:00']
  expect((await run('status', 'announce', 'pay', 'Read-only', ...when)).out).toMatch(
    /\/status\/pay tells it: 11-28 22:00 UTC\S* \(\w+\)/,
  )
  expect((await run('status', 'ls')).out).toMatch(/pay .*11-28 22:00 .*Planned maintenance: Checkout, All/)
})

it.each<[why: string, command: string[], said: RegExp]>([
  ['without a text', ['post', 'NUMBER'], /there is nothing to tell/],
  ['with a text of blanks', ['post', 'NUMBER', '  '], /there is nothing to tell/],
  ['with a long text', ['post', 'NUMBER', 'x'.repeat(2_001)], /longer than 2000/],
  ['with a heading of two lines', ['post', 'NUMBER', 'x', '--title', 'a\nb'], /one line/],
  ['of a page that there is not', ['post', 'NUMBER', 'x', '--page', 'pya'], /no status page is named pya.*pay, shop/],
  ['of a component that there is not', ['post', 'NUMBER', 'x', '--components', 'hom'], /has no component hom/],
  ['of an incident that there is not', ['post', '999999', 'x'], /there is no incident #999999/],
  ['of a state that there is not', ['post', 'NUMBER', 'x', '--state', 'gone'], /gone/],
  [
    'that ends before it begins',
    ['announce', 'pay', 'x', '--from', '2026-12-05 22:00', '--until', '2026-12-05 21:00'],
    /before it begins/,
  ],
  ['that nobody was told of', ['end', 'pay', 'nothing'], /nothing named nothing goes on/],
])('what is told %s is refused, and nothing is told', async (_, command, said) => {
  const { number } = await page(stack, { component: 'pay/web' })
  const before = (await run('status', 'ls')).out
  const { code, err } = await run('status', ...command.map((one) => (one === 'NUMBER' ? `${number}` : one)))
  expect(code).toBe(2)
  expect(err).toMatch(said)
  expect((await run('status', 'ls')).out).toBe(before)
})

it('an incident that is on no page needs to be told on which', async () => {
  const { number } = await page(stack)
  expect(await run('status', 'post', `${number}`, 'x')).toMatchObject({
    code: 2,
    err: expect.stringContaining('name a page with --page'),
  })
  const named = await run('status', 'post', `${number}`, 'x', '--page', 'pay', '--components', 'all')
  expect(named.out).toContain('/status/pay tells it')
})
