// Adding documents, in Traditional Chinese.
import type { Messages } from "./en.ts";
import { createPlural } from "./plural.ts";

const plural = createPlural("zh-TW");
const files = (count: number): string => plural(count, { other: "個檔案" });
const documents = (count: number): string => plural(count, { other: "份文件" });

export const home: Messages["home"] = {
  title: "我的文件",
  dropTitle: "將掃描檔、照片或 PDF 拖放到任何位置",
  dropText: (size) =>
    `PDF、JPEG、PNG、HEIC、TIFF、AVIF、JPEG 2000、WebP、GIF 或 BMP，每個檔案最大 ${size}。也可以拖放資料夾或直接貼上圖片。`,
  choose: "選擇檔案",
  chooseFolder: "選擇資料夾",
  takePhoto: "拍照",
  keyList: [["Ctrl + V", "加入已複製的圖片或檔案"]],
  pastedName: (when) => `貼上 ${when}`,
  photoName: (when) => `照片 ${when}`,
  dropHere: "放開即可加入",
  grouping: "多個檔案要成為",
  groupEach: "每個檔案一份文件",
  groupTogether: "依此順序合成一份文件",
  languages: "文件中的語言",
  languagesPlaceholder: "請至少選擇一種",
  pdfa: "將可搜尋的 PDF 製作成 PDF/A",
  pdfaHint: "適合長期典藏。若文件不允許，文件頁面會說明原因。",
};

export const draft: Messages["draft"] = {
  title: "由這些檔案合成一份文件",
  hint: "請排好順序，需要時可再加入檔案，然後加入這份文件。",
  summary: (count, size) => `${files(count)}，${size}`,
  list: "檔案的順序",
  drag: (name) => `將 ${name} 拖曳到其他位置`,
  up: (name) => `將 ${name} 上移`,
  down: (name) => `將 ${name} 下移`,
  remove: (name) => `不要加入 ${name}`,
  moved: (name, place, total) => `${name} 現在是第 ${place} 個，共 ${total} 個。`,
  add: "加入為一份文件",
  discard: "捨棄",
};

export const uploads: Messages["uploads"] = {
  title: "上傳",
  files,
  sending: (sent, total) => `${sent}／${total}`,
  waiting: "排隊等候中",
  interrupted: "連線中斷。連線恢復後會自動繼續上傳。",
  done: "已上傳",
  cancelled: "已取消上傳",
  open: "開啟",
  cancel: "取消",
  cancelNamed: (name) => `取消上傳 ${name}`,
  retryNamed: (name) => `重新上傳 ${name}`,
  dismissNamed: (name) => `從清單移除 ${name}`,
  progressOf: (name) => `${name} 的上傳進度`,
  filesOf: (name) => `${name} 的檔案`,
  clear: "清除已完成的項目",
  allSent: (count) => `已上傳 ${documents(count)}`,
};

export const refusals: Messages["refusals"] = {
  size: (bytes, limit) => ({
    message: `這個檔案為 ${bytes}，此伺服器每個檔案最大 ${limit}。`,
    nextStep: "請分割檔案，或以 300 dpi 掃描。",
  }),
  gone: { message: "這台裝置已無法讀取這個檔案。", nextStep: "檔案已被移動、變更或刪除，請重新加入。" },
  fileCount: (count, limit) => ({
    message: `一份文件最多 ${files(limit)}，目前有 ${files(count)}。`,
    nextStep: "請分成兩份文件。",
  }),
  documentCount: (count, running, limit) => ({
    message: `這裡有 ${documents(count)}，加上正在讀取的 ${documents(running)}，超過您同時可讀取的 ${documents(limit)}。`,
    nextStep: `請先加入 ${documents(Math.max(0, limit - running))}，其餘等部分完成後再加入。`,
  }),
  storage: (needed, used, limit) => ({
    message: `這些檔案需要 ${needed}。您可使用的 ${limit} 空間中，文件已占用 ${used}。`,
    nextStep: "請刪除不再需要的文件。",
  }),
};
