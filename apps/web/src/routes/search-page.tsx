import { Stack, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useMessages } from "../messages/use-messages.ts";
import { parseSearchQuery } from "../task/search/search-query.ts";
import { SearchView } from "../task/search/search-view.tsx";
import { useListedKeys } from "../ui/keys-context.ts";
import { useKeys } from "../ui/use-keys.ts";

const route = getRouteApi("/signed-in/search");

/** Words in all documents, with the question in the address. */
export function SearchPage() {
  const { search, pageTitle } = useMessages();
  const query = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  // Who comes here comes to type.
  useEffect(() => field.current?.focus(), []);
  useListedKeys(search.keysHere);
  useKeys({ "/": () => field.current?.focus() });
  return (
    <Stack gap="md">
      <title>{pageTitle(search.title)}</title>
      <Title order={1}>{search.title}</Title>
      <SearchView
        query={query}
        field={field}
        onQuery={(next) => void navigate({ search: parseSearchQuery({ ...next }), replace: true, resetScroll: false })}
      />
    </Stack>
  );
}
