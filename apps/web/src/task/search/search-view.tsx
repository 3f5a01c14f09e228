// Pages of all documents on which words stand, each with the place around them and the way there.
import { Pagination, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import IconFileSearch from "@tabler/icons-react/dist/esm/icons/IconFileSearch.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useTRPC } from "../../api/trpc.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";
import { useTypedText } from "../../ui/use-typed-text.ts";
import { SearchHitRow } from "./search-hit-row.tsx";
import { longestSearch, type SearchQuery } from "./search-query.ts";
import styles from "./search-view.module.css";

const pageSize = 25;
/** Typing settles before the server is asked, ms. */
const settleMs = 300;

export function SearchView({
  query,
  field,
  onQuery,
}: {
  query: SearchQuery;
  field: RefObject<HTMLInputElement | null>;
  onQuery: (query: SearchQuery) => void;
}) {
  const messages = useMessages();
  const { search } = messages;
  const { text = "", page = 1 } = query;
  const { typed, type, finish } = useTypedText(field, text, (next) => onQuery({ text: next }), settleMs);
  const found = useQuery(
    useTRPC().task.search.queryOptions(
      { text, page, pageSize },
      { enabled: text.trim() !== "", placeholderData: keepPreviousData },
    ),
  );
  const problem = found.isError && found.data === undefined ? toProblem(found.error) : null;
  const total = text === "" ? 0 : (found.data?.total ?? 0);
  const pages = Math.ceil(total / pageSize);
  return (
    <Stack gap="md">
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            finish(typed);
          }}
        >
          <TextInput
            ref={field}
            type="search"
            size="md"
            aria-label={search.field}
            placeholder={search.placeholder}
            leftSection={<IconSearch size={18} stroke={1.7} aria-hidden="true" />}
            maxLength={longestSearch}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={({ currentTarget: { value } }) => type(value)}
          />
        </form>
      </search>
      <Text size="sm" c="dimmed" role="status" mih={20}>
        {total > 0 ? search.count(total) : ""}
        {found.data?.complete === false && text !== "" ? ` ${search.incomplete}` : ""}
      </Text>
      {problem !== null ? (
        <ProblemAlert
          sentence={sentenceOf(messages, problem)}
          requestId={problem.requestId}
          onRetry={() => void found.refetch()}
        />
      ) : text === "" ? (
        <EmptyState icon={<IconSearch size={36} stroke={1.3} />} title={search.begin}>
          {search.beginText}
        </EmptyState>
      ) : found.isPending ? (
        <Skeletons />
      ) : total === 0 ? (
        <EmptyState icon={<IconFileSearch size={36} stroke={1.3} />} title={search.none}>
          {search.noneText(text)}
        </EmptyState>
      ) : (
        <ol className={`surface ${styles.list}`} aria-label={search.results} aria-busy={found.isFetching}>
          {found.data?.items.map((hit) => (
            <SearchHitRow key={`${hit.taskId} ${hit.page}`} hit={hit} text={text} />
          ))}
        </ol>
      )}
      {pages > 1 || (page > 1 && text !== "") ? (
        <Stack align="center">
          <Pagination
            size="sm"
            total={Math.max(pages, page)}
            value={page}
            onChange={(next) => onQuery({ text, page: next })}
            aria-label={messages.list.pagination}
            getControlProps={(control) => ({ "aria-label": messages.list.paginationControls[control] })}
          />
        </Stack>
      ) : null}
    </Stack>
  );
}

function Skeletons() {
  return (
    <div className={`surface ${styles.list}`} aria-busy="true">
      {["a", "b", "c", "d"].map((key) => (
        <div key={key} className={styles.hit}>
          <Skeleton height={12} width="35%" />
          <Skeleton height={10} width="80%" mt={9} />
        </div>
      ))}
    </div>
  );
}
