// Traditional Chinese as it is written in Taiwan. That no text is missing is a matter of the type; here is how they read.
import { errorCodeSchema } from "@legible/shared/errors";
import { failureCodeSchema } from "@legible/shared/failures";
import { noteCodeSchema } from "@legible/shared/notes";
import { describe, expect, test } from "vitest";
import { sentenceOf } from "../src/api/problem.ts";
import { en } from "../src/messages/en.ts";
import { admin as enAdmin } from "../src/messages/en-admin.ts";
import { settings as enSettings } from "../src/messages/en-settings.ts";
import { zhTw } from "../src/messages/zh-tw.ts";
import { admin } from "../src/messages/zh-tw-admin.ts";
import { settings } from "../src/messages/zh-tw-settings.ts";
import { textsOf } from "./texts-of.ts";

const inEnglish = { ...en, admin: enAdmin, settings: enSettings };
const texts = textsOf({ ...zhTw, admin, settings }, inEnglish);
const english = new Map(textsOf(inEnglish, inEnglish));

/** The characters of Big5, the set made for Taiwan: simplified ones are not in it. Its rows 0xA1–0xF9, without what Hong Kong added. */
const big5 = new Set(
  [...Array(0xf9 - 0xa0).keys()].flatMap((row) =>
    [...Array(0xff - 0x40).keys()].map((cell) =>
      new TextDecoder("big5").decode(Uint8Array.of(0xa1 + row, 0x40 + cell)),
    ),
  ),
);
const foreign = (text: string): string[] =>
  [...text].filter((letter) => /\p{Script=Han}/u.test(letter) && !big5.has(letter));

/** What is said on the mainland, and what stands for it in Taiwan. */
const mainland: [string, string][] = [
  ["文件夾", "資料夾"],
  ["登錄", "登入"],
  ["登陸", "登入"],
  ["註銷", "登出"],
  ["設置", "設定"],
  ["搜索", "搜尋"],
  ["用戶", "使用者"],
  ["賬", "帳"],
  ["信息", "資訊"],
  ["默認", "預設"],
  ["服務器", "伺服器"],
  ["網絡", "網路"],
  ["屏幕", "螢幕"],
  ["打印", "列印"],
  ["數據", "資料"],
  ["鏈接", "連結"],
  ["保存", "儲存"],
  ["字符", "字元"],
  ["圖標", "圖示"],
  ["界面", "介面"],
  ["刷新", "重新整理"],
  ["視頻", "影片"],
  ["內存", "記憶體"],
  ["審計", "稽核"],
  ["日誌", "紀錄"],
  ["令牌", "權杖"],
];

/** The names of keys in the lists of them. */
const keys = /\.(?:keyList|keysHere|keysElsewhere|everywhere)\.\d+\.0$/u;
/** Names that are the same in every language. */
const names = /^(?:Legible|JSON|Markdown|hOCR|ALTO XML|PDF|CSV|Microsoft|Node\.js|–|.*·.*)$/u;

describe("all texts", () => {
  test("there are many", () => expect(texts.length).toBeGreaterThan(250));

  test("are in Traditional Chinese", () => {
    expect(texts.filter(([, text]) => foreign(text).length > 0)).toEqual([]);
    expect(foreign("设定和设備")).toEqual(["设", "设"]);
  });

  test("say it as in Taiwan", () => {
    const odd = texts.flatMap(([path, text]) =>
      mainland.filter(([said]) => text.includes(said)).map((each) => [path, ...each]),
    );
    expect(odd).toEqual([]);
  });

  test("are translated", () => {
    expect(texts.filter(([path, text]) => text === english.get(path) && !names.test(text) && !keys.test(path))).toEqual(
      [],
    );
  });
});

describe("problems", () => {
  test.each([...errorCodeSchema.options, ...failureCodeSchema.options, "UNREACHABLE" as const])(
    "%s says what happened and what to do next, in whole sentences",
    (code) => {
      const { message, nextStep } = sentenceOf(zhTw, { code, requestId: null });
      expect(message).toMatch(/。$/u);
      expect(nextStep).toMatch(/。$/u);
      expect(nextStep).not.toBe(message);
    },
  );

  test.each(noteCodeSchema.options)("the note %s is whole sentences", (code) => {
    expect(zhTw.notes[code]).toMatch(/。$/u);
  });

  test("no two codes share a sentence", () => {
    const all = [...Object.values(zhTw.errors), ...Object.values(zhTw.failures)].map(({ message }) => message);
    expect(new Set(all).size).toBe(all.length);
  });
});
