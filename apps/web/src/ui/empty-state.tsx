import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** In place of a list or a page that has nothing: says so, and what to do. */
export function EmptyState({
  icon,
  title,
  children,
  order = 2,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  order?: 1 | 2 | 3;
}) {
  return (
    <Stack align="center" gap={6} py="xl" px="md" ta="center">
      <Text c="dimmed" aria-hidden="true" lh={1}>
        {icon}
      </Text>
      <Title order={order} size="h2">
        {title}
      </Title>
      <Text c="dimmed" maw={440} component="div">
        {children}
      </Text>
    </Stack>
  );
}
