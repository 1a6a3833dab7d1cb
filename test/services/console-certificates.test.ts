import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import { checksFrom, Probes } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'

const [sg, gz] = ['aws/ap-southeast-1', 'tencent/ap-guangzhou'] as const

/** Both vantages have just seen a check with a certificate of so many days. */
async function withDays(days: Record<string, number>): Promise<Probes> {
  const of = new Probes({ checks: checksFrom(['web'], [sg, gz]) })
  of.config.vantages = { sg, gz }
  for (const [vantage, left] of Object.entries(days)) {
    const code = left > 0 ? 'certificate-expires' : 'certificate-expired'
    const fault = { code, args: left > 0 ? { inMs: left * DAY_MS } : { agoMs: -left * DAY_MS } }
    await of.reports(vantage, [{ check: 'pay/web', outcome: left > 0 ? 'up' : 'down', latencyMs: 42, fault }])
  }
  return of
}

const paths = ['/checks', '/checks/pay/web']

it.each(paths)('%s has the days of the certificate that ends first, in both languages', async (path) => {
  const visitor = new Visitor(await withDays({ [sg]: 70.5, [gz]: 40.5 }))
  const en = (await visitor.get(path)).text
  const zh = (await visitor.get(path, { 'accept-language': 'zh' })).text

  expect(en).toMatch(/class="certificate">\s*certificate expires in 40d \(\d{4}-\d\d-\d\d\)/)
  expect(zh).toMatch(/class="certificate">\s*证书还有 40 ?天到期（\d{4}-\d\d-\d\d）/)
  expect(en).not.toContain('EXPIRES SOON')
})

it.each(paths)('%s says by a word and not by colour alone that the end is near, or past', async (path) => {
  const near = (await new Visitor(await withDays({ [sg]: 70, [gz]: 9.5 })).get(path)).text
  const over = (await new Visitor(await withDays({ [sg]: -2.5 })).get(path)).text

  expect(near).toMatch(/class="certificate near"><span class="word">EXPIRES SOON<\/span> certificate expires in 9d/)
  expect(over).toMatch(/class="certificate near">\s*certificate expired 2d ago/)
})

it.each(paths)('%s says nothing of what was seen long ago', async (path) => {
  const of = await withDays({ [sg]: 70 })
  of.now += DAY_MS
  expect((await new Visitor(of).get(path)).text).not.toContain('class="certificate')
})

it('stands in the metrics and in the API, too', async () => {
  const of = await withDays({ [sg]: 70, [gz]: 40 })
  const ends = Math.floor((of.now + 40 * DAY_MS) / HOUR_MS) * HOUR_MS

  expect((await new Visitor(of).get('/metrics')).text).toContain(
    `fenghuo_check_certificate_expires_timestamp_seconds{project="pay",check="web"} ${ends / 1000}\n`,
  )
  const { text } = await new Visitor(of).get('/api/v1/checks/pay/web')
  expect(JSON.parse(text)).toMatchObject({ certificateEnds: new Date(ends).toISOString() })
})
