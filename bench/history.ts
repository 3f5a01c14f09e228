// How accuracy changed: one small table a step in bench/history, written by `pnpm bench:accuracy --history NAME`.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

type Metric = { mean: number };
type Group = {
  scored: number;
  metrics: Partial<Record<"cer" | "overall" | "pdfCer" | "pdfPlaced" | "jsonAuc", Metric>>;
};

/** The part of the scorer's scores.json that is kept. */
export type Scores = { all: Group; categories: Record<string, Group> };

/** `date`: YYYY-MM-DD. `commit`: the state of the code that was measured. */
export type Step = { name: string; date: string; commit: string };

const folder = join(import.meta.dirname, "history");

/** Writes the step's table and returns its path. */
export async function writeHistory(scores: Scores, step: Step): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${step.date}-${step.name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-")}.md`);
  await writeFile(path, historyTable(scores, step));
  return path;
}

/** Means over documents, percent, as the scorer makes them: errors are cut at 100; what does not apply to a document is left out. */
function historyTable({ all, categories }: Scores, { name, date, commit }: Step): string {
  const groups = [...Object.entries(categories), ["all", all] as const].filter(([, { scored }]) => scored > 0);
  const rows = groups.map(([category, { scored, metrics }]) => {
    const figures = [metrics.cer, metrics.overall, metrics.pdfCer, metrics.pdfPlaced].map(percent);
    return [category, String(scored), ...figures, metrics.jsonAuc?.mean.toFixed(3) ?? "–"];
  });
  const head = ["category", "documents", "CER", "Markdown", "PDF CER", "placed", "AUC"];
  const lines = [head, head.map((_, index) => (index === 0 ? "---" : "--:")), ...rows].map(
    (row) => `| ${row.join(" | ")} |`,
  );
  return `# ${date} ${name}\n\nCommit ${commit}. Percent; AUC of the words' confidence.\n\n${lines.join("\n")}\n`;
}

function percent(metric: Metric | undefined): string {
  return metric === undefined ? "–" : (100 * metric.mean).toFixed(1);
}
