// The settings in English.
import type { ApiTokenScope } from "@legible/shared/session";
import { createPlural } from "./plural.ts";

const plural = createPlural("en");

const scopes: Record<ApiTokenScope, { name: string; means: string }> = {
  "tasks:read": { name: "Read documents", means: "List documents, follow them, and take their results." },
  "tasks:write": { name: "Add and change documents", means: "Upload, start, cancel, correct and delete." },
  "admin:read": { name: "Read administration", means: "Figures, users and the audit log of the whole installation." },
};

export const settings = {
  title: "Settings",
  tabs: { account: "Account", appearance: "Language and look", sessions: "Sessions", tokens: "API tokens" },
  tabsLabel: "Parts of the settings",

  account: {
    title: "Account",
    name: "Name",
    email: "E-mail",
    role: "Role",
    roles: { user: "Member", admin: "Administrator" },
    passwordTitle: "Change password",
    passwordText: "You stay signed in here. Everywhere else you will be signed out.",
    current: "Present password",
    next: "New password",
    repeat: "New password again",
    currentMissing: "Enter your present password.",
    repeatDiffers: "The two new passwords are not the same.",
    same: "The new password is the present one.",
    wrongCurrent: { message: "The present password is not right.", nextStep: "Check it and try again." },
    submit: "Change password",
    changed: "The password is changed. All other sessions have ended.",
    elsewhere: "You sign in with Microsoft, so your password is changed there.",
  },

  appearance: {
    title: "Language and look",
    language: "Language",
    languageText: "Of this page, on this device. Documents keep their own.",
    theme: "Light or dark",
  },

  sessions: {
    title: "Sessions",
    text: "Where you are signed in. End what you do not recognise, then change your password.",
    label: "Sessions",
    current: "This device",
    unknownDevice: "Unknown device",
    browserOn: (browser: string, system: string): string => `${browser} on ${system}`,
    lastSeen: (when: string): string => `Last seen ${when}`,
    since: (when: string): string => `Signed in ${when}`,
    end: "End",
    endNamed: (device: string): string => `End the session of ${device}`,
    endTitle: "End this session?",
    endText: (device: string): string => `${device} is signed out at once. What is being uploaded there stops.`,
    endConfirm: "End session",
    ended: "The session has ended.",
    endOthers: "End all others",
    othersTitle: "End all other sessions?",
    othersText: (count: number): string =>
      `${plural(count, { one: "other session is", other: "other sessions are" })} signed out at once. You stay signed in here.`,
    othersConfirm: "End all others",
    othersEnded: (count: number): string => `${plural(count, { one: "session has", other: "sessions have" })} ended.`,
    tokensToo: "Revoke all API tokens, too",
    tokensTooText: "For when somebody else may have made or seen one. Programs that use them are refused from then on.",
    othersAndTokensEnded: (sessions: number, tokens: number): string =>
      `Ended: ${plural(sessions, { one: "session", other: "sessions" })} and ${plural(tokens, { one: "API token", other: "API tokens" })}.`,
    onlyThis: "You are signed in on this device only.",
  },

  tokens: {
    title: "API tokens",
    text: "For programs that work in your name. Each has its own rights and an end.",
    label: "API tokens",
    create: "New token",
    createTitle: "New API token",
    name: "Name",
    namePlaceholder: "What it is for, like “Invoice import”",
    nameMissing: "Give it a name, so that you know it again.",
    scopesLabel: "It may",
    scopes,
    scopesMissing: "Choose at least one right.",
    expires: "Ends after",
    days: (count: number): string => plural(count, { one: "day", other: "days" }),
    submit: "Make token",
    secretTitle: "Copy the token now",
    secretText: "It is shown this once. Only a hash of it is kept, so nobody can show it again.",
    secretLabel: "Token",
    secretDone: "I have copied it",
    empty: "No tokens",
    emptyText: "Make one for a program that adds documents or takes results by itself.",
    columns: { name: "Name", scopes: "May", used: "Last used", expires: "Ends", actions: "Actions" },
    neverUsed: "Never",
    noEnd: "Never",
    revoke: "Revoke",
    revokeNamed: (name: string): string => `Revoke ${name}`,
    revokeTitle: (name: string): string => `Revoke “${name}”?`,
    revokeText: "Programs that use it are refused from now on. This cannot be undone.",
    revokeConfirm: "Revoke token",
    revoked: (name: string): string => `“${name}” is revoked.`,
    tooMany: {
      message: "There are as many tokens as one person may have.",
      nextStep: "Revoke one that is not needed.",
    },
  },
};

export type SettingsMessages = typeof settings;
