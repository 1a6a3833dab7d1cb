import { expect, it, vi } from 'vitest'
import type { Stack } from '../../local/stack.ts'
import { fenghuo, post, service, start, stopsAfterEach, waiting } from './stack-of.ts'

stopsAfterEach()

/** Somebody with a browser that takes cookies, and no script. */
function visitor({ addresses }: Stack) {
  let cookie = ''
  const get = async (path: string) => {
    const answer = await fetch(addresses.console + path, { headers: { cookie, 'accept-language': 'en' } })
    const [session] = answer.headers.getSetCookie()
    if (session !== undefined) cookie = session.split(';', 1)[0] ?? ''
    return (await answer.text()).replaceAll('&#39;', "'")
  }
  return {
    get,
    /** Sends a form as the page of `from` has it. */
    async send(from: string, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
      const [, form = ''] = (await get(from)).split(` action="${path}"`)
      const t = /name="t" value="([^"]+)"/.exec(form)?.[1] ?? ''
      const body = new URLSearchParams({ t, back: from, ...fields })
      const redirect = 'manual' as const
      const init = { method: 'POST', body, redirect, headers: { cookie, 'accept-language': 'en', ...headers } }
      const answer = await fetch(addresses.console + path, init)
      return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() }
    },
  }
}

async function ringing() {
  const { state, url } = await service()
  state.status = 503
  const stack = await start({ fenghuo: fenghuo(url) })
  await post(stack, 'invoke/probe', { all: true })
  const id = await vi.waitFor(() => {
    const [call] = stack.sandboxes.phones.calls
    expect(call?.state).toBe('ringing')
    return call?.contactId ?? ''
  }, waiting)
  return { stack, browser: visitor(stack), phone: `/phones/${encodeURIComponent(id)}` }
}

it('answers a phone and presses its keys by forms, and says what was not done', async () => {
  const { stack, browser, phone } = await ringing()
  expect(await browser.get('/phones')).toMatch(
    /1 phone is ringing[\s\S]*Incoming call[\s\S]*林悦[\s\S]*\+8613800000001/,
  )
  expect(await browser.send('/phones', phone, { key: '1' })).toMatchObject({ status: 409 })
  expect(await browser.send('/demo', phone, { do: 'answer' })).toMatchObject({ status: 303, to: '/demo' })
  await vi.waitFor(async () => expect(await browser.get('/phones')).toMatch(/Press a key/), waiting)
  const away = await browser.send('/phones', phone, { do: 'hang', back: '//evil.example' })
  expect(away.status, 'no such thing can be done').toBe(409)
  const twice = await browser.send('/phones', phone, { do: 'answer' })
  expect(twice).toMatchObject({ status: 409, text: expect.stringContaining('The phone rings no more') })

  expect(await browser.send('/phones', phone, { key: '1' })).toMatchObject({ status: 303, to: '/phones' })
  await vi.waitFor(async () => expect(await browser.get('/phones')).toMatch(/Last call .* · pressed 1/), waiting)
  expect(stack.sandboxes.phones.calls).toMatchObject([{ keys: ['1'] }])
})

it('breaks and mends the demo service by a form of its own page alone', async () => {
  const stack = await start()
  const browser = visitor(stack)
  expect(await browser.get('/demo')).toContain('No check of the configuration watches it')
  expect(await browser.send('/demo', '/demo', { do: 'break' })).toMatchObject({ status: 303, to: '/demo' })
  expect(stack.demo.broken).toBe(true)
  expect(await browser.get('/system/audit')).toMatch(/<code>POST<\/code> \/demo .*from 127\.0\.0\.1, done/)
  for (const [fields, headers] of [
    [{ t: 'made-up', do: 'mend' }, {}],
    [{ do: 'mend' }, { origin: 'http://127.0.0.1:1' }],
    [{ do: 'mend' }, { 'sec-fetch-site': 'same-site' }],
  ] as const)
    expect(await browser.send('/demo', '/demo', fields, headers)).toMatchObject({ status: 403 })
  expect(stack.demo.broken).toBe(true)
  expect(await browser.send('/demo', '/demo', { do: 'mend' })).toMatchObject({ status: 303 })
  expect(stack.demo.broken).toBe(false)
})

it('shows what was sent as it reads there, and no markup of whoever wrote it', async () => {
  const stack = await start()
  const title = { zh: '企业微信', en: 'WeCom' }
  const text = '**bold** <font color="warning">red</font>\n<script>alert(1)</script>'
  stack.journal.sent({ at: Date.now(), channel: 'wecom-robot', title, text, format: 'markdown' })
  for (let sent = 0; sent < 5; sent++)
    stack.journal.sent({ at: Date.now(), channel: 'sms', title, to: '+8613800000001', text: '[x]', format: 'text' })
  const page = await visitor(stack).get('/demo')
  expect(page).toContain('<strong>bold</strong><span> </span><span class="warning">red</span>')
  expect(page).toContain('&lt;script&gt;')
  expect(page).toMatch(/<summary>1 earlier message</)
})
