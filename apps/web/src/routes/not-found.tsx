import { Button } from "@mantine/core";
import IconFileUnknown from "@tabler/icons-react/dist/esm/icons/IconFileUnknown.mjs";
import { Link } from "@tanstack/react-router";
import { useMessages } from "../messages/use-messages.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Shell } from "../ui/shell.tsx";
import { HomeLink } from "./home-link.tsx";

/** For an address that leads nowhere, or to something of somebody else's. */
export function NotFoundPage() {
  return (
    <Shell home={<HomeLink />}>
      <NotFound />
    </Shell>
  );
}

/** The same inside a page that already has its frame. */
export function NotFound() {
  const messages = useMessages();
  return (
    <>
      <title>{messages.pageTitle(messages.notFound.title)}</title>
      <EmptyState order={1} icon={<IconFileUnknown size={48} stroke={1.2} />} title={messages.notFound.title}>
        {messages.notFound.text}
        <Button mt="md" variant="default" display="table" mx="auto" renderRoot={(props) => <Link to="/" {...props} />}>
          {messages.notFound.home}
        </Button>
      </EmptyState>
    </>
  );
}
