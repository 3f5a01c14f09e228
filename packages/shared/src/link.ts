// Where links of documents may lead: to pages of the web and to mailboxes, written in characters that need no care in Markdown or HTML.
import { z } from "zod";

/** Longer addresses are data, not places. */
const longestLink = 2_000;

export const linkSchema = z
  .string()
  .max(longestLink)
  .regex(/^(?:https?:\/\/|mailto:)[\w!#$%&'*+,\-./:;=?@~[\]]+$/u);
