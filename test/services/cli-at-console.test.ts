import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { serveConsole } from './served-console.ts'

async function burning(role: Parameters<typeof serveConsole>[0] = 'responder') {
  const served = await serveConsole(role)
  await served.world.alert('trigger', { title: '收银台', runbook: 'https://wiki.example.com/till' })
  await served.world.settle()
  return served
}

describe('a command at a console', () => {
  it('acknowledges, tells the second who was first, and gives back', async () => {
    const { world, here } = await burning()
    expect(await here.run('ack', '1001', '--as', 'lin')).toEqual({
      code: 0,
      out: '#1001 pay / 收银台 is yours, 林悦. The group hears of it.',
      err: '',
    })
    expect(world.incident()?.acknowledged).toMatchObject({ via: 'api', by: { contact: 'lin', name: '林悦' } })
    const late = await here.run('ack', '1001', '--as', 'wang', '--json')
    expect(JSON.parse(late.out)).toMatchObject({ changed: false, incident: { acknowledged: { by: { name: '林悦' } } } })
    expect((await here.run('ack', '1001', '--as', 'wang')).out).toMatch(/is acknowledged already: 林悦, \d\d:\d\d/)

    expect((await here.run('unack', '1001', '--as', 'lin')).code).toBe(0)
    expect(world.incident()?.status).toBe('open')
    expect(await here.run('unack', '1001', '--as', 'lin')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is nobody’s yet/),
    })
  })

  it('snoozes, hands over, notes and closes', async () => {
    const { world, here } = await burning()
    expect((await here.run('snooze', '1001', '--for', '1h', '--as', 'lin')).code).toBe(0)
    expect(world.incident()?.ackEnd).toMatchObject({ at: world.now + 3_600_000, snoozed: true })
    expect((await here.run('escalate', '1001', '--to', 'wang', '--as', 'lin')).out).toContain('wang')
    expect(world.incident()?.handedTo).toEqual(['wang'])
    expect((await here.run('note', '1001', 'rolled back', '--as', 'lin')).code).toBe(0)
    expect((await here.run('incidents', '1001')).out).toMatch(/林悦 notes: rolled back/)
    expect((await here.run('resolve', '1001', '--as', 'lin')).code).toBe(0)
    expect(world.incident()?.status).toBe('resolved')
    expect((await here.run('resolve', '1001', '--as', 'lin')).out).toMatch(/is resolved already: 林悦/)
    expect((await here.run('snooze', '1001', '--for', '1h', '--as', 'lin')).err).toMatch(/is over already/)
  })

  it('snoozes for as short as may be, though its clock goes on meanwhile', async () => {
    const { world, here } = await burning()
    here.io.now = () => world.now++
    expect(await here.run('snooze', '1001', '--for', '1m', '--as', 'lin')).toMatchObject({ code: 0, err: '' })
    expect(world.incident()?.ackEnd).toMatchObject({ snoozed: true })
  })

  it('says that a silence still holds where nobody could end it after its command', async () => {
    const { here, lose } = await burning()
    const pause = here.io.wait
    here.io.wait = (ms, ended) => (ended === undefined ? pause(ms) : once(ended, 'abort').then(() => {}))
    here.io.run = async () => {
      lose(99)
      return 3
    }
    const { code, err } = await here.run(
      ...['silence', 'project=pay', '--for', '1h', '--comment', 'deploy', '--as', 'lin', '--', './deploy.sh'],
    )
    expect([code, err]).toEqual([3, expect.stringMatching(/silence [0-9a-f]{8} .*does not answer/)])
  })

  it('makes a silence, makes it longer, lists it and ends it', async () => {
    const { world, here } = await burning()
    const made = await here.run(
      'silence',
      'add',
      '--incident',
      '1001',
      '--for',
      '1h',
      '--comment',
      'known',
      '--as',
      'lin',
    )
    expect(made).toMatchObject({ code: 0, err: '' })
    const [id = ''] = /[0-9a-f]{8}/.exec(made.out) ?? []
    await world.settle()
    expect(world.incident()?.escalation.phase).toBe('paused')
    expect((await here.run('silence', 'extend', id, '--for', '1h')).code).toBe(0)
    expect(JSON.parse((await here.run('silence', 'ls', '--json')).out)).toMatchObject([
      {
        id,
        endsAt: world.now + 7_200_000,
        by: '林悦',
        incidents: [1001],
        matchers: [[{ name: 'project', value: 'pay' }, {}]],
      },
    ])
    expect((await here.run('silence', 'expire', id)).code).toBe(0)
    await world.settle()
    expect(world.incident()?.escalation.phase).not.toBe('paused')
    expect((await here.run('silence', 'expire', id)).err).toMatch(/over already/)
  })

  it('lists and tells, and writes a post-mortem, in the reader’s language', async () => {
    const { here } = await burning()
    const { out } = await here.run('incidents')
    expect(out).toMatch(/#1001 +critical +pay +收银台/)
    expect(JSON.parse((await here.run('incidents', '--json')).out)).toMatchObject([{ number: 1001, status: 'open' }])
    expect((await here.run('incidents', '--resolved')).out).toMatch(/http:\/\/127\.0\.0\.1/)

    const one = (await here.run('incidents', '1001', '--language', 'zh')).out
    expect(one).toContain('https://wiki.example.com/till')
    expect(one).toContain('林悦 电话')
    expect(JSON.parse((await here.run('incidents', '1001', '--json')).out)).toMatchObject({ number: 1001 })
    expect((await here.run('incidents', '1001', '--format', 'md')).out).toMatch(/^# #1001/)
  })

  it('tells why somebody was called, by the rules of the deployment, and what became of an alert', async () => {
    const { world, here } = await burning('viewer')
    const { code, out, err } = await here.run('why', '1001')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^#1001 pay \/ 收银台\n18:13:00 {2}Opened, CRITICAL.*\n {10}rule: projects\.pay has the policy default/,
    )
    expect(out).toMatch(/\n\nNot called\n(.*\n)* {2}王磊 +their turn comes in layer 2/)
    expect((await here.run('why', '1001', '--language', 'zh')).out).toMatch(/规则：projects\.pay 的策略是 default/)
    expect(JSON.parse((await here.run('why', '1001', '--json')).out)).toMatchObject({ number: 1001, policy: 'default' })

    expect((await here.run('why', '--key', 'web')).out).toMatch(/^#1001 pay/)
    expect(await here.run('why', '--key', 'db', '--project', 'pay')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^no alert with the key db has come/),
    })
    expect((await here.run('why', '--key', 'db', '--project', 'shop')).err).toMatch(/Your role does not allow that/)
    expect((await here.run('why', '9999')).err).toMatch(/9999/)

    const newest = world.checks.newest.bind(world.checks)
    world.checks.newest = async (pk, ...rest) =>
      pk.endsWith('#changes') ? Promise.reject(new Error('throttled')) : newest(pk, ...rest)
    expect((await here.run('why', '1001')).out).toMatch(/\nWhat was changed just before cannot be read now.*\n18:13:00/)
  })

  it('is sent again when its answer is lost, and done once', async () => {
    const { world, here, lose } = await burning()
    lose(1)
    expect((await here.run('note', '1001', 'once', '--as', 'lin')).code).toBe(0)
    expect((await here.run('incidents', '1001')).out.match(/notes: once/g)).toHaveLength(1)
    expect(world.incident()?.presses).toHaveLength(1)

    lose(3)
    expect(await here.run('note', '1001', 'never heard', '--as', 'lin')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/does not answer .*: it may have been done all the same/),
    })
  })

  it('says what the console says: who there is, what the token may, what is not there', async () => {
    const { here } = await burning()
    expect(await here.run('ack', '1001')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: as: nobody whom this project knows; there are .*lin/),
    })
    expect((await here.run('ack', '9999', '--as', 'lin')).err).toMatch(/9999/)
    const looking = await burning('viewer')
    expect((await looking.here.run('ack', '1001', '--as', 'lin')).err).toMatch(/Your role does not allow that/)
    here.io.env.FENGHUO_CONSOLE_TOKEN = 'another-token-that-is-none'
    expect((await here.run('incidents')).err).toMatch(/does not know the token in FENGHUO_CONSOLE_TOKEN/)
  })

  it.each([
    [['--console', 'http://console.example.com'], /write https:\/\/HOST/],
    [['--console', 'nonsense'], /write https:\/\/HOST/],
    [['--console', 'https://a.example.com', '--stage', 'prod'], /cannot be used with/],
  ])('goes nowhere by %s', async (args, said) => {
    const { here } = await burning()
    expect(await here.run('incidents', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(said) })
  })

  it('is not meant where another place is named', async () => {
    const { here } = await burning()
    expect((await here.run('incidents', '--local')).err).toMatch(/no local stack runs/)
    // Each region has numbers of its own: another one's 1001 is another incident.
    expect((await here.run('ack', '1001', '--region', 'cn-north-1', '--as', 'lin')).err).toMatch(/of which deployment/)
  })
})
