import type { Guide } from '../guide.ts'
import { aws } from './format.ts'
import { options } from './options.ts'
import { outcomeCautions } from './outcome-cautions.ts'
import { outcomeTable } from './outcome-table.ts'

const chosen = `\`\`\`yaml
projects:
  data:
    inbound:
      aws:
        events: [emr, ec2, alarms, { source: [aws.glue], detail-type: [Glue Job State Change] }]
\`\`\``

const destination = `\`\`\`sh
connection=$(aws events create-connection --name fenghuo --authorization-type API_KEY --query ConnectionArn --output text \\
  --auth-parameters '{"ApiKeyAuthParameters":{"ApiKeyName":"X-Fenghuo-Key","ApiKeyValue":"{key}"}}')
destination=$(aws events create-api-destination --name fenghuo --connection-arn "$connection" --http-method POST \\
  --invocation-endpoint '{url}/aws' --query ApiDestinationArn --output text)
aws events put-rule --name fenghuo --event-pattern '{"source":["aws.emr"],"detail-type":["EMR Cluster State Change"]}'
aws events put-targets --rule fenghuo --targets "Id=fenghuo,Arn=$destination,RoleArn=arn:aws:iam::123456789012:role/fenghuo-events"
\`\`\``

const outcomes = `\`\`\`yaml
outcomes:
  ec2: { stopped: critical, running: over, terminated: nothing }
  alarm: { INSUFFICIENT_DATA: warning }
  Glue Job State Change: { FAILED: error, SUCCEEDED: over }
\`\`\``

export const awsGuide: Guide = {
  format: aws,
  title: { en: 'AWS events (EventBridge)', zh: 'AWS 事件（EventBridge）' },
  options: {
    schema: options,
    summary: {
      en: 'Which events of AWS come to the project, and what becomes of the states that they report.',
      zh: 'AWS 的哪些事件归本项目，所报的状态如何处理。',
    },
  },
  cautions: outcomeCautions,
  samples: [
    'cloudwatch-alarm-eventbridge',
    'emr-cluster-state-change-starting',
    'emr-cluster-state-change-terminated',
    'emr-cluster-state-change-terminated-with-errors.constructed',
    'emr-step-status-change-failed',
    'emr-instance-group-state-change-running',
    'emr-instance-fleet-state-change.unconfirmed',
    'emr-auto-scaling-policy-state-change-pending',
    'ec2-instance-state-change',
  ],
  setup: {
    en: `**Of the account and region of the deployment.** Name them in the project, and deploy:

${chosen}

Names are emr, ec2, spot, alarms, health (with scheduled retirements), rds, auto-scaling and ecs; everything else is a pattern of
EventBridge, in its own language (values, \`prefix\`, \`numeric\`, \`anything-but\`, \`$or\` and the others). Rules lead them to the SNS topic
\`emr-status-change\` (\`--param="eventsTopic=…"\`), from there a queue to Fenghuo, and whatever else you subscribe: mail, queues,
functions. Alarms of CloudWatch may name the topic as their action, too.

**Told to a chat, and nothing else.** \`npx sls package --config serverless.tell.yml\` makes \`.serverless/tell.zip\`, a function that needs
no table and no \`fenghuo.yml\`: it tells a DingTalk robot (\`dd_flag=Y\`, \`dd_sk\`: what stands behind \`access_token=\`) and a
WeCom application (\`wx_flag=Y\`, \`wx_ent\`: the company, \`wx_ak\`: the AgentId, \`wx_sk\`: the Secret) of each event, in Chinese (\`language=en\`
for English) and in the time of \`timezone\` (Asia/Shanghai). Who has a function of these variables behind a topic uploads the zip, with the
runtime Node.js 24 and the handler \`services/tell/aws.handler\`; \`npx sls deploy --config serverless.tell.yml\` makes one that
subscribes the topic (\`--param="topicArn=…"\`). A chat that was not reached is tried twice more by Lambda; what was deployed so then
keeps the event for 14 days in the queue \`fenghuo-tell-dev-dlq\`.

**Of another account or region.** A rule of EventBridge with an API destination: \`POST {url}/aws/{key}\`, or \`{url}/aws\` with a
connection whose API key is the header \`X-Fenghuo-Key\`. The role is one that EventBridge may assume (\`events.amazonaws.com\`), with
\`events:InvokeApiDestination\`:

${destination}

A state is an alert that goes on, the end of one, or a notice: told to the chat once, closed at once, and nobody is called. What opened
is closed by its other half (ALARM by OK, a step by \`COMPLETED\`; clusters of one name by the next good run with
\`clusterKey: name\`). From what state, how long it ran and which step failed is told where earlier events said it, and what nobody
foresaw is a notice that shows it as it is, or goes on if AWS calls it an error or critical. AWS tells things in any order: an end that
comes after what has begun since ends nothing, and what has ended by then is told once. A cluster or its instances in a state that AWS gives a worse severity than the state usually has (a resize that is stuck) go by that severity. What becomes of a state is yours to
say, of alarms and of other events, too:

${outcomes}

Such an alert has the thing's name (else its id) as title, the thing (\`ec2\`; of alarms CloudWatch) as component and the labels \`account\`, \`region\`, \`id\`,
\`name\` and \`state\`: silences and groups go by these, since what it says is put into words where it is read, in that reader's language.

Unless you say otherwise (an alarm in ALARM is as bad as the first word of its description says, such as \`warning\`, else the project):

${outcomeTable('en')}`,
    zh: `**本部署所在账号与地域的事件。** 在项目里写明，然后部署：

${chosen}

可用的名称有 emr、ec2、spot、alarms、health（含计划停用）、rds、auto-scaling、ecs；其他来源写 EventBridge 模式，
语法与 EventBridge 相同（取值、\`prefix\`、\`numeric\`、\`anything-but\`、\`$or\` 等）。规则把事件送到 SNS 主题
\`emr-status-change\`（\`--param="eventsTopic=…"\`），再经队列进入烽火；邮件、队列、函数等也可以订阅这个主题，
CloudWatch 告警的动作也可以填它。

**只通知群，别的都不要。** \`npx sls package --config serverless.tell.yml\` 生成 \`.serverless/tell.zip\`，这个函数不需要表和
\`fenghuo.yml\`：把每个事件发给钉钉机器人（\`dd_flag=Y\`，\`dd_sk\` 为 \`access_token=\` 之后的部分）和企业微信应用（\`wx_flag=Y\`，\`wx_ent\` 企业
ID，\`wx_ak\` AgentId，\`wx_sk\` Secret），用中文（\`language=en\` 则英文），按 \`timezone\` 的时间（默认 Asia/Shanghai）。已有这些变量的函数，
换上这个 zip，运行时选 Node.js 24，处理程序填 \`services/tell/aws.handler\` 即可；没有的用
\`npx sls deploy --config serverless.tell.yml\` 部署并订阅主题（\`--param="topicArn=…"\`）。没有发到的，Lambda 会再试两次；
这样部署的，仍未发到的事件会在队列 \`fenghuo-tell-dev-dlq\` 中保留 14 天。

**其他账号或地域。** EventBridge 规则加 API destination：\`POST {url}/aws/{key}\`，或 \`{url}/aws\` 并把密钥放进连接的 API key
请求头 \`X-Fenghuo-Key\`；角色须允许 EventBridge（\`events.amazonaws.com\`）代入，并有 \`events:InvokeApiDestination\`：

${destination}

一个状态或是持续的告警，或是其结束，或是通知：群内只说一次，随即关闭，不呼叫任何人。成对的状态互相关闭（ALARM 由 OK，步骤由
\`COMPLETED\`；写 \`clusterKey: name\` 时同名集群由下一次正常运行关闭）。此前的状态、运行时长、失败的步骤取自先前的事件，未知则不写；
没有预料到的事件作为通知原样显示，AWS 标为 error 或 critical 的则持续。AWS 的通知不按顺序到达：迟到的结束不关闭其后新开始的告警，
到达时已经结束的只通知一次。集群及其实例的某个状态若被 AWS 标得比通常更严重（如扩缩容卡住），按 AWS 标的处理。各状态如何处理可自行指定，告警与其他
来源的事件也可以：

${outcomes}

这样的告警以名称（没有则以 ID）为标题，以表中的名称（如 \`ec2\`；告警为 CloudWatch）为 component，带标签 \`account\`、\`region\`、\`id\`、\`name\`、\`state\`：静默和分组按这些匹配，
其文字到阅读处才按读者的语言写出。

默认如下（ALARM 的严重程度取描述的第一个词，如 \`warning\`，没有则按项目）：

${outcomeTable('zh')}`,
  },
  example: { body: exampleOf('CANCELLED'), resolved: exampleOf('COMPLETED') },
}

function exampleOf(state: string) {
  return {
    source: 'aws.emr',
    'detail-type': 'EMR Step Status Change',
    account: '000000000000',
    region: 'us-east-1',
    detail: { clusterId: 'j-fenghuo-test', stepId: 's-fenghuo-test', name: 'fenghuo-test', state },
  }
}
