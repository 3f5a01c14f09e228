// Every text a person reads, in Traditional Chinese as it is written in Taiwan.
import type { Messages } from "./en.ts";
import { createPlural } from "./plural.ts";
import { history } from "./zh-tw-history.ts";
import { newPassword } from "./zh-tw-new-password.ts";
import { errors, failures, notes } from "./zh-tw-problems.ts";
import { reasons } from "./zh-tw-reasons.ts";
import { search } from "./zh-tw-search.ts";
import { draft, home, refusals, uploads } from "./zh-tw-uploads.ts";
import { viewer } from "./zh-tw-viewer.ts";

const plural = createPlural("zh-TW");

const languageNames = new Map([
  ["auto", "自動偵測"],
  ["eng", "英文"],
  ["chi_tra", "中文（繁體）"],
  ["chi_sim", "中文（簡體）"],
  ["jpn", "日文"],
  ["kor", "韓文"],
  ["deu", "德文"],
  ["fra", "法文"],
  ["spa", "西班牙文"],
  ["ita", "義大利文"],
  ["por", "葡萄牙文"],
  ["nld", "荷蘭文"],
]);

export const zhTw: Messages = {
  locale: "zh-TW",
  units: { second: "秒", minute: "分", hour: "小時", day: "天" },
  errors,
  failures,
  notes,
  reasons,
  viewer,
  history,
  newPassword,
  home,
  draft,
  uploads,
  refusals,
  search,
  statuses: { pending: "等待中", processing: "讀取中", completed: "已完成", failed: "失敗", cancelled: "已取消" },
  languageName: (code) => languageNames.get(code) ?? code,

  appName: "Legible",
  pageTitle: (name) => `${name} · Legible`,
  skipToContent: "跳到主要內容",

  connection: {
    lost: "無法連線到伺服器。畫面上的內容可能不是最新的；連線會自動恢復。",
    offline: "您的電腦已離線。畫面上的內容可能不是最新的；連線會自動恢復。",
    unreachable: { message: "伺服器沒有回應。", nextStep: "請檢查網路連線後再試一次。" },
  },

  close: "關閉",
  cancel: "取消",

  keys: {
    title: "鍵盤快速鍵",
    everywhere: [
      ["Esc", "關閉開啟的視窗"],
      ["?", "這份清單"],
    ],
  },

  copy: "複製",
  copied: "已複製",
  copyByHand: "已選取文字，請按 Ctrl+C 複製。",

  places: { label: "網頁的各個部分", admin: "系統管理", settings: "設定" },

  problem: { requestId: "要求編號", tryAgain: "再試一次" },

  notFound: { title: "找不到頁面", text: "這個網址沒有內容，或內容不屬於您。", home: "前往我的文件" },

  unexpected: { title: "無法顯示這個頁面", reload: "重新載入頁面" },

  colorScheme: { label: "淺色或深色", auto: "跟隨系統", light: "淺色", dark: "深色" },

  language: { label: "語言", auto: "跟隨瀏覽器", failed: "無法取得這個語言的文字，請檢查網路連線後再試一次。" },

  auth: {
    signIn: "登入",
    signInTitle: "登入",
    signInText: "放入掃描檔、照片或 PDF，取得可搜尋的文字。",
    email: "電子郵件",
    password: "密碼",
    wrongPassword: { message: "電子郵件或密碼不正確。", nextStep: "請檢查兩者後再試一次。" },
    emailInvalid: "請輸入電子郵件地址，例如 ada@example.org。",
    passwordMissing: "請輸入密碼。",
    setupTitle: "建立第一位管理員",
    setupText: "這是全新的安裝。您在這裡建立的帳號可以檢視並變更所有內容。",
    displayName: "您的姓名",
    displayNameMissing: "請輸入您的姓名。",
    newPassword: "密碼",
    newPasswordHint: (length) => `至少 ${length} 個字元。幾個不相關的詞就很好。`,
    newPasswordShort: (length) => `請至少使用 ${length} 個字元。`,
    setupSubmit: "建立管理員",
    noProvider: "尚未設定任何登入方式，請聯絡管理員。",
    microsoft: {
      signIn: "使用 Microsoft 登入",
      or: "或",
      comingBack: "正在完成 Microsoft 登入…",
      staysSignedIn: "登出 Legible 不會登出 Microsoft。",
      cancelled: "已取消 Microsoft 登入。",
      failed: { message: "Microsoft 登入沒有成功。", nextStep: "請再試一次；若仍然發生，請告知管理員。" },
      refused: {
        guest: { message: "這裡不接受組織的來賓帳號。", nextStep: "請使用組織本身的帳號登入。" },
        tenant: { message: "這裡不接受這個組織的帳號。", nextStep: "請使用其他帳號登入。" },
        disabled: { message: "您的帳號在這裡已停用。", nextStep: "請管理員重新啟用。" },
        role: { message: "您的帳號沒有 Legible 的角色。", nextStep: "請聯絡在 Microsoft Entra 管理帳號的人員。" },
      },
    },
    menu: (name) => `${name} 的帳號`,
    signOut: "登出",
    roleAdmin: "管理員",
  },

  list: {
    empty: "還沒有文件",
    emptyText: "請在上方放入掃描檔、照片或 PDF，文件會出現在這裡並逐頁讀取。",
    noMatch: "沒有這個狀態的文件",
    noMatchText: "請選擇其他狀態以查看其餘文件。",
    filter: "顯示",
    all: "全部",
    label: "我最近的文件",
    pagination: "清單的頁碼",
    paginationControls: { first: "第一頁", previous: "上一頁", next: "下一頁", last: "最後一頁" },
    count: (count) => plural(count, { other: "份文件" }),
  },

  task: {
    back: "我的文件",
    pageOf: (done, total) => `第 ${done} 頁，共 ${total} 頁`,
    pages: (count) => plural(count, { other: "頁" }),
    opening: "正在開啟檔案",
    assembling: "正在彙整結果",
    uploading: "等待檔案上傳",
    queued: (position) => (position === 1 ? "下一個就輪到" : `排在第 ${position} 位`),
    notStarted: "尚未開始",
    withEstimate: (text, left) => `${text} · 約剩 ${left}`,
    progressLabel: (name) => `${name} 的讀取進度`,
    failedPages: (count) => `有 ${plural(count, { other: "頁" })}無法讀取。`,
    failedPagesNext: "其餘頁面都已完成。頁面清單會說明發生了什麼問題。",
    onPage: (page) => `第 ${page} 頁：`,
    confidence: "信心度",
    time: "花費時間",
    languages: "語言",
    created: "加入時間",
    expires: "到期",
    pagesFact: "頁數",
    downloads: "下載",
    download: {
      json: "JSON",
      markdown: "Markdown",
      pdf: "可搜尋的 PDF",
      txt: "純文字",
      hocr: "hOCR",
      alto: "ALTO XML",
      zip: "所有格式（ZIP）",
    },
    downloadLabel: {
      json: "下載 JSON",
      markdown: "下載 Markdown",
      pdf: "下載可搜尋的 PDF",
      txt: "下載純文字",
      hocr: "下載 hOCR",
      alto: "下載 ALTO XML",
      zip: "以 ZIP 下載所有格式",
    },
    moreFormats: "更多格式",
    start: "開始讀取",
    cancel: "取消",
    retry: "重新讀取",
    pdfPassword: "PDF 的密碼",
    pdfPasswordKept: "密碼只在讀取文件期間保留在記憶體中，之後便會捨棄。",
    readWithPassword: "使用密碼讀取",
    delete: "刪除",
    deleteTitle: "要刪除這份文件嗎？",
    deleteText: (name) => `「${name}」以及從中讀取的所有內容將被刪除，十秒內可以復原。`,
    deleteConfirm: "刪除文件",
    keep: "保留",
    deleted: (name) => `已刪除「${name}」。`,
    goneTitle: "這份文件已被刪除",
    goneText: (name) => `「${name}」以及從中讀取的所有內容都已消失。`,
    filesTitle: "來源檔案",
  },

  deletion: {
    undo: "復原",
    deleted: (count) => `已刪除 ${plural(count, { other: "份文件" })}。`,
    restored: (count) => `已復原 ${plural(count, { other: "份文件" })}。`,
    tooLate: (count) => `有 ${plural(count, { other: "份文件" })}無法復原，十秒已過。`,
  },

  ledger: {
    empty: "檔案開啟後，頁面就會出現在這裡。",
    none: "這份文件沒有任何頁面被讀取。",
    caption: "每一頁的處理方式",
    more: "顯示更多頁面",
    page: "頁",
    source: "讀取方式",
    confidence: "信心度",
    lowWords: "存疑字詞",
    time: "時間",
    waiting: "等待中",
    readingAgain: "正在重新讀取",
    sources: { ocr: "文字辨識", text: "保留原有文字", blank: "空白", failed: "無法讀取" },
    rotated: (degrees) => `旋轉了 ${degrees}°`,
  },
};
