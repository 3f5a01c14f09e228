import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { SearchHit } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { findInPage, piecesOf } from "./search-query.ts";
import styles from "./search-view.module.css";

/** One page that was found; the link opens it with the words marked. */
export function SearchHitRow({ hit, text }: { hit: SearchHit; text: string }) {
  const { search } = useMessages();
  return (
    <li className={styles.hit}>
      <div className={styles.head}>
        <Link
          to="/tasks/$taskId"
          params={{ taskId: hit.taskId }}
          search={{ page: hit.page, find: findInPage(text, hit) }}
          className={styles.link ?? ""}
          title={hit.filename}
        >
          {hit.filename}
        </Link>
        <Text size="sm" c="dimmed" className={styles.page ?? ""}>
          {search.page(hit.page)}
        </Text>
      </div>
      <p className={styles.snippet}>
        {piecesOf(hit).map((piece, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never change places
          piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
        )}
      </p>
    </li>
  );
}
