// Choosing a password in place of the one that was given, in Traditional Chinese.
import type { Messages } from "./en.ts";

export const newPassword: Messages["newPassword"] = {
  title: "設定您的密碼",
  text: "您登入時使用的密碼是管理員提供的。請設定只有您知道的密碼。",
  current: "管理員提供的密碼",
  next: "新密碼",
  repeat: "再次輸入新密碼",
  currentMissing: "請輸入您登入時使用的密碼。",
  same: "請選擇與原本不同的密碼。",
  differs: "兩次輸入的新密碼不一致。",
  wrongCurrent: { message: "管理員提供的密碼不正確。", nextStep: "請輸入您登入時使用的密碼。" },
  submit: "儲存並繼續",
};
