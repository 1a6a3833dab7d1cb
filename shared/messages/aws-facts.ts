import type { AwsFact, AwsState, AwsThing } from '../contracts/aws-change.ts'
import type { Wording } from '../contracts/fact.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Language } from '../contracts/words.ts'
import { duration } from './times.ts'
import { words } from './words.ts'

const things: Record<AwsThing, Record<Language, string>> = {
  'emr-cluster': { en: 'EMR cluster', zh: 'EMR 集群' },
  'emr-step': { en: 'EMR step', zh: 'EMR 步骤' },
  'emr-group': { en: 'EMR instance group', zh: 'EMR 实例组' },
  'emr-fleet': { en: 'EMR instance fleet', zh: 'EMR 实例集' },
  'emr-scaling': { en: 'EMR auto scaling', zh: 'EMR 自动伸缩' },
  'emr-notebook': { en: 'EMR notebook', zh: 'EMR 笔记本' },
  ec2: { en: 'EC2 instance', zh: 'EC2 实例' },
  'ec2-spot': { en: 'EC2 spot instance', zh: 'EC2 竞价实例' },
  'auto-scaling': { en: 'Auto Scaling group', zh: '自动伸缩组' },
  'ecs-task': { en: 'ECS task', zh: 'ECS 任务' },
  rds: { en: 'RDS database', zh: 'RDS 数据库' },
  health: { en: 'AWS Health', zh: 'AWS 健康事件' },
  alarm: { en: 'CloudWatch alarm', zh: 'CloudWatch 告警' },
}

const states: Record<AwsState, Record<Language, string>> = {
  STARTING: { en: 'is starting', zh: '正在启动' },
  BOOTSTRAPPING: { en: 'is being set up', zh: '正在初始化' },
  RUNNING: { en: 'is running', zh: '运行中' },
  WAITING: { en: 'waits for work', zh: '空闲等待' },
  TERMINATING: { en: 'is being terminated', zh: '正在终止' },
  TERMINATED: { en: 'has terminated', zh: '已终止' },
  TERMINATED_WITH_ERRORS: { en: 'has terminated with errors', zh: '异常终止' },
  PENDING: { en: 'is pending', zh: '等待执行' },
  ACTIVATING: { en: 'is being activated', zh: '正在激活' },
  COMPLETED: { en: 'is done', zh: '已完成' },
  CANCEL_PENDING: { en: 'is being cancelled', zh: '正在取消' },
  CANCELLED: { en: 'was cancelled', zh: '已取消' },
  INTERRUPTED: { en: 'was interrupted', zh: '被中断' },
  FAILED: { en: 'has failed', zh: '失败' },
  RECONFIGURING: { en: 'is being reconfigured', zh: '正在重新配置' },
  RESIZING: { en: 'is being resized', zh: '正在调整规模' },
  SUSPENDED: { en: 'is suspended', zh: '已挂起' },
  ARRESTED: { en: 'has stopped resizing', zh: '调整受阻' },
  PROVISIONING: { en: 'is being provisioned', zh: '正在准备' },
  ATTACHED: { en: 'is attached', zh: '已生效' },
  DETACHED: { en: 'is detached', zh: '已解除' },
  pending: { en: 'is starting', zh: '正在启动' },
  running: { en: 'is running', zh: '已运行' },
  stopping: { en: 'is stopping', zh: '正在停止' },
  stopped: { en: 'has stopped', zh: '已停止' },
  'shutting-down': { en: 'is being terminated', zh: '正在终止' },
  terminated: { en: 'has been terminated', zh: '已终止' },
  interrupted: { en: 'will be taken away in two minutes', zh: '将在两分钟后被回收' },
  'rebalance-recommended': { en: 'is likely to be taken away', zh: '可能被回收' },
  'launch-failed': { en: 'could not launch an instance', zh: '启动实例失败' },
  launched: { en: 'has launched an instance', zh: '已启动实例' },
  'terminate-failed': { en: 'could not terminate an instance', zh: '终止实例失败' },
  STOPPED: { en: 'has stopped', zh: '已停止' },
  FINISHED: { en: 'is done', zh: '已完成' },
  failover: { en: 'fails over', zh: '正在主备切换' },
  'global failover': { en: 'fails over to another region', zh: '正在切换到其他地域' },
  deletion: { en: 'was deleted', zh: '已删除' },
  maintenance: { en: 'is being maintained', zh: '维护中' },
  'read replica': { en: 'has trouble with its replication', zh: '复制异常' },
  recovery: { en: 'is being recovered', zh: '正在恢复' },
  security: { en: 'has news of its security', zh: '安全通知' },
  'security patching': { en: 'has a security patch', zh: '有安全补丁' },
  failure: { en: 'has failed', zh: '故障' },
  'low storage': { en: 'is running out of storage', zh: '存储空间不足' },
  availability: { en: 'was restarted or shut down', zh: '重启或关闭' },
  recovered: { en: 'is back', zh: '已恢复' },
  issue: { en: 'has an issue', zh: '发生问题' },
  investigation: { en: 'is being looked into', zh: '正在排查' },
  scheduledChange: { en: 'will be changed', zh: '计划变更' },
  accountNotification: { en: 'has news', zh: '账户通知' },
  ALARM: { en: 'is in alarm', zh: '告警中' },
  OK: { en: 'is OK', zh: '正常' },
  INSUFFICIENT_DATA: { en: 'has too little data', zh: '数据不足' },
  closed: { en: 'is over', zh: '已结束' },
}

/** A state that is not there is shown as AWS writes it. */
const stateIn = (language: Language, state: string): string | undefined =>
  ownProperty<Record<Language, string>>(states, state)?.[language]

const more = {
  zh: {
    from: (state: string) => `此前${stateIn('zh', state) ?? ` ${state}`}`,
    ran: (time: string) => `共运行 ${time}`,
    failedStep: (step: string) => `失败的步骤：${step}`,
  },
  en: {
    from: (state: string) => `was ${state.toLowerCase().replaceAll('_', ' ')}`,
    ran: (time: string) => `ran for ${time}`,
    failedStep: (step: string) => `failed step: ${step}`,
  },
}

const told =
  (language: Language) =>
  ({ thing, id, name, state, said, from, ranMs, failedStep }: AwsFact['args']): string => {
    const { brackets, comma, colon } = words[language]
    const say = more[language]
    const how = [
      stateIn(language, state) ?? state,
      from !== undefined && say.from(from),
      ranMs !== undefined && say.ran(duration(ranMs, language)),
      failedStep !== undefined && say.failedStep(failedStep),
    ].filter(Boolean)
    // A full-width bracket needs no blank after it.
    const what = name ? name + brackets(id) + (language === 'zh' ? '' : ' ') : `${id} `
    return `${things[thing][language]} ${what}${how.join(comma)}${said ? colon + said : ''}`
  }

/** What AWS reports of its own things. */
export const awsWording: Wording<AwsFact> = { 'aws-change': { zh: told('zh'), en: told('en') } }
