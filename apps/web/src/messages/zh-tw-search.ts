// Searching in all documents, in Traditional Chinese.
import type { Messages } from "./en.ts";
import { createPlural } from "./plural.ts";

const plural = createPlural("zh-TW");

export const search: Messages["search"] = {
  title: "在文件中搜尋",
  open: "在文件中搜尋",
  field: "要搜尋的字詞",
  placeholder: "文件中的字詞",
  begin: "搜尋所有已讀取的內容",
  beginText: "會列出您所有文件中同時含有這些字詞的頁面，不區分大小寫與重音符號。",
  none: "找不到任何內容",
  noneText: (text) => `您的文件中沒有任何頁面含有全部的「${text}」。請減少字詞，或只輸入部分字詞。`,
  count: (count) => `找到 ${plural(count, { other: "頁" })}`,
  results: "找到的頁面",
  page: (page) => `第 ${page.toLocaleString("zh-TW")} 頁`,
  incomplete: "您的頁數超過一次搜尋的範圍，最舊的頁面未被搜尋。",
  key: "按 / 即可搜尋",
  keysElsewhere: [["/", "在文件中搜尋"]],
  keysHere: [["/", "移至要搜尋的字詞"]],
};
