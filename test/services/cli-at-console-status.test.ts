import { expect, it } from 'vitest'
import { changeSubscriber, sealAddress } from '../../shared/store/subscribers.ts'
import { HookedPage } from './hooked-page.ts'
import { serveConsole, TOKEN } from './served-console.ts'

const { page } = new HookedPage()

async function served(role: 'viewer' | 'admin' = 'admin') {
  const made = await serveConsole('viewer', { access: { access: [{ role, tokens: [TOKEN] }] } })
  made.world.config.status = { pay: page }
  const usual = { state: 'active' as const, language: 'en' as const, base: '', told: [] }
  for (let count = 0; count < 120; count++) {
    const name = `s${String(count).padStart(3, '0')}`
    const own = {
      address: sealAddress(`ann${count}@example.com`, 'secret'),
      since: made.world.now - count,
      failures: count,
    }
    await changeSubscriber('pay', name, () => ({ ...usual, ...own, name }), made.world.io())
  }
  return made
}

it('who has subscribed is listed by a console, all pages of them, and one is taken away once though its answer be lost', async () => {
  const { here, lose } = await served()
  const { code, out, err } = await here.run('status', 'subscribers')
  expect([code, err]).toEqual([0, ''])
  expect(out.split('\n')).toHaveLength(121)
  expect(out).toMatch(/PAGE +ID +BY.*\npay +s000 +mail +a\*\*\*@example\.com +confirmed, since .* none yet\n/)
  expect(out).toMatch(/s002 .* none yet, has failed 2 times in a row since/)
  lose(1)
  expect((await here.run('status', 'drop', 'pay', 's000')).out).toBe('s000 is told nothing of /status/pay any more.')
  expect(JSON.parse((await here.run('status', 'subscribers', 'pay', '--json')).out)).toHaveLength(119)
  expect(await here.run('status', 'drop', 'pay', 's000')).toMatchObject({
    code: 2,
    err: expect.stringContaining('No subscriber of this page has this id'),
  })
})

it('a page that is not there is told with those that are, and a role that is too small, too', async () => {
  const { here } = await served()
  expect(await here.run('status', 'subscribers', 'shop')).toMatchObject({
    code: 2,
    err: expect.stringContaining('No status page has this name; there are: pay'),
  })
  const viewer = await served('viewer')
  expect(await viewer.here.run('status', 'subscribers')).toMatchObject({ code: 2, out: '' })
})
