import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Deploy to every cloud and region that vantages name, side by side',
  stage: 'such as prod',
  region: (usual: string) => `the primary region on AWS (default: AWS_REGION, or ${usual})`,
  only: 'clouds, vantages, or primary',
  param: 'for each that has this parameter; deployment:name=value for one alone',
  plan: 'say what would be deployed and what it lacks, and do nothing',
  notes: `Each is a run of \`sls deploy\`; what it prints is kept in .fenghuo/deploy. Credentials are those of the clouds: see
docs/guides. A first deployment has the primary region go first, since the probes of other clouds need its queue.
Ctrl-C ends it here; what CloudFormation has begun goes on, and the same command waits for that and goes on.`,
  planned: ['deployment', 'role', 'region', 'configuration'],
  role: { primary: 'primary', probe: 'probe' },
  lacks: (names: string[], what: string) => `${names.join(', ')} can't be deployed: ${what}`,
  status: { waiting: 'waiting', running: 'running', deployed: 'deployed', failed: 'failed', 'not tried': 'not tried' },
  waits: 'waits',
  outcomes: ['outcome', 'deployment', ''],
  line: (name: string, status: CourseStatus, said: string) => `${name}: ${status}${said && `: ${said}`}`,
  progress: (over: number, all: string, seconds: number) => `${over} of ${all}, ${seconds} s. Ctrl-C ends.`,
  waitsFor: (names: string) => `for ${names}`,
  deployFirst: (names: string) => `${names} has to be deployed first`,
  packaging: 'packaging',
  stopped: 'stopped',
  stoppedAgain: 'stopped: run this again to go on',
  goesOn: (status: string) =>
    `stopped here, and CloudFormation goes on (${status}): run this again, it waits for that and goes on`,
  settling: (status: string) => `waits for CloudFormation, which works on what was begun before (${status})`,
  allOfIt: (log: string) => `all of it: ${log}`,
  notKept: (why: string) => `not kept: ${why}`,
  nothing: 'it said nothing',
  reason: (reason: string, where: string) => `${reason} (${where})`,
}

const chineseStatus = { waiting: '等待', running: '进行中', deployed: '已部署', failed: '失败', 'not tried': '未尝试' }

type CourseStatus = keyof typeof chineseStatus

const zh: typeof en = {
  about: '同时部署到观测点所在的每家云、每个地域',
  stage: '如 prod',
  region: (usual) => `AWS 上的主地域（默认：AWS_REGION，否则 ${usual}）`,
  only: '云、观测点或 primary',
  param: '给每个有此参数的部署；写 部署:名称=值 则只给那一个',
  plan: '只说会部署什么、缺什么，不做任何事',
  notes: `每个部署是一次 \`sls deploy\`，其输出保存在 .fenghuo/deploy。凭证用各家云自己的：见 docs/guides。首次部署先做主地域，
因为其他云的探针需要它的队列。
Ctrl-C 在这里结束；CloudFormation 已经开始的会继续，再执行同一命令会等它完成并接着做。`,
  planned: ['部署', '角色', '地域', '配置'],
  role: { primary: '主地域', probe: '探针' },
  lacks: (names, what) => `${names.join('、')} 还不能部署：${what}`,
  status: chineseStatus,
  waits: '等待',
  outcomes: ['结果', '部署', ''],
  line: (name, status, said) => `${name}：${chineseStatus[status]}${said && `：${said}`}`,
  progress: (over, all, seconds) => `${over}/${all}，${seconds} 秒。Ctrl-C 结束。`,
  waitsFor: (names) => `等 ${names}`,
  deployFirst: (names) => `要先部署 ${names}`,
  packaging: '正在打包',
  stopped: '已停止',
  stoppedAgain: '已停止：再执行一次即可继续',
  goesOn: (status) => `这里已停止，CloudFormation 还在继续（${status}）：再执行一次，会等它完成并接着做`,
  settling: (status) => `等 CloudFormation 做完之前开始的事（${status}）`,
  allOfIt: (log) => `全部输出：${log}`,
  notKept: (why) => `没有存下来：${why}`,
  nothing: '它什么都没有说',
  reason: (reason, where) => `${reason}（${where}）`,
}

/** The words of `deploy`. */
export const deployWords: Record<Language, typeof en> = { en, zh }
