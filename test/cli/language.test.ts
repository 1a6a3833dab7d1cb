import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { programOf } from '../../cli/main.ts'
import { fenghuoYml, type Terminal, terminal } from './terminal.ts'

let here: Terminal
beforeAll(() => {
  here = terminal()
})
afterAll(() => here.remove())

const HAN = /\p{Script=Han}/u

/** Every command and subcommand that helps list, as it is typed. */
const commands = ((): string[] => {
  const { io, remove } = terminal()
  remove()
  const program = programOf(io, () => undefined)
  const below = (one: Command, before: string): string[] =>
    one
      .createHelp()
      .visibleCommands(one)
      .flatMap((at) => [`${before}${at.name()}`, ...below(at, `${before}${at.name()} `)])
  return ['', ...below(program, '')]
})()

describe('help', () => {
  it.each(commands)('of `%s` is whole in both languages, however the language is asked for', async (command) => {
    const args = [...command.split(' ').filter(Boolean), '--help']
    const [english, chinese] = [await here.run(...args), await here.run(...args, '--language', 'zh')]
    expect({ ...chinese, out: '' }).toEqual({ code: 0, out: '', err: '' })

    // The name of a language or a title is not in it.
    const spoken = (text: string) => text.replace(/烽火|测试 Test/g, '')
    expect(spoken(english.out)).not.toMatch(HAN)
    const [englishFlags, chineseFlags] = [english, chinese].map(({ out }) => out.match(/(?<=^ {2})-[^ ]*.*?(?= {2})/gm))
    expect(chineseFlags).toEqual(englishFlags)
    const untold = chinese.out.split('\n').filter((line) => /^ {2}(-|\[|<|[a-z])/.test(line) && !HAN.test(line))
    expect(untold.filter((line) => !/bin\/fenghuo\.js|^ {2}(echo|backup|curl) /.test(line))).toEqual([])
    expect(chinese.out).not.toMatch(/^[A-Z][a-z]+:|\b(default|choices):|\[(options|command)\]/m)
  })

  it('is in the language of the terminal, unless one is asked for', async () => {
    const spoken = terminal({ language: 'zh' })
    expect((await spoken.run('--help')).out).toMatch(/^用法：bin\/fenghuo\.js \[选项\] \[命令\]\n/)
    expect((await spoken.run('--help', '--language=en')).out).toContain('Usage: bin/fenghuo.js')
    spoken.remove()
  })
})

describe('bad usage', () => {
  it.each([
    [['chek'], '错误：没有这个命令：chek\n（是不是 check？）', 'an unknown command'],
    [['check', '--jsn'], '错误：没有这个选项：--jsn\n（是不是 --json？）', 'an unknown option'],
    [['ack'], '错误：缺少参数：number', 'a missing argument'],
    [['ack', '7', '--as'], '错误：选项后面要写值：--as <contact>', 'a missing value'],
    [['deploy'], '错误：必须写上选项：--stage <stage>', 'a missing option'],
    [['ack', 'x'], '错误：number 的值 x 不对：应为告警单的编号，如 1024。', 'what is no number'],
    [['route', '--project', 'pay', '--severity', 'bad'], '可选 critical、error、warning、info。', 'no choice'],
    [['ack', '7', '--local', '--stage', 'x'], '不能一起用', 'options that exclude each other'],
    [['ack', '7', '8'], '错误：参数太多', 'too many arguments'],
  ])('%j is told in Chinese, too: %#', async (args, told) => {
    const { code, err } = await here.run('--language', 'zh', ...args)
    expect(code).toBe(2)
    expect(err).toContain(told)
    expect(err).not.toMatch(/error:|argument|option/)
  })
})

describe('doctor', () => {
  it('tells what it finds in Chinese, too', async () => {
    const withoutNetwork = terminal({ language: 'zh', env: { AWS_PROFILE: 'none-such' } })
    withoutNetwork.write('fenghuo.yml', fenghuoYml)
    const { code, out, err } = await withoutNetwork.run('doctor', '--stage', 'prod', '--only', 'people,robots')
    withoutNetwork.remove()
    expect([code, err]).toEqual([1, '正在检查部署 fenghuo-prod（ap-southeast-1）'])
    const [head, first] = out.split('\n')
    expect(head).toMatch(/^状态 +方面 +对象 +所见$/)
    expect(first).toMatch(/^故障 +人员 .*没有 AWS 凭证（/)
    expect(out).toContain('另有 2 行也是如此')
    expect(out.split('\n').at(-1)).toMatch(/^部署 fenghuo-prod（ap-southeast-1）：0 项正常，0 个警告，1 个故障$/)
  })
})
