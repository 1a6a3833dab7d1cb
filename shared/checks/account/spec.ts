/** How little may be left, or how old a key may be. */
export interface AccountLimits {
  /** Texts of all packages that are in force. */
  texts?: number
  /** What each of the named packages has left, in its own unit. */
  packages?: number
  /** Money that the account may still spend, in its own currency; of AWS: on texts, this month, in USD. */
  balance?: number
  keyAgeMs?: number
  /** Calls at once that an instance of Connect may have. */
  calls?: number
}

/** What is held against an account. */
export interface Limited {
  degraded: AccountLimits
  down: AccountLimits
}

/** A group's robot, by the type of its channel; `slack-app`: a channel `slack` with a token. */
export interface RobotSpec {
  type: 'wecom-robot' | 'dingtalk' | 'feishu' | 'slack' | 'slack-app' | 'discord' | 'telegram'
  /** As it is told of. */
  name: string
  /** Its key, token or hook, and what its posts are signed with. */
  secret: string
  signing?: string
}

/** A chat's application, which is asked with an access token. */
export type ApplicationSpec = WecomAppSpec | FeishuAppSpec

export interface WecomAppSpec {
  type: 'wecom-app'
  name: string
  corp: string
  agent: string
  secret: string
  /** Who passes on what the vendor takes from trusted addresses alone. */
  relay?: { url: string; secret: string }
}

export interface FeishuAppSpec {
  type: 'feishu-app'
  name: string
  app: string
  secret: string
  site: 'feishu' | 'lark'
}

export interface RobotsSpec {
  vendor: 'robots'
  robots: (RobotSpec | ApplicationSpec)[]
}

/** An `account` check as a probe carries it. Keys may hold `${NAME}`. */
export type AccountSpec = CloudSpec | AwsSpec | RobotsSpec

export interface CloudSpec extends Limited {
  vendor: 'tencent' | 'aliyun'
  keyId: string
  keySecret: string
  /** Whose packages of texts are counted: the SmsSdkAppId of Tencent Cloud. */
  app?: string
  /** What packages of Alibaba Cloud are called, or a part of it. */
  packages: string[]
  signs: string[]
  templates: string[]
}

/** An account of AWS is asked by whoever the probe is there. */
export interface AwsSpec extends Limited {
  vendor: 'aws'
  /** Absent: the probe's own. */
  region?: string
  /** Of Connect, by its id or ARN, and the number that it calls from. */
  instance?: string
  caller?: string
  /** Numbers and sender ids of End User Messaging. */
  numbers: string[]
  senders: string[]
  /** Users of IAM whose keys are to be young. */
  users: string[]
}
