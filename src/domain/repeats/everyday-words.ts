/** What letters to an office say whatever they are about. A town without letters of its own begins with these. */
export const EVERYDAY_WORDS = `
尊敬的 领导 您好 你好 我们 我是 本人 作为 一名 一个 市民 居民 业主 村民 群众 老百姓 小区 附近 这里 那里 现在 目前 今天 昨天 去年
今年 每天 晚上 早上 白天 经常 一直 多次 再次 反映 投诉 举报 建议 咨询 请问 希望 恳请 请求 要求 政府 部门 有关 相关 单位 公司 负责
管理 工作人员 处理 解决 解答 回复 答复 关注 重视 调查 核实 问题 情况 事情 严重 影响 生活 出行 安全 因为 所以 但是 而且 如果 虽然
已经 没有 不能 不是 不知道 什么 怎么 为什么 这个 那个 这样 可以 能否 是否 应该 需要 进行 由于 关于 对于 根据 为了 之后 以后
之前 以前 时候 时间 还是 还有 就是 都是 只是 或者 以及 至今 仍然 依然 尽快 早日 及时 谢谢 感谢 此致 敬礼 麻烦 电话 联系 地址 位于
the a an and or but of to in on at for from by with without is are was were be been being it its this that these those
there here we our us i my me you your they their he she his her as if so not no do does did have has had will would
can could should must may please dear sir madam mayor thank thanks hello regarding about complaint request because when
where who what which how why more most very all any some many much also only than then now since again
`;
