/** How little may be left, or how old a key may be. */
export interface AccountLimits {
  /** Texts of all packages that are in force. */
  texts?: number
  /** Money that the account may still spend, in its own currency. */
  balance?: number
  keyAgeMs?: number
}

/** A group's robot, by the type of its channel. */
export interface RobotSpec {
  type: 'wecom-robot' | 'dingtalk' | 'feishu' | 'slack' | 'discord' | 'telegram'
  /** As it is told of. */
  name: string
  /** Its key, token or hook, and what its posts are signed with. */
  secret: string
  signing?: string
}

export interface RobotsSpec {
  vendor: 'robots'
  robots: RobotSpec[]
}

/** An `account` check as a probe carries it. Keys may hold `${NAME}`. */
export type AccountSpec = CloudSpec | RobotsSpec

export interface CloudSpec {
  vendor: 'tencent' | 'aliyun'
  keyId: string
  keySecret: string
  /** Whose packages of texts are counted: the SmsSdkAppId of Tencent Cloud. */
  app?: string
  signs: string[]
  templates: string[]
  degraded: AccountLimits
  down: AccountLimits
}
