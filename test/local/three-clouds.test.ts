import { describe, expect, it, vi } from 'vitest'
import { fenghuo, post, service, start, stopsAfterEach, told, waiting } from './stack-of.ts'

stopsAfterEach()

describe('three clouds on one machine', () => {
  const vantages =
    '{ sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou, bj: tencent/ap-beijing, hz: aliyun/cn-hangzhou }'
  const config = (url: string) => fenghuo(url).replace(/vantages: .*/, `vantages: ${vantages}`)

  it('runs the probes of one vantage of each cloud, by their own timers, and leaves out those without checks', async () => {
    const { url } = await service()
    const stack = await start({ fenghuo: config(url) })
    expect(stack.addresses.probes).toEqual({
      probe: 'aws/ap-southeast-1',
      'tencent-uptime': 'tencent/ap-guangzhou',
      'aliyun-uptime': 'aliyun/cn-hangzhou',
    })
    await vi.waitFor(async () => {
      const seen = ['aws/ap-southeast-1 up', 'tencent/ap-guangzhou up', 'aliyun/cn-hangzhou up']
      expect((await told(stack)).checks).toEqual([{ id: 'pay/web', verdict: 'up', seen }])
    }, waiting)
  })

  it('pages nobody for what one vantage alone sees, and somebody when two of three do', async () => {
    const { state, url } = await service()
    const stack = await start({ fenghuo: config(url) })
    const seen = async () => (await told(stack)).checks[0]?.seen.map((one) => one.split(' ')[1])
    await vi.waitFor(async () => expect(await seen()).toEqual(['up', 'up', 'up']), waiting)

    state.status = 503
    expect((await post(stack, 'invoke/aliyun-uptime', { all: true })).status).toBe(200)
    await vi.waitFor(async () => expect(await seen()).toEqual(['up', 'up', 'down']), waiting)
    expect(await told(stack)).toMatchObject({ checks: [{ verdict: 'up' }], incidents: [], calls: [] })

    expect((await post(stack, 'invoke/tencent-uptime', { checks: ['pay/web'] })).status).toBe(200)
    await vi.waitFor(async () => {
      const { checks, incidents, calls } = await told(stack)
      expect(checks).toMatchObject([{ verdict: 'down' }])
      expect(incidents).toMatchObject([{ status: 'open' }])
      expect(calls).toMatchObject([{ state: 'ringing' }])
    }, waiting)
  })

  it('refuses, as the vendor’s function does, what is no event of its own', async () => {
    const stack = await start({ fenghuo: config('http://127.0.0.1:9/') })
    const scheduled = { source: 'aws.events', time: '2026-11-21T03:04:05Z' }
    for (const name of ['tencent-uptime', 'aliyun-uptime']) {
      expect((await post(stack, `invoke/${name}`, scheduled)).status, name).toBe(502)
    }
  })

  it('leaves the functions of other clouds to others, and awaits their reports', async () => {
    const stack = await start({ fenghuo: config('http://127.0.0.1:9/'), clouds: ['aws'] })
    expect(stack.addresses.probes).toEqual({ probe: 'aws/ap-southeast-1' })
    expect(stack.config.checks[0]?.from).toEqual(['aws/ap-southeast-1', 'tencent/ap-guangzhou', 'aliyun/cn-hangzhou'])
  })
})
