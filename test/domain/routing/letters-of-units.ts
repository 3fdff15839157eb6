import type { KnownLetter } from '../../../src/domain/routing/learn-classifier.ts';

/** A small town's letters, and the unit that dealt with each. */
const BY_UNIT: Readonly<Record<string, readonly (readonly [title: string, body: string])[]>> = {
  sanitation: [
    ['公厕太脏', '东门口的公厕又脏又臭，几天没人打扫，请安排保洁。'],
    ['垃圾无人清运', '楼下垃圾桶满了一周，没人清运，苍蝇很多，请派保洁员打扫。'],
    ['广场垃圾成堆', '夜市收摊以后广场上垃圾成堆，早上也没人打扫，又脏又臭。'],
    ['建议增加公厕', '江边步道没有公厕，老人不方便，建议增加公厕并有人打扫。'],
  ],
  education: [
    ['班主任乱收费', '孩子的班主任要求家长买教辅，学校说不知道，请教育部门调查老师。'],
    ['入学名额', '孩子今年入学，学校说名额已满，请问户口在学区的孩子怎么安排课程。'],
    ['课后延时班', '小学延时班老师只看自习，没有课程，家长交了费，请学校改进。'],
    ['食堂饭菜', '中学食堂饭菜又凉又贵，学生吃不饱，请学校和老师关心孩子。'],
  ],
  buses: [
    ['公交不准点', '七路公交早上总是晚点，司机也不停站，上班的人等半小时。'],
    ['末班车太早', '地铁口的公交末班车太早，下班赶不上公交，请延长时间。'],
    ['站台没有雨棚', '新公交站台没有雨棚，下雨时等公交的人淋湿，请加装。'],
    ['司机态度差', '昨天坐公交，司机看到老人跑来也不等，还骂乘客，请处理司机。'],
  ],
};

export const LETTERS_OF_UNITS: readonly KnownLetter[] = Object.entries(BY_UNIT).flatMap(([name, letters]) =>
  letters.map(([title, body]) => ({ title, body, name })),
);
