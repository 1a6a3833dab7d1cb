import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contactsOf } from '../../cli/engine.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, oncallYml } from './terminal.ts'

let stack: TestStack
beforeEach(async () => {
  stack = await startTestStack('local')
  stack.terminal.write('fenghuo.yml', fenghuoYml)
  stack.terminal.write('oncall.yml', oncallYml)
})
afterEach(() => stack.stop())

const stored = async (project: string) => (await contactsOf(stack.target).read(project))?.directory

describe('fenghuo apply', () => {
  it('shows the difference without numbers, asks, and gives each project the people of its policy', async () => {
    const asked: string[] = []
    stack.terminal.io.confirm = async (question) => {
      asked.push(question)
      return true
    }
    const { code, out, err } = await stack.terminal.run('apply')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(asked).toEqual(['Apply this to 3 projects of the local stack?'])
    expect(out.split('\n')).toEqual([
      'pay, shop, fenghuo',
      '  + contact lin: name 林悦, phone ****0001',
      '  + contact wang: name 王磊, phone ****0002',
      '  + contact chen: name 陈涛, email c***@example.com',
      '  + schedule sre: rotation lin → wang, handoff Mon 10:00, timezone Asia/Shanghai, start 2026-11-16',
      '  + override sre wang 2026-11-21 18:00 – 2026-11-22 01:00: note (none)',
      'Applied to 3 projects of the local stack.',
    ])
    expect(Object.keys((await stored('pay'))?.contacts ?? {})).toEqual(['lin', 'wang', 'chen'])
    expect(await stored('fenghuo')).toEqual(await stored('pay'))

    expect(await stack.terminal.run('apply')).toEqual({
      code: 0,
      out: 'No difference: the local stack has what oncall.yml says.',
      err: '',
    })
    expect(asked).toHaveLength(1)
  })

  it('warns where those whom it writes are not reached, for machines too', async () => {
    stack.terminal.write('oncall.yml', oncallYml.replace('rotation: [lin, wang]', 'rotation: [lin, chen]'))
    const { code, err } = await stack.terminal.run('apply', '--yes')
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/^warning: oncall\.yml:4:3 contacts\.chen: has no `phone`, /),
    ])
    const { out, err: none } = await stack.terminal.run('apply', '--json')
    expect([none, JSON.parse(out)]).toEqual([
      '',
      expect.objectContaining({ warnings: [expect.objectContaining({ code: 'not-reached' })] }),
    ])
  })

  it('writes only what is different', async () => {
    await stack.terminal.run('apply', '--yes')
    stack.terminal.write('oncall.yml', oncallYml.replace('+8613800000002', '+8613800000009'))
    const { out } = await stack.terminal.run('apply', '--yes', '--json')
    expect(JSON.parse(out)).toMatchObject({
      target: 'the local stack',
      applied: true,
      projects: { pay: { changes: [{ action: 'change', what: 'contact', name: 'wang' }] } },
    })
    expect(out).not.toContain('138')
    expect((await stored('shop'))?.contacts.wang?.phone).toBe('+8613800000009')
  })

  it.each([
    { args: ['--dry-run'], code: 0, reason: 'a dry run' },
    {
      args: [],
      code: 2,
      err: 'error: nobody is here to ask: look with --dry-run, then give --yes to apply',
      reason: 'nobody to ask',
    },
  ])('changes nothing: $reason', async ({ args, code, err = '' }) => {
    const result = await stack.terminal.run('apply', ...args)
    expect(result).toMatchObject({ code, err })
    expect(result.out).toContain('+ contact lin')
    expect(await stored('pay')).toBeUndefined()
  })

  it('changes nothing when the answer is no', async () => {
    stack.terminal.io.confirm = async () => false
    const { code, out } = await stack.terminal.run('apply')
    expect(code).toBe(2)
    expect(out).toMatch(/Nothing was changed\.$/)
    expect(await stored('pay')).toBeUndefined()
  })

  it('lets whoever is on call finish the shift when a name joins, says who changes when, and writes that down', async () => {
    await stack.terminal.run('apply', '--yes')
    const longer = oncallYml.replace('rotation: [lin, wang]', 'rotation: [spare, lin, wang]')
    stack.terminal.write('oncall.yml', longer)

    const { out, err } = await stack.terminal.run('apply', '--yes')
    expect(out.split('\n')).toEqual([
      'pay, shop, fenghuo',
      '  + contact spare: name 赵敏, phone ****0004',
      '  ~ schedule sre: rotation lin → wang → spare → lin → wang, start 2026-11-16 → 2026-11-09',
      '    sre: start 2026-11-09, so that whoever is on call finishes the shift (--as-written: not so)',
      '    sre: from 2026-11-30 10:00 spare instead of lin',
      '    sre: from 2026-12-07 10:00 lin instead of wang',
      '    sre: from 2026-12-14 10:00 wang instead of lin',
      '    sre: from 2026-12-21 10:00 spare instead of wang',
      '    sre: from 2027-01-11 10:00 spare instead of lin',
      'Applied to 3 projects of the local stack.',
    ])
    expect(err).toBe('Written into oncall.yml: sre `start: 2026-11-09`.')
    expect(readFileSync(join(stack.terminal.folder, 'oncall.yml'), 'utf8')).toBe(
      longer.replace('start: 2026-11-16', 'start: 2026-11-09'),
    )
    expect((await stack.terminal.run('apply', '--yes')).out).toMatch(/^No difference/)
  })

  it('lets whoever is in no list any more finish the shift, and be away in it', async () => {
    await stack.terminal.run('apply', '--yes')
    stack.terminal.write('oncall.yml', oncallYml.replace('rotation: [lin, wang]', 'rotation: [wang, spare]'))
    expect((await stack.terminal.run('apply', '--yes')).out).toContain(
      '\n    sre: lin until 2026-11-23 10:00, the end of the shift (',
    )
    const now = stack.terminal.io.now()
    const whoHasIt = async () => onCall((await stored('pay')) ?? expect.fail('no row'), 'sre', now).contacts

    expect(await whoHasIt()).toEqual(['lin'])
    expect((await stack.terminal.run('apply', '--yes')).out).toMatch(/^No difference/)

    await stack.terminal.run('override', 'away', 'lin', 'Sun 3:00', 'Tue 9:00')
    await stack.terminal.run('apply', '--yes')
    expect((await stored('pay'))?.overrides).toContainEqual(expect.objectContaining({ away: 'lin' }))
  })

  it('gives a project that comes later whom the others have on call: by the kept start, and by what override made', async () => {
    await stack.terminal.run('apply', '--yes')
    await stack.terminal.run('override', 'sre', 'spare', 'Mon 18:00', 'Tue 9:00')
    stack.terminal.write('oncall.yml', oncallYml.replace('rotation: [lin, wang]', 'rotation: [spare, lin, wang]'))
    stack.terminal.write('fenghuo.yml', `${fenghuoYml}  later: { title: 后来, checks: {} }\n`)

    await stack.terminal.run('apply', '--yes')
    const [pay, later] = [await stored('pay'), await stored('later')]
    expect(later?.schedules).toEqual(pay?.schedules)
    expect(later?.overrides).toEqual(pay?.overrides)
    expect(later?.overrides).toContainEqual(expect.objectContaining({ contact: 'spare', made: expect.anything() }))
    expect((await stack.terminal.run('apply', '--yes')).out).toMatch(/^No difference/)
  })

  it('puts somebody else on call at once only when told so', async () => {
    await stack.terminal.run('apply', '--yes')
    stack.terminal.write('oncall.yml', oncallYml.replace('rotation: [lin, wang]', 'rotation: [spare, lin, wang]'))

    const { out, err } = await stack.terminal.run('apply', '--yes', '--as-written')
    expect(out).toContain('\n    sre: from 2026-11-22 02:13 spare instead of lin\n')
    expect(err).toBe('')
  })

  it("refuses a number that is not E.164, with the contact's name", async () => {
    stack.terminal.write('oncall.yml', oncallYml.replace('"+8613800000002"', '+8613800000002'))
    const { code, out, err } = await stack.terminal.run('apply', '--yes')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('contacts.wang.phone: wang (王磊): unquoted, YAML reads this as a number')
    expect(await stored('pay')).toBeUndefined()
  })

  it('says so before it replaces a row of one number per layer', async () => {
    const Item = { projectName: { S: 'pay' }, layer1: { S: '+8613800000001' } }
    await dynamoDb(stack.target.env)('PutItem', { TableName: stack.target.tables.contacts, Item })
    const { out } = await stack.terminal.run('apply', '--dry-run')
    expect(out).toContain('  ! a row with one number per layer: it is replaced\n')
    expect(out).toContain('  - contact layer1: name layer1, phone ****0001')
  })

  it('needs the private file', async () => {
    const { code, err } = await stack.terminal.run('apply', '--oncall', 'none.yml')
    expect({ code, err }).toEqual({ code: 2, err: 'error: none.yml: there is no such file' })
  })
})
