import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMessages } from "../messages/use-messages.ts";
import { useListedKeys } from "../ui/keys-context.ts";
import { useKeys } from "../ui/use-keys.ts";
import styles from "./search-link.module.css";

/** The way to the search, by a click or by its key. */
export function SearchLink() {
  const { search } = useMessages();
  const navigate = useNavigate();
  useListedKeys(search.keysElsewhere);
  useKeys({ "/": () => void navigate({ to: "/search" }) });
  return (
    <Link to="/search" title={search.key} aria-keyshortcuts="/" className={styles.link ?? ""}>
      <IconSearch size={16} stroke={1.7} aria-hidden="true" />
      {search.open}
    </Link>
  );
}
