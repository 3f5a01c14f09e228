// Choosing a password in place of the one that was given, in English.
import type { Sentence } from "./en-problems.ts";

export const newPassword = {
  title: "Choose your password",
  text: "An administrator gave you the password you signed in with. Choose one that only you know.",
  current: "The password you were given",
  next: "Your new password",
  repeat: "Your new password again",
  currentMissing: "Enter the password you signed in with.",
  same: "Choose another one than you were given.",
  differs: "The two new passwords are not the same.",
  wrongCurrent: {
    message: "The password you were given is not right.",
    nextStep: "Enter the one you signed in with.",
  } satisfies Sentence,
  submit: "Save and continue",
};
