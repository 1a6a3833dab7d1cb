import { expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { readPosts } from '../../shared/store/status-posts.ts'
import { MINUTE } from '../engine/probes.ts'
import { burningForOutsiders } from './burning-for-outsiders.ts'
import { Visitor } from './console-visitor.ts'

async function burning() {
  const { of, numberOf } = await burningForOutsiders()
  return {
    of,
    path: `/incidents/${numberOf('pay/web')}/outsiders`,
    other: `/incidents/${numberOf('pay/db')}/outsiders`,
  }
}

it('from the page of an incident, outsiders are told in words that somebody wrote', async () => {
  const { of, path } = await burning()
  const visitor = new Visitor(of)
  const incident = await visitor.get(path.replace('/outsiders', ''))
  expect(incident.text).toContain(`href="${path}"`)
  const { text } = await visitor.get(path)
  expect(text).toContain('Tell outsiders')
  const fields = { en: 'Card payments fail.', zh: '', state: 'identified', impact: 'major' }
  const sent = await visitor.press(text, path, fields)
  expect(sent.answer.headers.get('location')).toBe(`${path}?done=1`)
  expect((await visitor.get(`${path}?done=1`)).text).toMatch(/It is published.*Card payments fail\./s)
  const outside = await new Visitor(of, { access: 'closed' }).get('/status/pay')
  expect(outside.text).toMatch(/Checkout: outage.*Identified.*Card payments fail\./s)
  expect((await visitor.get(path.replace('/outsiders', ''))).text).toContain('/status/pay (identified)')
})

it('the same once more is told once, as when an answer is lost; what is said anew, or later, is told', async () => {
  const { of, path } = await burning()
  const visitor = new Visitor(of)
  const { text } = await visitor.get(path)
  const told = async () => (await readPosts('pay', of.io())).map(({ text: said }) => said.en)
  const fields = { en: 'We are on it.', state: 'identified', impact: 'major' }
  await visitor.press(text, path, fields)
  of.now += MINUTE
  expect((await visitor.press(text, path, fields)).status).toBe(303)
  expect(await told()).toEqual(['We are on it.'])
  await visitor.press(text, path, { ...fields, en: 'We know why.' })
  await visitor.press(text, path, { ...fields, en: 'We know why.', state: 'monitoring' })
  of.now += 10 * MINUTE
  await visitor.press(text, path, { ...fields, en: 'We know why.', state: 'monitoring' })
  expect(await told()).toEqual(['We are on it.', 'We know why.', 'We know why.', 'We know why.'])
})

it('what is not taken is kept, and nothing is told', async () => {
  const { of, path, other } = await burning()
  const visitor = new Visitor(of)
  const { text } = await visitor.get(path)
  expect((await visitor.press(text, path, { en: ' ', zh: '' })).text).toContain('Nothing was published')
  const long = await visitor.press(text, path, { en: 'x'.repeat(2_001), state: 'gone' })
  expect(long.status).toBe(400)
  expect(long.text).toContain('x'.repeat(2_001))
  const stale = await visitor.post(path, { en: 'Written for an hour.', state: 'monitoring', t: 'of an old session' })
  expect([stale.status, stale.text.includes('Written for an hour.</textarea>')]).toEqual([403, true])
  expect(stale.text).toContain('<option value="monitoring" selected')
  expect((await visitor.press(text, path, { en: 'foreign' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await visitor.get('/incidents/99999/outsiders')).status).toBe(404)
  expect((await visitor.get(other)).text).toContain('No component of a status page')
  expect((await visitor.get('/status/pay')).text).toContain('No incident was announced')
})

it('is for those alone who may act in the project', async () => {
  const { of, path } = await burning()
  const access: Access = {
    access: [
      { role: 'viewer', tokens: ['a-token-that-may-only-look'], projects: ['pay'] },
      { role: 'responder', tokens: ['a-token-of-another-project'], projects: ['shop'] },
    ],
  }
  const visitor = new Visitor(of, { access })
  const viewer = { authorization: 'Bearer a-token-that-may-only-look' }
  const looked = await visitor.get(path, viewer)
  expect(looked.status).toBe(200)
  expect(looked.text).not.toContain('<textarea')
  expect((await visitor.get(path, { authorization: 'Bearer a-token-of-another-project' })).status).toBe(404)
})
