import type { ClosedClasses } from './closed-classes.ts';

/** What Chinese things are counted in; alone many of them are things ("head", "handle"). */
const CHINESE_COUNTERS =
  '个 個 只 隻 张 張 条 條 辆 輛 匹 头 頭 位 名 块 塊 片 朵 棵 座 把 件 双 雙 对 對 杯 瓶 盘 盤 碗 群 本 架 艘 台 臺 间 間 家 栋 棟 幅 支 枝 颗 顆 粒 根 顶 頂 扇 串 束';
const BEFORE_COUNTERS = '一 几 幾 这 這 那 哪 某 每';
/** Both as one word, as dictionaries cut some of them: 一匹, 那辆. */
const CHINESE_COUNTED = BEFORE_COUNTERS.split(' ')
  .flatMap((one) => CHINESE_COUNTERS.split(' ').map((counter) => one + counter))
  .join(' ');

export const CHINESE: ClosedClasses = {
  particles:
    '的 了 在 是 和 与 跟 及 或 而 把 被 从 到 向 对 于 以 为 之 其 这 那 这些 那些 一些 个 只 张 着 过 地 得 也 都 就 还 ' +
    '很 有 我 你 他 她 它 我们 你们 他们 她们 吗 呢 吧 啊 什么 哪 哪里 谁 里 上 下 中 ' +
    '几 这里 这儿 那里 那儿 哪儿 某 每 多少 很多 许多 非常 ' +
    '幾 這裡 這兒 那裡 那兒 哪兒 許多 ' +
    '與 從 對 於 為 這 這些 個 隻 張 著 過 還 我們 你們 他們 她們 嗎 什麼 哪裡 誰 裡 裏 ' +
    CHINESE_COUNTED,
  determiners: '这 那 一个 一只 这个 那个 這 一個 一隻 這個 那個',
  both: '',
  negators: '没有 无 沒有 無',
  expressions: [{ words: CHINESE_COUNTERS, behind: BEFORE_COUNTERS }],
};
