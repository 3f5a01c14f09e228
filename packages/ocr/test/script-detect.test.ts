import { expect, test } from "vitest";
import type { Engine } from "../src/pipeline/engine/engine.ts";
import { recogniser } from "../src/pipeline/prepare/recogniser.ts";
import type { Raster } from "../src/pipeline/raster.ts";
import { detectLanguages } from "../src/pipeline/script/detect-languages.ts";
import { latinLanguages } from "../src/pipeline/script/latin-languages.ts";
import { suggestLanguages } from "../src/pipeline/script/suggest-languages.ts";
import { never } from "./make-pool.ts";

const page: Raster = { width: 400, height: 300, grey: new Uint8Array(400 * 300).fill(255) };

/** Models that answer with one text and one confidence, whatever they are shown. */
function models(answers: Record<string, [text: string, confidence: number]>) {
  const asked: string[] = [];
  const engine: Engine = {
    async recognise(_raster, { languages }) {
      asked.push(languages.join("+"));
      const [text, confidence] = answers[languages[0] ?? ""] ?? ["", 0];
      if (text === "") return [];
      const words = [{ text, confidence, bbox: [10, 10, 300, 40] as [number, number, number, number] }];
      return [{ lines: [{ bbox: [10, 10, 300, 40], baseline: [10, 38, 300, 38], words }] }];
    },
    installed: async () => [...Object.keys(answers), "jpn_vert"],
    close: async () => undefined,
  };
  return { engine, asked };
}

const detect = ({ engine }: { engine: Engine }) => detectLanguages(engine, page, never);
const english = "the quick brown fox jumps over the lazy dog and that is all";
const chinese = "颱風過後圍牆外的老榕樹傾倒壓壞腳踏車棚所幸無人受傷";

test("a page that the English model reads well is asked of no other model", async () => {
  const stub = models({ eng: [english, 92], chi_tra: ["the quick", 70], jpn: ["", 0] });
  expect(await detect(stub)).toMatchObject({ languages: ["eng"], sure: true });
  expect(stub.asked).toEqual(["eng"]);
});

test("the model that finds its own letters with most confidence names the script", async () => {
  const garbage: [string, number] = ["RESET EER NENX SIETECHNE RELTEHE BEWLSEUR", 45];
  const traditional = { eng: garbage, chi_tra: [chinese, 90], chi_sim: [chinese, 62], jpn: [chinese, 70] } as const;
  expect(await detect(models({ ...traditional } as never))).toMatchObject({
    languages: ["chi_tra", "eng"],
    sure: true,
  });
  const kana = "元来日本語は漢文に倣い文字を上から下へまた行を右から左へと進めて";
  const japanese = models({ eng: garbage, chi_tra: [chinese, 70], jpn: [kana, 88] });
  expect((await detect(japanese)).languages).toEqual(["jpn", "eng"]);
  const arabic = models({ eng: ["uw pes Jp", 30], ara: ["السلام عليكم ورحمة الله وبركاته", 85], chi_tra: ["一", 20] });
  expect((await detect(arabic)).languages).toEqual(["ara", "eng"]);
});

test("a page that nobody can read is taken for English, unsurely, and asked again of the next raster", async () => {
  const stub = models({ eng: ["ii l", 20], chi_tra: ["", 0] });
  expect(await detect(stub)).toMatchObject({ languages: ["eng"], sure: false });
  const auto = recogniser(stub.engine, { languages: ["auto"], dpi: 300 }, never);
  await auto.recognise(page);
  const before = stub.asked.length;
  await auto.recognise(page);
  expect(stub.asked.length - before).toBe(before - 2);
  expect(auto.languages()).toEqual(["eng"]);
});

test("named languages are used as they are, and nothing is asked", async () => {
  const stub = models({ deu: ["Straße", 90], eng: [english, 92] });
  const named = recogniser(stub.engine, { languages: ["deu"], dpi: 300 }, never);
  await named.recognise(page);
  expect(stub.asked).toEqual(["deu"]);
  expect(named.languages()).toEqual(["deu"]);
});

test("nonsense in the language that was named brings a suggestion when the page is clearly in another", async () => {
  const garbage: [string, number] = ["RESET EER NENX SIETECHNE RELTEHE BEWLSEUR", 31];
  const suggest = async (stub: ReturnType<typeof models>, named: string[]) => {
    const paragraphs = await stub.engine.recognise(page, { languages: named, dpi: 300 }, never);
    stub.asked.length = 0;
    return await suggestLanguages(stub.engine, { paragraphs, raster: page, named }, never);
  };
  const chinesePage = models({ eng: garbage, chi_tra: [chinese, 90], chi_sim: [chinese, 62] });
  expect(await suggest(chinesePage, ["eng"])).toEqual(["chi_tra", "eng"]);
  // Already named: there is nothing better to offer.
  expect(await suggest(models({ eng: garbage, chi_tra: [chinese, 50] }), ["chi_tra"])).toBeUndefined();
  // A poor copy that no model reads.
  expect(await suggest(models({ eng: garbage, chi_tra: [chinese, 60] }), ["eng"])).toBeUndefined();
  const readWell = models({ eng: [english, 92], chi_tra: [chinese, 90] });
  expect(await suggest(readWell, ["eng"])).toBeUndefined();
  expect(readWell.asked).toEqual([]);
});

const installed = ["deu", "eng", "fra", "ita", "nld", "por", "spa"];
test.each([
  ["deu", "Die Kosten der Reparatur sind nicht von dem Mieter zu tragen und werden mit der Miete verrechnet"],
  [
    "fra",
    "Les frais de la réparation ne sont pas à la charge du locataire et sont déduits du loyer par le propriétaire",
  ],
  ["spa", "Los gastos de la reparación no corren por cuenta del inquilino y se deducen del alquiler para el mes"],
  ["ita", "Le spese della riparazione non sono a carico del locatario e si deducono dal canone che il padrone di casa"],
  ["por", "As despesas da obra não são do inquilino e os custos do mês em que se fez uma parte dos trabalhos"],
  ["nld", "De kosten van het herstel zijn niet voor de huurder en worden met het bedrag van de huur verrekend"],
  ["eng", "The cost of the repair is not for the tenant and will be taken from the rent that is due"],
])("the common words of a text tell that it is %s", (language, text) => {
  expect(latinLanguages(text, installed)).toEqual([language]);
});

test("a text without common words, or in a language that is not installed, is English", () => {
  expect(latinLanguages("4711 Kölnisch Wasser EUR 12.80", installed)).toEqual(["eng"]);
  expect(latinLanguages("Die Kosten der Reparatur sind nicht von dem Mieter zu tragen", ["eng", "fra"])).toEqual([
    "eng",
  ]);
  expect(
    latinLanguages(`Die Kosten der Reparatur sind nicht von dem Mieter und der das ${english}`, installed),
  ).toEqual(["deu", "eng"]);
});
