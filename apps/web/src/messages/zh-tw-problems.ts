// What went wrong or is worth knowing, in Traditional Chinese: each code with its sentences.
import type { ErrorCode } from "@legible/shared/errors";
import type { FailureCode } from "@legible/shared/failures";
import type { NoteCode } from "@legible/shared/notes";
import type { Sentence } from "./en-problems.ts";

export const errors: Record<ErrorCode, Sentence> = {
  UNAUTHENTICATED: { message: "您已登出。", nextStep: "請重新登入後繼續。" },
  FORBIDDEN: { message: "您的帳號沒有這項權限。", nextStep: "請向管理員申請權限。" },
  PASSWORD_CHANGE_REQUIRED: { message: "您的密碼是由他人設定的。", nextStep: "請先設定自己的密碼再繼續。" },
  NOT_FOUND: { message: "這裡沒有內容，或內容不屬於您。", nextStep: "請返回您的文件。" },
  CONFLICT: { message: "這個動作目前無法執行。", nextStep: "文件的狀態已經改變，請再看一次。" },
  INVALID_INPUT: { message: "表單中有內容不正確。", nextStep: "請檢查輸入的內容後再試一次。" },
  TOO_LARGE: { message: "檔案超過這台伺服器的大小上限。", nextStep: "請拆成數個檔案，或以 300 dpi 掃描。" },
  UNSUPPORTED_TYPE: {
    message: "無法讀取這種檔案。",
    nextStep: "請使用 PDF、JPEG、PNG、HEIC、TIFF、AVIF、JPEG 2000、WebP、GIF 或 BMP。",
  },
  RATE_LIMITED: { message: "短時間內嘗試太多次。", nextStep: "請等一分鐘後再試。" },
  QUOTA_EXCEEDED: { message: "您的配額已用完。", nextStep: "請刪除不再需要的文件。" },
  STORAGE_FULL: { message: "伺服器的儲存空間已滿。", nextStep: "請管理員清出空間。" },
  UNAVAILABLE: { message: "伺服器忙碌中或正在啟動。", nextStep: "請稍候再試一次。" },
  INTERNAL: { message: "伺服器發生錯誤。", nextStep: "請再試一次；若仍然發生，請回報下方的編號。" },
};

export const failures: Record<FailureCode, Sentence> = {
  ENCRYPTED_PDF: {
    message: "這份 PDF 受密碼保護。",
    nextStep: "請在下方輸入密碼，或另存一份沒有密碼的 PDF 再加入。",
  },
  WRONG_PASSWORD: { message: "這個密碼無法開啟這份 PDF。", nextStep: "請在下方輸入正確的密碼。" },
  DAMAGED_FILE: {
    message: "檔案已損毀，無法開啟。",
    nextStep: "如果在您的電腦上可以開啟，請列印成新的 PDF 再加入。",
  },
  EMPTY_FILE: { message: "檔案是空的。", nextStep: "請確認掃描是否完整，然後再加入一次。" },
  NO_PAGES: { message: "文件中沒有可讀取的頁面。", nextStep: "請檢查頁碼範圍，或重新儲存檔案。" },
  TOO_MANY_PAGES: { message: "文件頁數超過這台伺服器一次可讀取的上限。", nextStep: "請拆成較小的文件。" },
  TOO_MANY_PIXELS: { message: "圖片大於這台伺服器可讀取的尺寸。", nextStep: "請降低掃描解析度；300 dpi 就足夠。" },
  UNSUPPORTED_CONTENT: {
    message: "檔案中有無法當成頁面讀取的內容。",
    nextStep: "請另存為 PDF、PNG 或 JPEG 再加入。",
  },
  PAGE_TIMEOUT: {
    message: "讀取這一頁花了太久的時間。",
    nextStep: "請重新讀取；若仍然失敗，請以較低的解析度掃描這一頁。",
  },
  OUT_OF_MEMORY: {
    message: "這一頁需要的記憶體超過可用的量。",
    nextStep: "請降低掃描解析度，或將 PDF 另存成較簡單的形式。",
  },
  ENGINE_CRASHED: {
    message: "文字辨識意外停止。",
    nextStep: "請重新讀取；若仍然失敗，請告訴管理員是哪一頁。",
  },
  LANGUAGE_MISSING: {
    message: "這裡沒有安裝所要求的語言。",
    nextStep: "請選擇其他語言，或請管理員安裝。",
  },
  CANCELLED: { message: "讀取已取消。", nextStep: "您可以隨時重新讀取。" },
  NOT_STARTED: { message: "上傳後一天內沒有開始讀取，檔案已移除。", nextStep: "請再加入一次。" },
};

/** What is worth knowing about a result that is no failure. */
export const notes: Record<NoteCode, string> = {
  SOURCE_SIGNED: "原始檔案有數位簽章；可搜尋的 PDF 因為加入了文字而沒有簽章。請保留原始檔案作為憑證。",
  OTHER_LANGUAGE:
    "有些頁面以所選的語言讀取不太通順。「頁面」清單會顯示它們看起來是哪一種語言：請改用該語言重新讀取文件。",
  NOT_PDFA_FONTS: "可搜尋的 PDF 不是 PDF/A：原始檔案使用了未內嵌的字型，或內嵌的形式不符合 PDF/A 的要求。",
  NOT_PDFA_COLOURS: "可搜尋的 PDF 不是 PDF/A：原始檔案使用了在每台裝置上看起來不同的色彩（CMYK）。",
  NOT_PDFA_CONTENT: "可搜尋的 PDF 不是 PDF/A：原始檔案含有 PDF/A 不允許且無法移除的內容。",
  CORRECTIONS_LEFT_OUT:
    "最近的更正已寫入頁面，但下載檔案無法重新產生。請再更正一個字詞以重試；有密碼的 PDF 必須輸入密碼重新讀取。",
};
