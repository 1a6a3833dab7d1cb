import { expect, it } from 'vitest'
import { serveConsole, TOKEN } from './served-console.ts'

const title = { zh: '收银台', en: 'Checkout' }

/** A console of a world with a status page, an incident of its check, and a token that may respond in `projects`; undefined: in all. */
async function telling(projects?: string[]) {
  const access = { access: [{ role: 'responder' as const, tokens: [TOKEN], ...(projects && { projects }) }] }
  const served = await serveConsole('responder', { access })
  served.world.config.status = {
    pay: { title, languages: ['zh', 'en'], components: { checkout: { title, checks: ['pay/web'] } } },
  }
  await served.world.alert('trigger', { title: '收银台', component: 'pay/web' })
  await served.world.settle()
  return served
}

const hours = ['--from', '2026-12-05 10:00', '--until', '2026-12-05 11:00']

it('who has a token alone tells outsiders of an incident, in their own name, and ends that', async () => {
  const { here } = await telling()
  const posted = await here.run('status', 'post', '1001', 'We look into it', '--state', 'identified', '--as', 'lin')
  expect(posted).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\/status\/pay tells it: identified \(\w{10}\)$/),
  })
  expect((await here.run('incidents', '1001')).out).toMatch(/林悦 notes: \/status\/pay \(identified\): We look into it/)
  const [told] = JSON.parse((await here.run('status', 'ls', '--json')).out)
  expect(told).toMatchObject({ page: 'pay', state: 'identified', components: ['checkout'] })
  expect((await here.run('status', 'ls')).out).toMatch(new RegExp(`pay +${told.id} +identified .*Checkout: `))
  expect((await here.run('status', 'end', 'pay', told.id)).out).toBe(`${told.id} is over on /status/pay.`)
  expect((await here.run('status', 'ls')).out).toBe('Nothing goes on, and nothing is planned.')
  expect((await here.run('status', 'end', 'pay', told.id)).err).toMatch(/Nothing of this id goes on/)
})

it('and announces planned work once, though an answer is lost', async () => {
  const { here, lose } = await telling()
  lose(1)
  const announced = await here.run('status', 'announce', 'pay', 'Read-only', '--components', 'checkout', ...hours)
  expect(announced).toMatchObject({ code: 0, err: '' })
  expect(announced.out).toMatch(/^\/status\/pay tells it: 12-05 10:00 UTC \(\w+\)$/)
  expect(JSON.parse((await here.run('status', 'ls', '--json')).out)).toMatchObject([
    { page: 'pay', from: '2026-12-05T10:00:00.000Z', until: '2026-12-05T11:00:00.000Z' },
  ])
})

it.each<[why: string, projects: string[] | undefined, command: string[], said: RegExp]>([
  ['whose token is of one project', ['pay'], ['announce', 'pay', 'x', ...hours], /role does not allow/],
  ['who names a page that there is not', undefined, ['announce', 'pya', 'x', ...hours], /there are: pay/],
  ['who names no text', undefined, ['post', '1001', '--as', 'lin'], /there is nothing to tell/],
  ['who names a region beside it', undefined, ['ls', '--console', 'http://127.0.0.1:1', '--region', 'x'], /--region/],
])('%s is told why nothing is done', async (_, projects, command, said) => {
  const { here } = await telling(projects)
  const { code, err } = await here.run('status', ...command)
  expect([code, err]).toEqual([2, expect.stringMatching(said)])
})
