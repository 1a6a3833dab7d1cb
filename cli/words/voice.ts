import type { TemplateFault } from '../../shared/channels/aliyun-voice/template-rules.ts'
import type { Language } from '../../shared/contracts/words.ts'

interface VoiceWords {
  about: string
  templates: string
  check: string
  notes: string
  fine: string
  fault: Record<TemplateFault['fault'], (what: string) => string>
}

/** The words of `voice`. */
export const voiceWords: Record<Language, VoiceWords> = {
  en: {
    about: 'Phone calls',
    templates: 'Print the templates to have approved at a vendor of calls; one set serves every project',
    check: 'check this text by the rules of Alibaba Cloud in place of printing any',
    notes: `Their numbers go into fenghuo.yml, below the route: templates: { zh: { page: "TTS_…", … } }.
--language prints those of one language.`,
    fine: 'as the vendor takes it',
    fault: {
      length: (what) => `${what} characters; 1 to 1000 are taken`,
      character: (what) => `"${what}" is not taken: none of # / : - % ¥ $ [ ] 【 】, and no http or https`,
      address: (what) => `the IP address ${what} is not taken`,
      name: (what) => `\${${what}} is no name that is taken: a letter first, and not id, email, mobile, nick or site`,
      twice: (what) => `\${${what}} stands there twice`,
      touching: (what) => `nothing but punctuation stands between ${what} and the next variable`,
      'only-variables': () => 'nothing but variables',
    },
  },
  zh: {
    about: '电话',
    templates: '打印要提交给语音厂商审核的模板；一套供所有项目使用',
    check: '不打印，只按阿里云的规则检查这段文本',
    notes: `模板编号写进 fenghuo.yml 的线路里：templates: { zh: { page: "TTS_…", … } }。--language 只打印一种语言的。`,
    fine: '符合厂商的要求',
    fault: {
      length: (what) => `${what} 个字符；应为 1 到 1000 个`,
      character: (what) => `不能有“${what}”：不收 # / : - % ¥ $ [ ] 【 】，也不收 http 和 https`,
      address: (what) => `不能有 IP 地址 ${what}`,
      name: (what) => `\${${what}} 不是可用的变量名：以字母开头，且不是 id、email、mobile、nick、site`,
      twice: (what) => `\${${what}} 写了两次`,
      touching: (what) => `${what} 与下一个变量之间只有标点`,
      'only-variables': () => '只有变量',
    },
  },
}
