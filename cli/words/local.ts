import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Run the whole path on this machine: queues, tables, functions, and a phone that rings in the browser',
  port: 'of the page',
  notPort: 'should be 0 to 65535.',
  data: "where queues, tables and logs are kept (default: the project's .fenghuo)",
  check: 'a URL to watch beside what the configuration has',
  notes: `It plays the first vantage of each cloud in the configuration: function probe looks from AWS, tencent-uptime, tencent-latency and
tencent-kafka from Tencent Cloud, aliyun-uptime, aliyun-latency and aliyun-kafka from Alibaba Cloud, each by its own cloud's timer;
those without checks are left out. While it runs, POST /_local/invoke/<function> invokes any function:

  curl -d '{"all":true}' http://127.0.0.1:4700/_local/invoke/tencent-uptime

Each function's log is in .fenghuo/logs.`,
  unset: (names: string) => `not set in the environment, so what refers to it fails: ${names}`,
  runsAt: (url: string) => `Fenghuo runs at ${url}\nBreak its demo service at ${url}/demo, and a phone rings`,
  mode: {
    sandbox: 'In a sandbox, nothing leaves this machine: ',
    real: 'REAL, people will be reached: ',
    given: 'At the address that the environment gives: ',
  },
  taken: (port: number) =>
    `port ${port} is taken. Stop what listens there, or choose another: npm start -- --port ${port + 1}`,
}

const zh: typeof en = {
  about: '在本机运行整条路径：队列、表、函数，以及在浏览器里响的电话',
  port: '网页的端口',
  notPort: '应为 0 到 65535。',
  data: '队列、表和日志存放在哪里（默认：项目的 .fenghuo）',
  check: '除配置之外再看一个 URL',
  notes: `它扮演配置里每家云的第一个观测点：函数 probe 从 AWS 看，tencent-uptime、tencent-latency、tencent-kafka 从腾讯云看，aliyun-uptime、
aliyun-latency、aliyun-kafka 从阿里云看，各按自己那家云的定时器；没有检查的不运行。运行时 POST /_local/invoke/<函数> 可调用任一函数：

  curl -d '{"all":true}' http://127.0.0.1:4700/_local/invoke/tencent-uptime

各函数的日志在 .fenghuo/logs。`,
  unset: (names) => `环境里没有设置，用到它的会失败：${names}`,
  runsAt: (url) => `烽火运行在 ${url}\n在 ${url}/demo 弄坏演示服务，电话就会响`,
  mode: {
    sandbox: '在沙箱里，什么都不会离开这台机器：',
    real: '真实发送，会找到人：',
    given: '发往环境变量所给的地址：',
  },
  taken: (port) => `端口 ${port} 已被占用。停掉占用它的程序，或换一个：npm start -- --port ${port + 1}`,
}

/** The words of `local`. */
export const localWords: Record<Language, typeof en> = { en, zh }
