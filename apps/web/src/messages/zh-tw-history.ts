// The task history in Traditional Chinese.
import type { Messages } from "./en.ts";
import { createPlural } from "./plural.ts";

const plural = createPlural("zh-TW");
const documents = (count: number): string => plural(count, { other: "份文件" });

export const history: Messages["history"] = {
  title: "所有文件",
  open: "所有文件",
  figures: { all: "全部", pending: "等待中", processing: "讀取中", completed: "已完成", failed: "失敗" },
  figuresLabel: "各狀態的文件",
  filename: "檔案名稱",
  filenamePlaceholder: "部分名稱",
  status: "狀態",
  from: "加入日期起",
  to: "加入日期迄",
  clear: "清除篩選",
  columns: {
    filename: "名稱",
    pages: "頁數",
    status: "狀態",
    confidence: "信心度",
    time: "花費時間",
    createdAt: "加入時間",
    expires: "到期",
    actions: "動作",
  },
  sortBy: (column) => `依${column}排序`,
  caption: "文件",
  select: (name) => `選取 ${name}`,
  selectAll: "選取本頁全部",
  selected: (count) => `已選取 ${documents(count)}`,
  selection: "已選取的文件",
  deselect: "取消選取",
  actionsOf: (name) => `${name} 的動作`,
  never: "–",
  empty: "還沒有文件",
  emptyText: "您加入的文件會出現在這裡。",
  add: "加入文件",
  noMatch: "沒有符合的文件",
  noMatchText: "請變更篩選條件，或清除篩選以查看所有文件。",
  pageSize: "每頁列數",
  range: (from, to, total) =>
    `第 ${from.toLocaleString("zh-TW")}–${to.toLocaleString("zh-TW")} 筆，共 ${total.toLocaleString("zh-TW")} 筆`,
  deleteTitle: (count) => (count === 1 ? "要刪除這份文件嗎？" : `要刪除 ${documents(count)}嗎？`),
  deleteText: "文件以及從中讀取的所有內容將被刪除，十秒內可以復原。",
  deleteConfirm: "刪除",
  done: (count) => `已處理 ${documents(count)}。`,
  partly: (failed) => `有 ${documents(failed)}維持原狀，因為目前的狀態不允許這個動作。`,
};
