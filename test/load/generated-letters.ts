import type { Letter } from '../../src/domain/letters/letter.ts';
import { aLetter } from '../support/builders.ts';

/** Letters made of sentences, places and numbers written for this: as many as a bench wants, the same each time. */

const FIRST =
  '海滨明新长安永福文华东西南北金银玉清和平光大中山江河云龙凤凰春夏秋冬松柏竹梅兰桂红青碧锦德仁礼义';
const SECOND = '州林兴宁泰康源庆昌盛丰茂祥瑞达远航辉荣乐景秀丽湖港桥塘浦汇岸洲岭峰泉溪谷苑庭园田圃城塔';
const WAYS = ['路', '街', '大道', '巷'];
const ESTATES = ['花园', '小区', '家园', '公寓', '新村', '雅苑'];

/** P: place, E: estate, N: a number. The first of each is the title. */
const ISSUES: readonly (readonly string[])[] = [
  [
    'P路灯不亮影响夜间出行',
    'P从E到路口的路灯坏了N天',
    '晚上漆黑一片，骑车的人摔过跤',
    '灯杆编号N，报修电话没有人接',
    '孩子上晚自习回来要打手电筒',
  ],
  [
    'E夜间施工噪音扰民',
    'E旁边的工地每晚施工到N点',
    '打桩机和搅拌车的声音让人睡不着',
    '老人心脏不好，已经住院',
    '工地没有公示夜间施工许可',
  ],
  [
    'E停车位被开发商高价出售',
    'E的地下车位只卖不租',
    '一个车位要价N万元',
    '地面停车位被地锁占满',
    '业主的车只好停在消防通道上',
  ],
  [
    'E电梯频繁故障',
    'EN幢的电梯一个月坏了N次',
    '上周有住户被困半个小时',
    '物业说维修资金要业主签字',
    '检验合格标志已经过期',
  ],
  [
    'P自来水浑浊有异味',
    'E的自来水发黄，有铁锈味',
    '放了N分钟还是浑的',
    '洗衣服都洗黄了',
    '水务公司说是管网改造',
  ],
  [
    'E物业费上涨服务下降',
    'E物业费涨到每平方米N元',
    '楼道没人打扫，垃圾堆成山',
    '保安经常不在岗',
    '业委会换届一直拖着',
  ],
  [
    'P公交线路调整后等车时间太长',
    'N路公交改线后不经过E',
    '早高峰等了N分钟不来车',
    '老年人去医院要换乘两次',
    '站牌上的时刻表没有更新',
  ],
  [
    'E学区划分不合理',
    'E今年被划到更远的学校',
    '孩子上学要走N公里',
    '开发商当初宣传的是重点小学',
    '家长们要求公开划分依据',
  ],
  [
    'P餐饮店油烟直排',
    'P的烧烤店油烟直接排到楼上',
    'E的住户不敢开窗',
    '店家没有安装油烟净化器',
    '环保部门来过N次没有整改',
  ],
  [
    'E外墙脱落存在安全隐患',
    'EN幢的外墙瓷砖往下掉',
    '楼下停的车被砸坏',
    '维修基金申请了N个月',
    '至今只拉了一条警戒线',
  ],
  ['P污水管道堵塞外溢', 'P的污水井冒水，臭气熏天', '污水流到E的车库', '疏通车来过又堵', '下雨天积水到膝盖'],
  [
    'E加装电梯一楼住户反对',
    'EN幢想加装电梯',
    '一楼住户担心采光和通风',
    '规划部门要求全体签字',
    '二楼以上都已经同意出资',
  ],
  [
    'P流动摊贩占道经营',
    'P两边的人行道被摊贩占满',
    '行人只能走机动车道',
    '收摊后满地菜叶和竹签',
    '城管走了又回来',
  ],
  [
    'E房产证迟迟办不下来',
    'E交房N年还没有办证',
    '开发商说在等竣工验收',
    '没有产权证孩子落不了户',
    '购房合同约定的期限早已经过了',
  ],
  [
    'P拆迁补偿款未按时支付',
    'P的房屋拆迁协议签了N年',
    '过渡费停发了N个月',
    '安置房还没有开工',
    '村里说资金没有到账',
  ],
  [
    'E宽带被一家运营商垄断',
    'E只能装一家的宽带',
    '网速只有合同的一半',
    '物业不让别的运营商进场',
    '投诉后换了路由器没有改善',
  ],
  [
    'P红绿灯时间设置不合理',
    'P路口的绿灯只有N秒',
    '早高峰车队排到E门口',
    '左转和行人同时放行',
    '电动车闯红灯很多',
  ],
  ['E幼儿园收费过高', 'E配套幼儿园每月收费N元', '说好的普惠园变成高价园', '伙食费另外收取', '退园不退保育费'],
  ['公司拖欠工资', 'P的公司拖欠工人工资N个月', '老板电话打不通', '仲裁要等很久', '工友们等钱过年'],
  [
    '医保报销比例咨询',
    '父亲在医院住了N天',
    '自费部分太多，报销不到一半',
    '异地备案的手续不清楚',
    '窗口让打热线，热线让去窗口',
  ],
  [
    'P绿化带被毁改成菜地',
    'E门口的绿化带被人种了菜',
    '浇粪的味道很大',
    '物业贴过通知没有用',
    '原来的香樟树砍掉了N棵',
  ],
  ['E供暖温度不达标', 'E家里暖气只有N度', '老人小孩都感冒了', '供热公司说管道老化', '取暖费一分没有少收'],
  ['P违法建设无人查处', 'EN幢顶楼搭了阳光房', '楼下住户漏水', '执法人员拍了照就走', '现在又在砌墙'],
  [
    'P垃圾站异味扰民',
    'P的垃圾中转站离E只有N米',
    '夏天苍蝇满天飞',
    '清运车凌晨作业声音大',
    '当初规划图上没有这个站',
  ],
];

const GENERAL = [
  '尊敬的领导您好',
  '我是一名普通市民',
  '我代表本楼N户居民反映情况',
  '此事已经向社区反映多次',
  '至今没有得到明确答复',
  '希望有关部门尽快处理',
  '恳请领导百忙之中关注',
  '打过热线电话，工单编号N',
  '上次的答复与事实不符',
  '我们愿意配合调查',
  '附上现场照片，请查看',
  '给大家的生活带来很大不便',
  '问题从去年N月就开始了',
  '邻居们意见都很大',
  '请给一个具体的时间表',
  '不要再互相推诿',
  '谢谢',
  '如有不实愿意承担责任',
  '请保护我的个人信息',
  '听说别的小区已经解决了',
];

/** Of many places a few are written about most. */
const PLACES = 12_000;

const shuffled = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
};

const nameOf = (place: number, kinds: readonly string[]): string =>
  `${FIRST[place % FIRST.length]}${SECOND[Math.floor(place / FIRST.length) % SECOND.length]}${kinds[place % kinds.length]}`;

/** The letter number `n`. */
export function generatedLetter(n: number): Letter {
  const random = shuffled(n);
  const place = random(random(PLACES) + 1);
  const issue = ISSUES[random(ISSUES.length)] ?? [];
  const filled = (sentence: string): string =>
    sentence.replaceAll(/[PEN]/g, (slot) =>
      slot === 'N' ? String(1 + random(90)) : nameOf(place, slot === 'P' ? WAYS : ESTATES),
    );
  const sentences = [
    ...issue.slice(1).filter(() => random(4) > 0),
    ...Array.from({ length: 4 }, () => GENERAL[random(GENERAL.length)] ?? ''),
  ];
  return aLetter({
    title: filled(issue[0] ?? ''),
    body: sentences.map(filled).join('，'),
    place: nameOf(place, WAYS),
    receivedAt: new Date(1_600_000_000_000 + n * 150_000),
  });
}
