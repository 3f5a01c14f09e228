// Why a page was read as it was, in Traditional Chinese.
import type { ReasonSentences } from "@legible/shared/reason-sentences";

export const reasons: ReasonSentences = {
  IMAGE: () => "這一頁是圖片。",
  ANIMATED_IMAGE: () => "動畫圖片，只讀取第一個畫面。",
  NOTHING_DRAWN: () => "頁面上沒有任何內容。",
  NOT_EXAMINED: () => "無法檢查這一頁。",
  EXAMINING_FAILED: ({ failure }) => `無法檢查這一頁（${failure}）。`,
  RECOGNITION_FORCED: () => "已要求對每一頁進行文字辨識。",
  NO_TEXT: () => "這一頁沒有文字。",
  PICTURES_ONLY: ({ percent }) => `沒有文字；圖片占頁面的 ${percent}%。`,
  LITTLE_TEXT: ({ characters, percent }) => `只有 ${characters} 個字元的文字；圖片占頁面的 ${percent}%。`,
  INVISIBLE_LAYER: () => "圖片上只有一層看不見的文字。",
  OUTLINED_LETTERS: ({ outlined, written }) =>
    `大多數字母是以外框線條畫成的（${outlined} 個，另有 ${written} 個是文字）。`,
  HARDLY_A_LETTER: ({ readable, seen }) => `文字中幾乎沒有字母或數字（${seen} 個字元中有 ${readable} 個）。`,
  UNKNOWN_CHARACTERS: ({ unknown, written }) =>
    `文字沒有指明所顯示的是哪些字元（${written} 個字元中有 ${unknown} 個）。`,
  UNKNOWN_FONT: ({ words }) => `有一種字型沒有指明所顯示的是哪些字元（${words} 個字詞）。`,
  NO_WORDS: ({ odd, words }) => `文字中大多數字詞沒有意義（${words} 個字詞中有 ${odd} 個）。`,
  NO_LANGUAGE: ({ vowels, letters }) => `文字的字母不像任何語言（${letters} 個字母中有 ${vowels} 個母音）。`,
  HAS_CHARACTERS: ({ characters }) => `這一頁有文字（${characters} 個字元）。`,
  HAS_TEXT: ({ readable }) => `這一頁有文字（${readable} 個字母和數字）。`,
  MAY_BE_COVERED: () => "這一頁的文字可能被遮住；如果看不見，就會進行文字辨識。",
  TEXT_UNSEEN: () => "這一頁的文字看不見，因此進行了文字辨識。",
  PICTURES_READ: ({ words, pictures }) => `保留這一頁的原有文字，並從 ${pictures} 張圖片中辨識出 ${words} 個字詞。`,
  OTHER_LANGUAGE: ({ read, seems }) => `以${read}讀取的結果不太合理，這一頁似乎是${seems}。`,
  SAME_PAGE: ({ page }) => `與第 ${page} 頁看起來相同，因此採用該頁的讀取結果。`,
  EARLIER_READING: () => "採用先前以相同選項讀取同一個檔案的結果。",
};
