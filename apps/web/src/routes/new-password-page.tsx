import { Stack, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTRPC } from "../api/trpc.ts";
import { NewPasswordForm } from "../auth/new-password-form.tsx";
import { safeRedirect } from "../auth/safe-redirect.ts";
import { UserMenu } from "../auth/user-menu.tsx";
import { useMessages } from "../messages/use-messages.ts";
import { Shell } from "../ui/shell.tsx";
import { HomeLink } from "./home-link.tsx";
import styles from "./sign-in.module.css";

const route = getRouteApi("/new-password");

/** Between signing in with a password that was given, and everything else. */
export function NewPasswordPage() {
  const messages = useMessages();
  const router = useRouter();
  const { next = "/" } = route.useSearch();
  const { data: me } = useSuspenseQuery(useTRPC().auth.me.queryOptions());
  return (
    <Shell home={<HomeLink />} menu={<UserMenu user={me.user} />}>
      <title>{messages.pageTitle(messages.newPassword.title)}</title>
      <div className={`surface ${styles.card}`}>
        <Stack gap="lg">
          <Stack gap={4}>
            <Title order={1}>{messages.newPassword.title}</Title>
            <Text c="dimmed">{messages.newPassword.text}</Text>
          </Stack>
          <NewPasswordForm
            email={me.user.email}
            onChanged={() => router.history.push(safeRedirect(next, window.location.origin))}
          />
        </Stack>
      </div>
    </Shell>
  );
}
