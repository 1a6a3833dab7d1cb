import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: '烽火: probes near each cloud, and phone calls until a human answers',
  version: 'say which version this is',
  language: 'in which to tell (default: of the terminal)',
  help: 'display help for command',
  exitCodes:
    'Exit codes: 0 fine, 1 the answer is bad (down, invalid, nobody reached), 2 could not do it (bad usage, no access).',
  more: 'bin/fenghuo.js <command> --help tells more, with examples.',
  example: (count: number): string => (count === 1 ? 'Example:' : 'Examples:'),
  heading: { 'Usage:': 'Usage:', 'Arguments:': 'Arguments:', 'Options:': 'Options:', 'Commands:': 'Commands:' },
  /** Of a line of usage. */
  parts: { options: 'options', command: 'command' },
  choices: (all: string) => `choices: ${all}`,
  default: (value: string) => `default: ${value}`,
  error: (text: string) => `error: ${text}`,
  unexpected: 'this should not happen, please report it',
}

const zh: typeof en = {
  about: '烽火：探针在各家云近旁看着，电话打到有人应答为止',
  version: '打印版本号',
  language: '用什么语言（默认：随终端）',
  help: '显示命令的帮助',
  exitCodes: '退出码：0 正常，1 结果不好（不可用、配置有误、没有找到人），2 没能完成（用法错误、没有权限）。',
  more: 'bin/fenghuo.js <command> --help 有更多说明和示例。',
  example: () => '示例：',
  heading: { 'Usage:': '用法：', 'Arguments:': '参数：', 'Options:': '选项：', 'Commands:': '命令：' },
  parts: { options: '选项', command: '命令' },
  choices: (all) => `可选：${all}`,
  default: (value) => `默认：${value}`,
  error: (text) => `错误：${text}`,
  unexpected: '这不应该发生，请反馈给我们',
}

/** The program's own words, and those around the help of every command. */
export const programWords: Record<Language, typeof en> = { en, zh }
