import { describe, expect, it } from 'vitest'
import type { Directory } from '../../shared/oncall/plan.ts'
import { fenghuoYml } from '../cli/terminal.ts'
import { checksFrom } from '../engine/probes.ts'
import { directory } from '../engine/world.ts'
import { serveConsole } from './served-console.ts'

const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-16' }
/** By New York’s clock the day is another one; it has nobody at night. */
const us = {
  timezone: 'America/New_York',
  layers: [{ rotation: ['tan'], handoff: '09:00', start: '2026-11-16', during: ['09:00-17:00'] }],
}
const people: Directory = { ...directory, schedules: { sre, us } as Directory['schedules'] }

/** A console whose people are those of the terminal’s own oncall.yml. */
async function served() {
  const console = await serveConsole('viewer', { directory: async () => people })
  const contacts = Object.entries(people.contacts).map(
    ([id, { name, phone }]) => `  ${id}: { name: ${name}, phone: "${phone}" }`,
  )
  console.here.write(
    'oncall.yml',
    [
      'contacts:',
      ...contacts,
      'schedules:',
      ...Object.entries(people.schedules).map(([name, of]) => `  ${name}: ${JSON.stringify(of)}`),
      '',
    ].join('\n'),
  )
  console.here.write('fenghuo.yml', fenghuoYml.replace('[chen, sre]', '[wang, us]'))
  return console
}

describe('who is on call, by a console,', () => {
  it.each([
    [[]],
    [['--week']],
    [['--gaps']],
    [['us', '--week']],
    [['--at', '2026-12-05 18:30']],
    [['sre', '--at', 'Sat 18:00', '--week']],
    [['--gaps', '--json']],
  ])('is told as by oncall.yml: %j', async (args) => {
    const { here } = await served()
    const own = await here.run('oncall', ...args)
    const there = await here.run('oncall', ...args, '--console', here.io.env.FENGHUO_CONSOLE_URL ?? '')
    expect(there.err).toBe(own.err)
    expect(own.out.length).toBeGreaterThan(40)
    const source = /http:\/\/127\.0\.0\.1:\d+/g
    expect({ ...there, out: there.out.replace(source, 'oncall.yml') }).toEqual(own)
  })

  it('is asked of it by --deployed, and never without a word', async () => {
    const { here } = await served()
    expect((await here.run('oncall')).out).toContain('(by oncall.yml)')
    expect((await here.run('oncall', '--deployed')).out).toContain('(by http://127.0.0.1:')
  })

  it('names a schedule that is not there', async () => {
    const { here } = await served()
    const { code, err } = await here.run('oncall', 'ghost', '--deployed')
    expect([code, err]).toEqual([2, expect.stringMatching(/ghost.*sre/)])
  })
})

describe('checks, by a console,', () => {
  const sg = 'aws/ap-southeast-1'

  it('are told as the deployment believes them, and none is run', async () => {
    const { here, world } = await serveConsole('viewer')
    world.config.checks = [
      ...checksFrom(['web', 'db'], [sg]),
      ...checksFrom(['home'], [sg], { project: 'shop', id: 'shop/home' }),
    ]
    const url = here.io.env.FENGHUO_CONSOLE_URL ?? ''
    const told = await here.run('check', '--console', url)
    expect([told.code, told.err]).toEqual([2, ''])
    expect(told.out).toMatch(/STATE +CHECK +SINCE +SEEN\nUNKNOWN +pay\/db .*\nUNKNOWN +pay\/web .*\n2 unknown$/s)
    expect(JSON.parse((await here.run('check', 'pay/w*', '--console', url, '--json')).out)).toMatchObject({
      counts: { unknown: 1 },
      checks: [{ id: 'pay/web' }],
    })
    expect((await here.run('check', 'shop/home', '--console', url)).err).toMatch(/is named `shop\/home`/)
    expect((await here.run('check', '--watch', '--console', url)).err).toMatch(/--console runs nothing/)
    expect((await here.run('check')).err).not.toBe('')
  })
})

describe('what a console refuses to a command', () => {
  it('is told: no token, another one, a role that is too small, and a console that is not there', async () => {
    const { here } = await served()
    expect((await here.run('oncall', '--verified')).err).toMatch(/^error: .*role does not allow/)
    here.io.env.FENGHUO_CONSOLE_TOKEN = 'a-token-of-nobody-at-all'
    expect((await here.run('oncall', '--deployed')).err).toMatch(/does not know the token in FENGHUO_CONSOLE_TOKEN/)
    delete here.io.env.FENGHUO_CONSOLE_TOKEN
    expect((await here.run('oncall', '--deployed')).err).toMatch(/asks for a token: .*FENGHUO_CONSOLE_TOKEN/)
    here.io.env.FENGHUO_CONSOLE_URL = 'http://127.0.0.1:1'
    expect((await here.run('oncall', '--deployed')).err).toMatch(/does not answer \(.+\): check the network/)
  })
})
