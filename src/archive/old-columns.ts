/** What we can keep of a letter of former years, and the names archives give it. */
const NAMES = {
  id: ['编号', '信件编号', '来信编号', '留言编号', '信访编号', '受理编号', '查询编号', 'number'],
  user: ['用户', '留言用户', '用户名', '昵称', '网友'],
  title: ['标题', '主题', '信件标题', '来信标题', '留言主题', '留言标题', 'subject'],
  body: ['内容', '正文', '来信内容', '信件内容', '留言内容', '留言详情', '诉求内容', 'text', 'content'],
  date: ['来信时间', '来信日期', '留言时间', '写信时间', '提交时间', '收信时间', '时间', '日期', 'received'],
  reply: ['回复', '答复', '回复内容', '答复内容', '回复意见', '答复意见', 'answer'],
  reply_date: ['回复时间', '答复时间', '回复日期', '答复日期', '办结时间', 'replydate', 'answered'],
  unit: ['承办单位', '办理单位', '责任单位', '回复单位', '答复单位', '单位', '部门', 'department'],
  kind: ['类型', '类别', '信件类型', '信件类别', '来信类型', '来信类别', 'type'],
  place: ['地点', '事发地点', '问题地点', '所在地', 'location'],
  name: ['姓名', '来信人', '写信人', '信访人', '反映人', '留言人'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系电话', 'telephone', 'mobile'],
  mail: ['邮箱', '电子邮箱', '电子邮件', 'email', 'e_mail'],
  address: ['地址', '住址', '联系地址'],
  published: ['公开', '是否公开', '公开情况', 'public'],
  outcome: ['受理结果', '处理方式'],
} as const;

export type OldColumn = keyof typeof NAMES;
const isOldColumn = (name: string): name is OldColumn => Object.hasOwn(NAMES, name);
export const OLD_COLUMNS: readonly OldColumn[] = Object.keys(NAMES).filter(isOldColumn);

/** The file's names → ours. */
export type ColumnMap = ReadonlyMap<string, OldColumn>;

/** Names are compared without regard to width, case, spaces and hyphens. */
const fold = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '');

/** What is understood by default, and over it what the operator said: `given` is file's name → ours. */
export function columnMap(given: ReadonlyMap<string, OldColumn> = new Map()): ColumnMap {
  const taken = new Set(given.values());
  const map = new Map<string, OldColumn>();
  for (const column of OLD_COLUMNS) {
    if (!taken.has(column)) for (const name of [column, ...NAMES[column]]) map.set(fold(name), column);
  }
  for (const [name, column] of given) map.set(fold(name), column);
  return map;
}

/** Reads `信件内容=body,办结=reply_date`; the first part that is not of this form is returned as wrong. */
export function parseColumns(typed: string): { given: Map<string, OldColumn> } | { wrong: string } {
  const given = new Map<string, OldColumn>();
  for (const part of typed.split(',')) {
    const at = part.lastIndexOf('=');
    const name = part.slice(0, Math.max(at, 0)).trim();
    const column = part.slice(at + 1).trim();
    if (name === '' || !isOldColumn(column)) return { wrong: part };
    given.set(name, column);
  }
  return { given };
}

export const columnOf = (name: string, map: ColumnMap): OldColumn | null => map.get(fold(name)) ?? null;
