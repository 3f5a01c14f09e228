// The only file that loads the charts; it is fetched by itself. Recharts without Mantine's wrapper: with the brushes, labels and reference
// lines that it brings, 129 kB gzip instead of 115.
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { AdminStats } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import styles from "./dashboard.module.css";

const tick = { fill: "var(--mantine-color-dimmed)", fontSize: 12 };

export function DayChart({ days, kind }: { days: AdminStats["byDay"]; kind: "pages" | "documents" }) {
  const { admin, locale } = useAdminTexts();
  const { dashboard: words } = admin;
  const date = (day: string) =>
    new Date(`${day}T12:00:00`).toLocaleDateString(locale, { month: "short", day: "numeric" });
  const data = days.map(({ day, pages, tasks, failed }) => ({ day: date(day), pages, done: tasks - failed, failed }));
  const series =
    kind === "pages"
      ? [{ name: "pages", label: words.pages, colour: "var(--legible-chart)" }]
      : [
          { name: "done", label: words.documents, colour: "var(--legible-chart)" },
          { name: "failed", label: words.failed, colour: "var(--legible-bad)" },
        ];
  return (
    <>
      {kind === "documents" ? (
        <div className={styles.legend}>
          {series.map(({ name, label, colour }) => (
            <span key={name}>
              <i style={{ background: colour }} />
              {label}
            </span>
          ))}
        </div>
      ) : null}
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={data} margin={{ top: 4, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--legible-line)" />
          <XAxis dataKey="day" tick={tick} tickLine={false} axisLine={false} minTickGap={24} />
          <YAxis
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={44}
            allowDecimals={false}
            tickFormatter={(value: number) => value.toLocaleString(locale)}
          />
          <Tooltip
            cursor={{ fill: "var(--mantine-color-text)", fillOpacity: 0.06 }}
            isAnimationActive={false}
            content={({ active, label, payload }) =>
              active ? (
                <div className={`surface ${styles.tip}`}>
                  <strong>{label}</strong>
                  {payload.map(({ dataKey, value }) => (
                    <div key={String(dataKey)}>
                      {series.find(({ name }) => name === dataKey)?.label}: {Number(value).toLocaleString(locale)}
                    </div>
                  ))}
                </div>
              ) : null
            }
          />
          {series.map(({ name, colour }) => (
            <Bar key={name} dataKey={name} stackId="all" fill={colour} maxBarSize={26} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </>
  );
}
