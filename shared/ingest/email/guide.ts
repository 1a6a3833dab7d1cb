import type { Guide } from '../guide.ts'
import { email } from './format.ts'

export const emailGuide: Guide = {
  format: email,
  title: { en: 'Mail (Amazon SES)', zh: '邮件（Amazon SES）' },
  samples: ['sns-email-received'],
  setup: {
    en: `\`npx sls deploy --param="mailDomain=in.example.com"\` in a region where SES receives mail: point the domain's MX record at
\`inbound-smtp.<region>.amazonaws.com\`, verify it in SES, and make the rule set of the output \`MailRuleSet\` the active one
(\`aws ses set-active-receipt-rule-set\`), or name the active one by \`--param="mailRuleSet=…"\`. Alerts go to
\`anything+{key}@in.example.com\`: the key says whose they are. The subject is what is said and what it is known by, apart from \`Re:\`,
numbers in brackets, a severity in brackets at its beginning (\`[CRITICAL]\`), and the words that end it: RESOLVED, RECOVERY, OK, 恢复. The
text stands in the details. What SES finds to be spam, to carry a virus or to be of another sender than it says is told to the chat once,
and pages nobody.`,
    zh: `在 SES 支持收信的地域执行 \`npx sls deploy --param="mailDomain=in.example.com"\`：把域名的 MX 指向
\`inbound-smtp.<region>.amazonaws.com\`，在 SES 验证域名，把输出 \`MailRuleSet\` 的规则集设为活动
（\`aws ses set-active-receipt-rule-set\`），或用 \`--param="mailRuleSet=…"\` 指定已有的活动规则集。告警发到
\`任意+{key}@in.example.com\`，密钥决定归哪个项目。主题就是告警内容与标识，其中 \`Re:\`、括号里的数字、开头括号里的严重程度（\`[CRITICAL]\`）
和表示结束的词（RESOLVED、RECOVERY、OK、恢复）不算在内，正文放在详情里。SES 判为垃圾邮件、带病毒或冒名的，只在群里说一次，不呼叫任何人。`,
  },
  example: { body: exampleOf('[INFO] {test}'), resolved: exampleOf('RESOLVED: {test}') },
}

function exampleOf(subject: string) {
  return {
    notificationType: 'Received',
    mail: { source: 'test@example.com', commonHeaders: { subject, from: ['test@example.com'] } },
    receipt: { recipients: [] },
  }
}
