/** A name in the readers' languages. */
export interface Names {
  zh: string
  en: string
}

export const names = (zh: string, en: string): Names => ({ zh, en })

const guangzhou = names('广州', 'Guangzhou')
const shanghai = names('上海', 'Shanghai')
const beijing = names('北京', 'Beijing')
const nanjing = names('南京', 'Nanjing')
const chengdu = names('成都', 'Chengdu')
const hongkong = names('香港', 'Hong Kong')
const singapore = names('新加坡', 'Singapore')
const jakarta = names('雅加达', 'Jakarta')
const seoul = names('首尔', 'Seoul')
const tokyo = names('东京', 'Tokyo')
const bangkok = names('曼谷', 'Bangkok')
const mumbai = names('孟买', 'Mumbai')
const virginia = names('弗吉尼亚', 'Virginia')
const siliconValley = names('硅谷', 'Silicon Valley')
const frankfurt = names('法兰克福', 'Frankfurt')
const london = names('伦敦', 'London')
const saoPaulo = names('圣保罗', 'São Paulo')

/** Cities by `cloud/region`; the same region name is another city in another cloud. */
export const regionCities: Record<string, Names> = {
  'tencent/ap-guangzhou': guangzhou,
  'tencent/ap-shanghai': shanghai,
  'tencent/ap-nanjing': nanjing,
  'tencent/ap-beijing': beijing,
  'tencent/ap-beijing-fsi': beijing,
  'tencent/ap-shanghai-fsi': shanghai,
  'tencent/ap-shenzhen-fsi': names('深圳', 'Shenzhen'),
  'tencent/ap-chengdu': chengdu,
  'tencent/ap-chongqing': names('重庆', 'Chongqing'),
  'tencent/ap-hongkong': hongkong,
  'tencent/ap-singapore': singapore,
  'tencent/ap-jakarta': jakarta,
  'tencent/ap-seoul': seoul,
  'tencent/ap-tokyo': tokyo,
  'tencent/ap-bangkok': bangkok,
  'tencent/ap-mumbai': mumbai,
  'tencent/na-siliconvalley': siliconValley,
  'tencent/na-ashburn': virginia,
  'tencent/eu-frankfurt': frankfurt,
  'tencent/sa-saopaulo': saoPaulo,
  'aliyun/cn-hangzhou': names('杭州', 'Hangzhou'),
  'aliyun/cn-shanghai': shanghai,
  'aliyun/cn-nanjing': nanjing,
  'aliyun/cn-fuzhou': names('福州', 'Fuzhou'),
  'aliyun/cn-qingdao': names('青岛', 'Qingdao'),
  'aliyun/cn-beijing': beijing,
  'aliyun/cn-zhangjiakou': names('张家口', 'Zhangjiakou'),
  'aliyun/cn-huhehaote': names('呼和浩特', 'Hohhot'),
  'aliyun/cn-wulanchabu': names('乌兰察布', 'Ulanqab'),
  'aliyun/cn-shenzhen': names('深圳', 'Shenzhen'),
  'aliyun/cn-heyuan': names('河源', 'Heyuan'),
  'aliyun/cn-guangzhou': guangzhou,
  'aliyun/cn-chengdu': chengdu,
  'aliyun/cn-hongkong': hongkong,
  'aliyun/ap-southeast-1': singapore,
  'aliyun/ap-southeast-3': names('吉隆坡', 'Kuala Lumpur'),
  'aliyun/ap-southeast-5': jakarta,
  'aliyun/ap-southeast-6': names('马尼拉', 'Manila'),
  'aliyun/ap-southeast-7': bangkok,
  'aliyun/ap-northeast-1': tokyo,
  'aliyun/ap-northeast-2': seoul,
  'aliyun/us-east-1': virginia,
  'aliyun/us-west-1': siliconValley,
  'aliyun/eu-central-1': frankfurt,
  'aliyun/eu-west-1': london,
  'aliyun/me-east-1': names('迪拜', 'Dubai'),
  'aliyun/me-central-1': names('利雅得', 'Riyadh'),
  'aws/us-east-1': virginia,
  'aws/us-east-2': names('俄亥俄', 'Ohio'),
  'aws/us-west-1': names('加利福尼亚', 'California'),
  'aws/us-west-2': names('俄勒冈', 'Oregon'),
  'aws/ca-central-1': names('蒙特利尔', 'Montreal'),
  'aws/ca-west-1': names('卡尔加里', 'Calgary'),
  'aws/mx-central-1': names('墨西哥', 'Mexico'),
  'aws/sa-east-1': saoPaulo,
  'aws/eu-central-1': frankfurt,
  'aws/eu-central-2': names('苏黎世', 'Zurich'),
  'aws/eu-west-1': names('爱尔兰', 'Ireland'),
  'aws/eu-west-2': london,
  'aws/eu-west-3': names('巴黎', 'Paris'),
  'aws/eu-north-1': names('斯德哥尔摩', 'Stockholm'),
  'aws/eu-south-1': names('米兰', 'Milan'),
  'aws/eu-south-2': names('西班牙', 'Spain'),
  'aws/il-central-1': names('特拉维夫', 'Tel Aviv'),
  'aws/me-south-1': names('巴林', 'Bahrain'),
  'aws/me-central-1': names('阿联酋', 'UAE'),
  'aws/af-south-1': names('开普敦', 'Cape Town'),
  'aws/ap-east-1': hongkong,
  'aws/ap-east-2': names('台北', 'Taipei'),
  'aws/ap-south-1': mumbai,
  'aws/ap-south-2': names('海得拉巴', 'Hyderabad'),
  'aws/ap-southeast-1': singapore,
  'aws/ap-southeast-2': names('悉尼', 'Sydney'),
  'aws/ap-southeast-3': jakarta,
  'aws/ap-southeast-4': names('墨尔本', 'Melbourne'),
  'aws/ap-southeast-5': names('马来西亚', 'Malaysia'),
  'aws/ap-southeast-6': names('新西兰', 'New Zealand'),
  'aws/ap-southeast-7': names('泰国', 'Thailand'),
  'aws/ap-northeast-1': tokyo,
  'aws/ap-northeast-2': seoul,
  'aws/ap-northeast-3': names('大阪', 'Osaka'),
  'aws/us-gov-east-1': names('政务云东部', 'GovCloud East'),
  'aws/us-gov-west-1': names('政务云西部', 'GovCloud West'),
  'aws/cn-north-1': beijing,
  'aws/cn-northwest-1': names('宁夏', 'Ningxia'),
}

/** Further cities where others have machines; the mainland's by what people there call their networks after. */
const elsewhere = [
  names('天津', 'Tianjin'),
  names('武汉', 'Wuhan'),
  names('西安', "Xi'an"),
  names('长沙', 'Changsha'),
  names('郑州', 'Zhengzhou'),
  names('济南', 'Jinan'),
  names('沈阳', 'Shenyang'),
  names('大连', 'Dalian'),
  names('哈尔滨', 'Harbin'),
  names('厦门', 'Xiamen'),
  names('苏州', 'Suzhou'),
  names('宁波', 'Ningbo'),
  names('合肥', 'Hefei'),
  names('佛山', 'Foshan'),
  names('昆明', 'Kunming'),
  names('巴黎', 'Paris'),
  names('阿姆斯特丹', 'Amsterdam'),
  names('莫斯科', 'Moscow'),
  names('纽约', 'New York'),
  names('洛杉矶', 'Los Angeles'),
  names('胡志明市', 'Ho Chi Minh City'),
  names('河内', 'Hanoi'),
]

/** Cities by their English names. */
export const citiesByName = new Map(
  [...Object.values(regionCities), ...elsewhere].map((city): [string, Names] => [city.en, city]),
)
