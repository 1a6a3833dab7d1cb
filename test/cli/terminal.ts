import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CliIo } from '../../cli/io.ts'
import { main } from '../../cli/main.ts'

/** 22 November 2026, 02:13 in Shanghai. */
export const startOfTest = Date.parse('2026-11-22T02:13:00+08:00')

/** A terminal in a project's folder of its own, whose clock only moves when somebody waits. */
export interface Terminal {
  io: CliIo
  folder: string
  /** Runs a command; what it wrote comes back with its exit code. */
  run(...args: string[]): Promise<{ code: number; out: string; err: string }>
  write(file: string, text: string): void
  remove(): void
}

export function terminal(overrides: Partial<CliIo> = {}): Terminal {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-cli-'))
  let now = startOfTest
  let ids = 0
  let out: string[] = []
  let err: string[] = []
  const io: CliIo = {
    root: folder,
    cwd: folder,
    env: {},
    user: 'ubuntu',
    host: 'laptop',
    language: 'en',
    timezone: 'Asia/Shanghai',
    now: () => now,
    randomId: () => `id-${++ids}`,
    wait: async (ms) => {
      now += ms
    },
    onInterrupt: () => () => {},
    out: (lines) => void out.push(lines),
    err: (lines) => void err.push(lines),
    ...overrides,
  }
  return {
    io,
    folder,
    async run(...args) {
      out = []
      err = []
      const code = await main(args, io)
      return { code, out: out.join('\n'), err: err.join('\n') }
    },
    write(file, text) {
      const path = join(folder, file)
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, text)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Two projects; `pay` is paged by phone, `shop` in its group only. */
export const fenghuoYml = `language: zh
timezone: Asia/Shanghai
vantages:
  sg: aws/ap-southeast-1
channels:
  phone:
    - { to: "+", type: connect, instance: "\${CONNECT_INSTANCE_ID}", caller: "+6531580000" }
  wecom:
    type: wecom-robot
    key: \${WECOM_KEY}
policies:
  default:
    layers:
      - { page: sre, ackTimeout: 5m }
      - { page: [chen, sre], calls: 1, ackTimeout: 10m }
    channels: { critical: [phone, chat], error: [chat] }
defaults:
  chat: [wecom]
projects:
  pay:
    title: 支付
    checks:
      web: { title: 收银台, http: "\${PAY_URL}/web" }
      api: { title: 支付接口, http: "\${PAY_URL}/api" }
  shop:
    title: 商城
    severity: error
    checks:
      home: { title: 首页, http: "\${PAY_URL}/shop" }
`

export const oncallYml = `contacts:
  lin:  { name: 林悦, phone: "+8613800000001" }
  wang: { name: 王磊, phone: "+8613800000002" }
  chen: { name: 陈涛, email: chen@example.com }
  spare: { name: 赵敏, phone: "+8613800000004" }
schedules:
  sre:
    rotation: [lin, wang]
    handoff: Mon 10:00
    timezone: Asia/Shanghai
    start: 2026-11-16
overrides:
  - { schedule: sre, contact: wang, from: 2026-11-21 18:00, to: 2026-11-22 01:00 }
`
