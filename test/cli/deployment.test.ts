import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contactsOf } from '../../cli/engine.ts'
import { people, startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, oncallYml } from './terminal.ts'

/** What serverless.yml makes for a stage is what the command line looks for. */
let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('prod')
  stack.terminal.write('fenghuo.yml', fenghuoYml)
  stack.terminal.write('oncall.yml', oncallYml)
})
afterAll(() => stack.stop())

describe('a deployment', () => {
  it('is found by its stage', async () => {
    const where = ['--stage', 'prod', '--region', 'ap-southeast-1']
    const sent = await stack.terminal.run('send', '--project', 'pay', '--summary', 'x', ...where)
    expect(sent).toMatchObject({ code: 0, err: '' })
    expect(sent.out).toMatch(/^Sent to the events queue of fenghuo-prod in ap-southeast-1: message [0-9a-f-]{36}\n/)
    expect(await stack.drain('events')).toHaveLength(1)
    expect(await stack.target.queueUrl('escalation')).toMatch(/fenghuo-prod-escalation$/)

    await contactsOf(stack.target).write('pay', { contacts: people, schedules: {}, overrides: [] })
    expect(await stack.terminal.run('incidents', ...where)).toEqual({
      code: 0,
      out: 'No open incidents at fenghuo-prod in ap-southeast-1.',
      err: '',
    })
  })

  it('says who would be paged with the people that are applied', async () => {
    const where = ['--stage', 'prod']
    const directory = { contacts: people, schedules: {}, overrides: [] }
    await contactsOf(stack.target).write('pay', directory)
    const before = await stack.terminal.run('route', '--project', 'pay', '--deployed', ...where)
    expect(before.code).toBe(1)
    expect(before.out).toContain('- no contact is named sre')
    await stack.terminal.run('apply', '--yes', ...where)
    const after = await stack.terminal.run('route', '--project', 'pay', '--deployed', ...where)
    expect(after.code).toBe(0)
    expect(after.out).toContain('林悦 (lin)')
  })

  it.each([
    { args: ['send', '--project', 'pay', '--summary', 'x'], reason: 'no queue' },
    { args: ['incidents'], reason: 'no table' },
    { args: ['ack', '1024'], reason: 'nothing to acknowledge in' },
  ])('that is not there: $reason', async ({ args }) => {
    const { code, out, err } = await stack.terminal.run(...args, '--stage', 'staging')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^error: nothing of ours is there: check --stage and --region, and that it is deployed \(/)
    expect(err).not.toContain('\n')
  })
})
