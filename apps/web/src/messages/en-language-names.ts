// English names of the languages that come with the installation; others are shown by their code.

export const languageNames = new Map([
  ["auto", "Detect automatically"],
  ["eng", "English"],
  ["chi_tra", "Chinese (Traditional)"],
  ["chi_sim", "Chinese (Simplified)"],
  ["jpn", "Japanese"],
  ["kor", "Korean"],
  ["deu", "German"],
  ["fra", "French"],
  ["spa", "Spanish"],
  ["ita", "Italian"],
  ["por", "Portuguese"],
  ["nld", "Dutch"],
]);
